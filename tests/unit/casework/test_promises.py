"""Dates that were told: moved in the open before they pass, standing still for a reason, or late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from casework.acting import Act, act
from casework.cases import Case, Cluster, DeskItem, DeskKind, Offer, Pause, Promise, PromiseEnd
from casework.errors import NotAllowed
from casework.filing import end_promise
from casework.filing import make_promise as promised
from casework.handovers import hand_over
from casework.outcomes import Outcome
from casework.packs import Unit
from casework.promises import end_pause, pause, promise_anew, remind, resume, tell_overdue
from casework.states import CLOSED, FIXED, State
from tests.factories import (
    CLEANSING,
    NOW,
    ROADS,
    file_one,
    make_areas,
    make_case,
    make_cluster,
    make_contact,
    make_desk_item,
    make_offer,
    make_pack,
    make_promise,
    make_report,
    mint,
)

PACK = make_pack()
ACTOR = f"service:{CLEANSING}"
LATER = NOW + timedelta(days=1)
WEEK = timedelta(days=7)
FRIDAY = datetime(2026, 3, 13, 23, 59, tzinfo=UTC)
"""When the factories' promise, made on Tuesday the 10th, is due."""
NEXT_WEDNESDAY = date(2026, 3, 18)
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def two_voices(**fields: object) -> Case:
    """Two neighbours were promised Friday."""
    other = make_report(id="b" * 32, reference="AM-222-222", contact_id="d" * 32)
    promises = [make_promise(), make_promise(id="e" * 32, report_id="b" * 32)]
    return make_case(make_cluster(**fields), reports=[make_report(), other], promises=promises)


# --- What is promised ----------------------------------------------------------------------------


def test_a_service_is_to_be_asked_on_the_morning_of_the_working_day_before() -> None:
    assert file_one(PACK).promise.remind_at == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def test_a_promise_of_a_day_is_asked_about_half_way() -> None:
    promise = file_one(PACK, category="street_light").promise

    assert promise.remind_at == NOW + timedelta(hours=12)


def test_who_joins_a_case_on_hold_gets_a_promise_on_hold() -> None:
    held = make_cluster(paused_at=NOW)
    promise = promised(PACK, make_report(), held, make_areas(PACK), LATER, mint(5))

    assert promise.paused_at == LATER


# --- Longer --------------------------------------------------------------------------------------


def longer(
    day: date = NEXT_WEDNESDAY, case: Case | None = None, reason: str = "parts", now: datetime = LATER
) -> Outcome:
    return promise_anew(PACK, case or two_voices(), day, reason, ACTOR, "On order.", now, mint(5))


def test_the_old_dates_have_slipped_and_the_new_one_is_promised_to_everyone() -> None:
    outcome = longer()

    assert [(p.end, p.reason) for p in of(Promise, outcome.changed)] == 2 * [(PromiseEnd.SLIPPED, "parts")]
    assert {(p.report_id, p.due_at) for p in of(Promise, outcome.new)} == {
        (id * 32, datetime(2026, 3, 18, 23, 59, tzinfo=UTC)) for id in "ab"
    }


def test_everyone_hears_the_new_date_the_old_one_and_why() -> None:
    notices = longer().notices

    assert {n.recipient for n in notices} == {f"contact:{make_contact().id}", f"contact:{'d' * 32}"}
    for notice in notices:
        assert notice.key == "told.longer"
        assert notice.parameters["by_on"] == "2026-03-18T23:59:00+00:00"
        assert notice.parameters["was_on"] == FRIDAY.isoformat()
        assert notice.parameters["reason"] == "we are waiting for parts"


def test_a_new_date_after_the_old_one_passed_is_told_all_the_same_but_it_was_broken() -> None:
    outcome = longer(date(2026, 3, 20), now=FRIDAY + timedelta(hours=9))

    assert {p.end for p in of(Promise, outcome.changed)} == {PromiseEnd.BROKEN}


def test_the_reason_stands_in_the_public_history() -> None:
    (update,) = longer().updates

    assert (update.key, update.public) == ("update.longer", True)
    assert update.words == "we are waiting for parts\nOn order."


def test_a_date_that_is_later_than_the_new_one_stays() -> None:
    case = make_case(
        reports=[make_report(), make_report(id="b" * 32, reference="AM-222-222")],
        promises=[
            make_promise(),
            make_promise(id="e" * 32, report_id="b" * 32, due_at=FRIDAY + timedelta(days=10)),
        ],
    )

    assert [promise.report_id for promise in of(Promise, longer(case=case).new)] == ["a" * 32]


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 3, 10), "act.date_past"),
        (date(2026, 3, 13), "act.date_not_later"),
        (date(2026, 3, 12), "act.date_not_later"),
        (date(2029, 1, 1), "act.date_too_far"),
    ],
)
def test_a_day_that_can_be_no_promise_is_refused(day: date, key: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        longer(day)
    assert refused.value.key == key


@pytest.mark.parametrize("reason", ["", "whim", "not_our_place"])
def test_a_reason_that_is_not_listed_for_it_is_refused(reason: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        longer(reason=reason)
    assert refused.value.key == "act.why_longer"


@pytest.mark.parametrize("state", sorted(FIXED | CLOSED))
def test_a_case_that_is_over_gets_no_new_date(state: State) -> None:
    with pytest.raises(NotAllowed):
        longer(case=two_voices(state=state))


def test_only_who_has_the_case_moves_its_date() -> None:
    with pytest.raises(NotAllowed) as refused:
        longer(case=two_voices(service=ROADS))
    assert refused.value.key == "act.passed_on"


def test_who_names_a_new_date_has_accepted_the_case() -> None:
    case = replace(two_voices(), offers=(make_offer(),))

    assert [offer.accepted_at for offer in of(Offer, longer(case=case).changed)] == [LATER]


# --- On hold -------------------------------------------------------------------------------------


def hold(case: Case | None = None, until: date = date(2026, 3, 20), now: datetime = LATER) -> Outcome:
    return pause(PACK, case or two_voices(), until, "parts", ACTOR, "", now, mint(5))


def held(now: datetime = LATER, **fields: object) -> Case:
    """The case with its clock standing still since then."""
    case = two_voices(paused_at=now)
    promises = tuple(replace(p, paused_at=now, **fields) for p in case.promises)
    waiting = Pause("f" * 32, "c" * 32, "ashmere", CLEANSING, "parts", ACTOR, now, now + timedelta(days=9))
    return replace(case, promises=promises, pauses=(waiting,))


def test_a_pause_stops_the_clock_and_everyone_hears_why_and_until_when() -> None:
    outcome = hold()

    assert [p.paused_at for p in of(Promise, outcome.changed)] == [LATER, LATER]
    assert [c.paused_at for c in of(Cluster, outcome.changed)] == [LATER]
    (paused,) = of(Pause, outcome.new)
    assert (paused.reason, paused.until_at) == ("parts", datetime(2026, 3, 20, 23, 59, tzinfo=UTC))
    assert [n.key for n in outcome.notices] == ["told.paused", "told.paused"]
    assert outcome.notices[0].parameters["until_on"] == paused.until_at.isoformat()


@pytest.mark.parametrize(
    ("until", "key"), [(date(2026, 3, 10), "act.date_past"), (date(2026, 12, 1), "act.pause_too_long")]
)
def test_a_pause_has_an_end_that_is_neither_past_nor_far_away(until: date, key: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        hold(until=until)
    assert refused.value.key == key


def test_a_date_that_passed_is_not_saved_by_a_pause() -> None:
    with pytest.raises(NotAllowed) as refused:
        hold(now=FRIDAY + timedelta(hours=1))
    assert refused.value.key == "act.pause_too_late"


def test_a_case_is_not_paused_twice() -> None:
    with pytest.raises(NotAllowed) as refused:
        hold(held())
    assert refused.value.key == "act.paused_already"


@pytest.mark.parametrize(
    ("unit", "due", "after"),
    [
        # Held from Wednesday the 11th to Monday the 16th: Thursday, Friday and Monday stood still.
        (Unit.WORKING_DAYS, FRIDAY, datetime(2026, 3, 18, 23, 59, tzinfo=UTC)),
        (Unit.CALENDAR_DAYS, FRIDAY, datetime(2026, 3, 18, 23, 59, tzinfo=UTC)),
        (Unit.HOURS, datetime(2026, 3, 12, 10, 0, tzinfo=UTC), datetime(2026, 3, 17, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_date_moves_by_as_long_as_its_clock_stood(unit: Unit, due: datetime, after: datetime) -> None:
    case = held(unit=unit, due_at=due)
    outcome = resume(PACK, case, ACTOR, LATER + timedelta(days=5), mint(5))

    for promise in of(Promise, outcome.changed):
        assert (promise.due_at, promise.first_due_at, promise.paused_at) == (after, due, None)
    assert {n.parameters["by_on"] for n in outcome.notices} == {after.isoformat()}
    assert [n.key for n in outcome.notices] == ["told.resumed", "told.resumed"]


def test_a_weekend_on_hold_moves_no_date_in_working_days() -> None:
    friday_evening = datetime(2026, 3, 13, 18, 0, tzinfo=UTC)
    outcome = resume(PACK, held(friday_evening), ACTOR, friday_evening + timedelta(days=2), mint(5))

    assert {p.due_at for p in of(Promise, outcome.changed)} == {FRIDAY}


def test_going_on_needs_a_clock_that_stands() -> None:
    with pytest.raises(NotAllowed) as refused:
        resume(PACK, two_voices(), ACTOR, LATER, mint(5))
    assert refused.value.key == "act.not_paused"


def test_a_pause_ends_by_itself() -> None:
    case = held()
    outcome = end_pause(PACK, case, case.pauses[0].until_at, mint(5))

    assert [(p.ended_by, p.ended_at) for p in of(Pause, outcome.changed)] == [
        ("system", case.pauses[0].until_at)
    ]
    assert [n.key for n in outcome.notices] == ["told.resumed", "told.resumed"]


def test_of_a_case_that_is_over_only_the_pause_itself_ends() -> None:
    over = replace(held(), cluster=make_cluster(state=State.CANCELLED, paused_at=LATER))

    assert [type(c) for c in end_pause(PACK, over, LATER + timedelta(days=9), mint(5)).changed] == [Pause]


def test_work_done_on_hold_counts_by_the_moved_date() -> None:
    outcome = act(PACK, held(), Act.DONE, ACTOR, "", FRIDAY + timedelta(days=3), mint(5))

    assert {p.end for p in of(Promise, outcome.changed)} == {PromiseEnd.KEPT}
    assert [p.ended_by for p in of(Pause, outcome.changed)] == [ACTOR]
    assert [c.paused_at for c in of(Cluster, outcome.changed)] == [None]


def test_work_that_begins_ends_the_pause() -> None:
    outcome = act(PACK, held(), Act.IN_PROGRESS, ACTOR, "", LATER + timedelta(days=1), mint(5))

    assert [p.paused_at for p in of(Promise, outcome.changed)] == [None, None]
    assert len({p.id for p in of(Promise, outcome.changed)}) == 2


def test_who_only_looks_leaves_the_clock_standing() -> None:
    outcome = act(PACK, held(), Act.SEEN, ACTOR, "", LATER, mint(5))

    assert of(Pause, outcome.changed) == of(Promise, outcome.changed) == []


def test_the_next_service_begins_with_a_running_clock() -> None:
    outcome = hand_over(PACK, held(), ROADS, "not_our_place", ACTOR, "", LATER, mint(5))

    assert [(p.service, p.paused_at) for p in of(Promise, outcome.changed)] == 2 * [(ROADS, None)]
    assert [c.paused_at for c in of(Cluster, outcome.changed)] == [None]


def test_a_new_date_ends_the_pause() -> None:
    outcome = longer(date(2026, 4, 1), held())

    assert [p.ended_at for p in of(Pause, outcome.changed)] == [LATER]
    assert {p.end for p in of(Promise, outcome.changed)} == {PromiseEnd.SLIPPED}


# --- The day before ------------------------------------------------------------------------------

REMIND_AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def due_soon(now: datetime = REMIND_AT, **fields: object) -> Outcome:
    case = two_voices()
    promises = tuple(replace(p, remind_at=REMIND_AT, **fields) for p in case.promises)
    return remind(PACK, replace(case, promises=promises), now)


def test_the_service_is_asked_once_for_all_the_reports_of_a_case() -> None:
    outcome = due_soon()

    assert [(n.recipient, n.key) for n in outcome.notices] == [(ACTOR, "service.due_soon")]
    assert [p.reminded_at for p in of(Promise, outcome.changed)] == [REMIND_AT, REMIND_AT]


@pytest.mark.parametrize(
    "fields",
    [{"reminded_at": NOW}, {"paused_at": NOW}, {"service": None}, {"ended_at": NOW}, {"due_at": NOW}],
)
def test_nobody_is_asked_twice_on_hold_without_a_service_or_too_late(fields: dict[str, object]) -> None:
    assert due_soon(**fields) == Outcome()


def test_nobody_is_asked_too_soon() -> None:
    assert due_soon(REMIND_AT - timedelta(seconds=1)) == Outcome()


# --- Late ----------------------------------------------------------------------------------------


def overdue(case: Case) -> Outcome:
    return tell_overdue(PACK, case, NOW + timedelta(days=9), mint(5))


def test_a_broken_date_is_told_to_each_resident_and_once_to_the_service() -> None:
    outcome = overdue(two_voices())

    assert [n.key for n in outcome.notices] == ["told.overdue", "told.overdue", "service.overdue"]
    assert {p.overdue_told_at for p in of(Promise, outcome.changed)} == {NOW + timedelta(days=9)}


def test_it_is_told_once() -> None:
    assert overdue(make_case(promises=[make_promise(overdue_told_at=NOW)])) == Outcome()


def test_a_clock_that_stands_still_is_not_late() -> None:
    assert overdue(held()) == Outcome()


def test_the_promise_runs_on() -> None:
    assert [promise.ended_at for promise in of(Promise, overdue(make_case()).changed)] == [None]


def test_a_report_that_nobody_sorted_in_time_comes_before_staff_again() -> None:
    item = make_desk_item(kind=DeskKind.UNSURE_CATEGORY, mailed_at=NOW)
    unsorted = make_cluster(state=State.FOR_TRIAGE, service=None)
    outcome = overdue(make_case(unsorted, promises=[make_promise(service=None)], desk=[item]))

    assert [desk.mailed_at for desk in of(DeskItem, outcome.changed)] == [None]


@pytest.mark.parametrize("end", [PromiseEnd.KEPT, PromiseEnd.SLIPPED])
def test_what_ends_after_its_date_is_broken_whatever_was_meant(end: PromiseEnd) -> None:
    assert end_promise(make_promise(), end, FRIDAY + timedelta(minutes=1)).end is PromiseEnd.BROKEN
    assert end_promise(make_promise(), end, FRIDAY).end is end
