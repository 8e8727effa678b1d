import threading
import time
from pathlib import Path

import pytest

from casework.errors import StorageUnavailable
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


def test_what_is_answered_survives_a_power_cut_and_what_can_be_done_again_need_not(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")

    assert [synchronous(database, durable) for durable in (True, False, True)] == [FULL, NORMAL, FULL]
    database.close()


FULL, NORMAL = 2, 1


def synchronous(database: Database, durable: bool) -> int:
    with database.write(durable=durable) as connection:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def test_a_server_waits_for_the_disk_only_where_it_must(postgres_url: str) -> None:
    database = Database(postgres_url)

    with database.write(durable=False) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "off"
    with database.read() as one, database.write() as connection:
        usual = one.exec_driver_sql("SHOW synchronous_commit").scalar()
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == usual
    database.close()


def test_writers_of_one_process_take_turns(tmp_path: Path) -> None:
    """SQLite lets a second writer sleep and look again: up to a tenth of a second for nothing."""
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    began: list[float] = []
    ready = threading.Barrier(2)

    def second() -> None:
        ready.wait()
        with database.write():
            began.append(time.perf_counter())

    writer = threading.Thread(target=second)
    with database.write():
        writer.start()
        ready.wait()
        time.sleep(0.3)
        assert not began
    ended = time.perf_counter()
    writer.join()

    assert began[0] - ended < 0.09
    database.close()


def test_a_writer_whose_turn_does_not_come_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database._LOCKED_S", 0.05)
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    errors: list[StorageUnavailable] = []

    def second() -> None:
        with pytest.raises(StorageUnavailable) as raised, database.write():
            pass
        errors.append(raised.value)

    with database.write():
        writer = threading.Thread(target=second)
        writer.start()
        writer.join(10)

    assert len(errors) == 1
    database.close()
