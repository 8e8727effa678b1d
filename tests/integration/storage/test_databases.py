from storage.database import Database
from storage.store import Store
from tests.factories import file_one, keep_report, make_pack


def test_a_new_database_has_the_tables_of_this_version(database: Database) -> None:
    assert database.is_current()


def test_a_filed_report_can_be_read_again(store: Store) -> None:
    filed = keep_report(store, make_pack())

    found = store.cases.case_by_reference(filed.report.reference)

    assert found is not None
    assert found[1] == file_one(make_pack()).report
