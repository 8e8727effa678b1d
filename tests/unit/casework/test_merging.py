"""Reports put together, parted, and either undone: everything that hangs on them goes along."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from casework.cases import Case, Cluster, DeskKind, Move, Promise, PromiseEnd, Question, Report
from casework.errors import NotAllowed
from casework.filing import send_on
from casework.merging import merge, split, undo
from casework.outcomes import Outcome
from casework.states import State
from tests.factories import (
    CLEANSING,
    NOW,
    ROADS,
    make_case,
    make_cluster,
    make_contact,
    make_desk_item,
    make_pack,
    make_promise,
    make_report,
    mint,
)

PACK = make_pack()
LATER = NOW + timedelta(days=1)
STAFF = "staff:s1"
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def ann(**cluster: Any) -> Case:
    return make_case(make_cluster(**cluster))


def ben(service: str | None = CLEANSING, **cluster: Any) -> Case:
    """Another resident's case of the same mattress."""
    contact = make_contact(id="b" * 32).id
    report = make_report(id="2" * 32, reference="AM-222-222", cluster_id="e" * 32, contact_id=contact)
    promise = make_promise(id="3" * 32, report_id=report.id, cluster_id="e" * 32, service=service)
    made = make_cluster(id="e" * 32, service=service, **cluster)
    return make_case(made, [report], [promise])


def merged(kept: Case | None = None, gone: Case | None = None, actor: str = STAFF) -> Outcome:
    return merge(PACK, kept or ann(), gone or ben(), actor, LATER, mint(5))


def after(outcome: Outcome, *cases: Case) -> dict[str, Case]:
    """The cases as they stand once the outcome is written, by cluster."""
    things: dict[str, Any] = {}
    for case in cases:
        for thing in (case.cluster, *case.reports, *case.promises, *case.questions, *case.desk):
            things[thing.id] = thing
    for thing in (*outcome.new, *outcome.changed):
        things[thing.id] = thing  # type: ignore[union-attr]
    values = list(things.values())
    return {
        cluster.id: Case(
            cluster,
            tuple(r for r in of(Report, values) if r.cluster_id == cluster.id),
            tuple(p for p in of(Promise, values) if p.cluster_id == cluster.id),
            tuple(q for q in of(Question, values) if q.cluster_id == cluster.id),
        )
        for cluster in of(Cluster, values)
    }


def test_all_reports_become_voices_of_the_one_that_is_kept() -> None:
    cases = after(merged(), ann(), ben())

    assert cases["c" * 32].voices == 2
    assert cases["e" * 32].reports == ()
    assert (cases["e" * 32].cluster.state, cases["e" * 32].cluster.merged_into) == (State.DUPLICATE, "c" * 32)


def test_promises_keep_the_date_that_was_told() -> None:
    dates = {p.report_id: p.due_at for case in (ann(), ben()) for p in case.open_promises}
    kept = after(merged(), ann(), ben())["c" * 32]

    assert {p.report_id: p.due_at for p in kept.open_promises} == dates


def test_a_promise_to_sort_it_is_kept_and_a_real_one_made() -> None:
    unsorted = ben(service=None, state=State.FOR_TRIAGE)
    kept = after(merged(gone=unsorted), ann(), unsorted)["c" * 32]
    own = [p for p in kept.promises if p.report_id == "2" * 32]

    assert sorted((p.end, p.service) for p in own if p.end) == [(PromiseEnd.KEPT, None)]
    assert [p.service for p in own if p.end is None] == [CLEANSING]


def test_what_a_person_had_to_decide_is_decided() -> None:
    item = make_desk_item(report_id="2" * 32)
    asked = make_desk_item(id="9" * 32, report_id="2" * 32, kind=DeskKind.SAME_PROBLEM, words="c" * 32)
    gone = replace(ben(service=None, state=State.FOR_TRIAGE), desk=(item, asked))

    assert {i.id for i in merged(gone=gone).changed if getattr(i, "done_by", None) == STAFF} == {
        item.id,
        asked.id,
    }


def test_those_who_are_moved_hear_it_and_the_service_is_told_once() -> None:
    told = [(notice.recipient, notice.key) for notice in merged().notices]

    assert told == [(f"service:{CLEANSING}", "service.merged"), (f"contact:{'b' * 32}", "told.merged")]


def test_a_resident_who_said_it_is_the_same_gets_an_answer_and_no_news() -> None:
    assert [n.key for n in merged(actor="resident").notices] == ["service.merged"]


def test_what_another_service_had_is_sent_to_the_one_that_has_the_case() -> None:
    outcome = merged(gone=ben(service=ROADS))
    report = next(report for report in of(Report, outcome.changed) if report.id == "2" * 32)

    assert report.sent_at is None
    case = after(outcome, ann(), ben(service=ROADS))["c" * 32]
    sent = send_on(PACK, case, report.id, LATER, mint(6))
    assert [(n.recipient, n.key) for n in sent.notices] == [(f"service:{CLEANSING}", "service.one_more")]


@pytest.mark.parametrize(
    ("kept", "gone", "key"),
    [
        (ann(), ann(), "merge.one_already"),
        (ann(), ben(jurisdiction="weald"), "merge.other_authority"),
        (ann(state=State.CLOSED), ben(), "merge.over"),
        (ann(), ben(state=State.FIXED_COUNCIL), "merge.over"),
    ],
)
def test_what_cannot_be_put_together_is_said(kept: Case, gone: Case, key: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        merged(kept, gone)

    assert refused.value.key == key


# --- Undone --------------------------------------------------------------------------------------


def undone() -> dict[str, Case]:
    put = merged()
    cases = after(put, ann(), ben())
    back = undo(
        PACK, of(Move, put.new), cases["c" * 32], cases["e" * 32], STAFF, LATER + timedelta(hours=1), mint(7)
    )
    return after(back, *cases.values())


def test_a_merge_undone_gives_back_both_cases() -> None:
    cases = undone()

    assert [r.reference for r in cases["c" * 32].reports] == ["AM-4F7-2Q9"]
    assert [r.reference for r in cases["e" * 32].reports] == ["AM-222-222"]
    assert (cases["e" * 32].cluster.state, cases["e" * 32].cluster.merged_into) == (State.CONFIRMED, None)


def test_a_promise_that_the_other_ones_end_ended_is_made_anew() -> None:
    put = merged()
    cases = after(put, ann(), ben())
    ended = tuple(replace(p, ended_at=LATER, end=PromiseEnd.KEPT) for p in cases["c" * 32].promises)
    fixed = replace(cases["c" * 32].cluster, state=State.FIXED_COUNCIL)
    there = replace(cases["c" * 32], cluster=fixed, promises=ended)
    back = undo(PACK, of(Move, put.new), there, cases["e" * 32], STAFF, LATER, mint(7))

    assert [(p.report_id, p.cluster_id) for p in of(Promise, back.new)] == [("2" * 32, "e" * 32)]
    assert [notice.key for notice in back.notices] == ["told.parted"]


def test_what_was_undone_is_not_undone_again() -> None:
    put = merged()
    cases = after(put, ann(), ben())
    done = [replace(move, undone_at=LATER) for move in of(Move, put.new)]

    with pytest.raises(NotAllowed, match="nothing to undo"):
        undo(PACK, done, cases["c" * 32], cases["e" * 32], STAFF, LATER, mint(7))


# --- Parted --------------------------------------------------------------------------------------


def both() -> Case:
    return after(merged(), ann(), ben())["c" * 32]


def test_parted_reports_are_a_case_of_their_own_that_goes_to_its_service() -> None:
    outcome = split(PACK, both(), ["2" * 32], STAFF, LATER, mint(8))
    cases = after(outcome, both())
    new = next(case for id, case in cases.items() if id != "c" * 32)

    assert [report.reference for report in new.reports] == ["AM-222-222"]
    assert (new.cluster.state, new.cluster.service) == (State.CONFIRMED, CLEANSING)
    assert [p.report_id for p in new.open_promises] == ["2" * 32]
    assert new.reports[0].sent_at is None
    assert cases["c" * 32].voices == 1


def test_parted_from_a_case_that_was_called_done_it_is_open_again_with_a_promise() -> None:
    case = both()
    ended = tuple(replace(p, ended_at=NOW, end=PromiseEnd.KEPT) for p in case.promises)
    fixed = replace(case, cluster=replace(case.cluster, state=State.FIXED_COUNCIL), promises=ended)
    outcome = split(PACK, fixed, ["2" * 32], STAFF, LATER, mint(8))

    assert [cluster.state for cluster in of(Cluster, outcome.new)] == [State.CONFIRMED]
    assert [p.report_id for p in of(Promise, outcome.new)] == ["2" * 32]


@pytest.mark.parametrize("ids", [[], ["a" * 32, "2" * 32], ["nobody's"]])
def test_nobody_is_left_on_one_side(ids: list[str]) -> None:
    with pytest.raises(NotAllowed, match="nothing to part"):
        split(PACK, both(), ids, STAFF, LATER, mint(8))
