"""What was promised, asked and offered, counted on both databases."""

from datetime import timedelta

from casework.acting import Act, act
from casework.cases import Answer
from casework.filing import Filed, send_on
from casework.handovers import hand_over
from casework.ledger import Counted
from casework.questions import answer
from storage.ledger import Ledger
from storage.store import Store
from tests.factories import CLEANSING, NOW, ROADS, keep_report, make_pack, mint

PACK = make_pack()
DAY = timedelta(days=1)
MINT = mint(500)


def kept(store: Store, seed: int) -> Filed:
    return keep_report(store, PACK, NOW, seed)


def do(store: Store, filed: Filed, now, rule) -> None:  # type: ignore[no-untyped-def]
    case = store.cases.case(filed.cluster.id)
    assert case is not None
    store.commit(rule(case, now), now)


def done(case, now):  # type: ignore[no-untyped-def]
    return act(PACK, case, Act.DONE, f"service:{case.cluster.service}", "", now, MINT)


def counts(rows: tuple[Counted, ...]) -> dict[str, int]:
    return {row.end: row.number for row in rows}


def test_promises_are_counted_by_how_they_ended(store: Store) -> None:
    early, late, never = (kept(store, seed) for seed in (1, 2, 3))
    do(store, early, NOW + DAY, done)
    do(store, late, NOW + 9 * DAY, done)
    ledger = Ledger(store.database)

    assert counts(ledger.promised("ashmere", NOW, NOW + 30 * DAY)) == {"kept": 1, "broken": 1, "late": 1}
    assert counts(ledger.promised("ashmere", NOW, NOW + 2 * DAY)) == {"kept": 1}
    assert ledger.promised("weald", NOW, NOW + 30 * DAY) == ()
    assert never.promise.ended_at is None


def test_answers_are_counted_and_who_may_still_answer_is_not(store: Store) -> None:
    fixed, open_ = kept(store, 1), kept(store, 2)
    for filed in (fixed, open_):
        do(store, filed, NOW + DAY, done)
    do(
        store,
        fixed,
        NOW + 2 * DAY,
        lambda case, now: answer(PACK, case, fixed.report.id, Answer.YES, "", now, MINT),
    )

    assert Ledger(store.database).asked("ashmere", NOW, NOW + 30 * DAY) == (
        Counted(CLEANSING, "fly_tipping", "W1", "yes", 1),
    )


def test_a_case_is_right_at_once_where_the_first_service_offered_has_it(store: Store) -> None:
    right, wrong = kept(store, 1), kept(store, 2)
    for filed in (right, wrong):
        do(store, filed, NOW, lambda case, now, f=filed: send_on(PACK, case, f.report.id, now, MINT))
    do(store, right, NOW + DAY, done)
    do(
        store,
        wrong,
        NOW + DAY,
        lambda case, now: hand_over(
            PACK, case, ROADS, "not_our_place", f"service:{CLEANSING}", "", now, MINT
        ),
    )
    do(store, wrong, NOW + 2 * DAY, done)

    assert counts(Ledger(store.database).offered("ashmere", NOW, NOW + 30 * DAY)) == {"right": 1, "wrong": 1}
