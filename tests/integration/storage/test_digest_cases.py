from datetime import datetime, timedelta

from casework.acting import Act, act
from storage.store import Store
from tests.factories import CLEANSING, NOW, case_of, keep_report, make_areas, make_pack, mint

PACK = make_pack()
WEEK = timedelta(days=7)


def references(store: Store, since: datetime = NOW - WEEK, until: datetime = NOW + WEEK) -> set[str]:
    found = store.cases.cases_for_digest("ashmere", "W1", since, until)
    return {report.reference for case in found for report in case.reports}


def test_a_wards_digest_has_what_is_new_in_it(store: Store) -> None:
    here = keep_report(store, PACK, seed=1)
    keep_report(store, PACK, seed=2, areas=make_areas(PACK, "W2"))

    assert references(store, until=NOW + timedelta(hours=1)) == {here.report.reference}


def test_an_old_report_within_its_promise_is_left_out_but_counted(store: Store) -> None:
    keep_report(store, PACK)

    assert references(store, since=NOW + timedelta(hours=1), until=NOW + timedelta(days=1)) == set()
    assert store.cases.count_open("ashmere", "W1") == 1


def test_a_broken_promise_is_in_every_digest(store: Store) -> None:
    filed = keep_report(store, PACK)

    assert references(store, since=NOW + WEEK, until=NOW + 2 * WEEK) == {filed.report.reference}


def test_what_was_fixed_is_in_it_and_no_longer_open(store: Store) -> None:
    filed = keep_report(store, PACK)
    done = act(PACK, case_of(filed), Act.DONE, f"service:{CLEANSING}", "", NOW + WEEK, mint(5))
    store.commit(done, NOW + WEEK)

    assert references(store, since=NOW + WEEK, until=NOW + 2 * WEEK) == {filed.report.reference}
    assert store.cases.count_open("ashmere", "W1") == 0
