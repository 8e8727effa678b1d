"""A case that is passed on: to whose it is, never in circles, and in the end to a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from casework.cases import Case, Cluster, DeskItem, DeskKind, Hands, Offer, Promise
from casework.errors import NotAllowed
from casework.filing import send_on
from casework.handovers import MOST_HANDOVERS, chase, hand_over
from casework.outcomes import Outcome
from casework.states import CLOSED, FIXED, State
from tests.factories import (
    CLEANSING,
    HOUSING,
    NOW,
    ROADS,
    make_case,
    make_cluster,
    make_desk_item,
    make_offer,
    make_pack,
    make_report,
    mint,
)

PACK = make_pack()
ACTOR = f"service:{CLEANSING}"
LATER = NOW + timedelta(days=1)
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def held(handovers: int = 0, **fields: object) -> Case:
    """Dumped rubbish that was offered to Street Cleansing."""
    case = make_case(make_cluster(handovers=handovers, **fields))
    return replace(case, offers=(make_offer(),))


def passed(to: str | None, case: Case | None = None, reason: str = "not_our_place") -> Outcome:
    return hand_over(PACK, case or held(), to, reason, ACTOR, "it is a county road", LATER, mint(5))


def cluster_of(outcome: Outcome) -> Cluster:
    (found,) = of(Cluster, outcome.changed)
    return found


# --- Offers --------------------------------------------------------------------------------------


def test_a_report_that_is_sent_on_is_offered_to_its_service() -> None:
    fresh = make_case(make_cluster(hands=Hands.NOBODY), reports=[make_report(sent_at=None)])
    outcome = send_on(PACK, fresh, "a" * 32, NOW, mint(5))

    (offer,) = of(Offer, outcome.new)
    assert (offer.service, offer.offered_by, offer.accepted_at) == (CLEANSING, "system", None)
    # Two working days after Tuesday.
    assert offer.answer_by == datetime(2026, 3, 12, 23, 59, tzinfo=UTC)
    assert cluster_of(outcome).hands is Hands.OFFERED


def test_a_second_report_of_a_case_that_is_held_is_no_second_offer() -> None:
    second = make_report(id="b" * 32, reference="AM-222-222", sent_at=None)
    case = replace(held(hands=Hands.ACCEPTED), reports=(make_report(), second))
    outcome = send_on(PACK, case, second.id, LATER, mint(5))

    assert of(Offer, outcome.new) == []
    assert of(Cluster, outcome.changed) == []


def test_a_case_that_moved_to_another_service_is_offered_there_with_all_its_voices() -> None:
    second = make_report(id="b" * 32, reference="AM-222-222", sent_at=None)
    case = replace(held(service=ROADS, hands=Hands.NOBODY), reports=(make_report(), second))
    outcome = send_on(PACK, case, second.id, LATER, mint(5))

    assert [offer.service for offer in of(Offer, outcome.new)] == [ROADS]
    assert [(n.recipient, n.key) for n in outcome.notices] == [(f"service:{ROADS}", "service.new_report")]


# --- Not ours ------------------------------------------------------------------------------------


def test_a_case_goes_to_whose_it_is() -> None:
    outcome = passed(ROADS)

    assert (cluster_of(outcome).service, cluster_of(outcome).hands) == (ROADS, Hands.OFFERED)
    assert [(o.service, o.offered_by) for o in of(Offer, outcome.new)] == [(ROADS, ACTOR)]
    assert (f"service:{ROADS}", "service.new_report") in [(n.recipient, n.key) for n in outcome.notices]


def test_who_refuses_says_why_and_is_remembered() -> None:
    (refused,) = of(Offer, passed(ROADS).changed)

    assert (refused.service, refused.refused_at, refused.actor) == (CLEANSING, LATER, ACTOR)
    assert (refused.reason, refused.words) == ("not_our_place", "it is a county road")


def test_a_refusal_is_remembered_of_a_case_from_before_offers_were_kept() -> None:
    outcome = passed(ROADS, make_case())

    assert [(o.service, bool(o.refused_at)) for o in of(Offer, outcome.new)] == [
        (CLEANSING, True),
        (ROADS, False),
    ]


@pytest.mark.parametrize("reason", ["parts", "whim"])
def test_a_reason_that_the_charter_does_not_list_is_refused(reason: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        passed(ROADS, reason=reason)
    assert refused.value.key == "act.why_not_ours"


def test_the_promise_goes_with_the_case_and_its_date_stands() -> None:
    case = held()
    (promise,) = of(Promise, passed(ROADS, case).changed)

    assert (promise.service, promise.due_at) == (ROADS, case.promises[0].due_at)


@pytest.mark.parametrize("to", [None, CLEANSING])
def test_a_case_that_nobody_takes_goes_before_a_person(to: str | None) -> None:
    outcome = passed(to)

    assert (cluster_of(outcome).service, cluster_of(outcome).state) == (None, State.FOR_TRIAGE)
    assert [item.kind for item in of(DeskItem, outcome.new)] == [DeskKind.NOT_OURS]


def test_a_case_is_never_offered_again_to_who_refused_it() -> None:
    refused = make_offer(id="9" * 32, service=ROADS, refused_at=NOW)
    case = replace(held(1), offers=(refused, make_offer(offered_by=f"service:{ROADS}")))
    outcome = passed(ROADS, case)

    assert cluster_of(outcome).service is None
    assert [item.kind for item in of(DeskItem, outcome.new)] == [DeskKind.NOT_OURS]


def test_a_case_bounces_three_times_and_then_goes_before_a_person() -> None:
    services = [cluster_of(passed(ROADS, held(n))).service for n in range(MOST_HANDOVERS + 1)]

    assert services == [ROADS, ROADS, ROADS, None]


def test_the_resident_is_told_once_and_never_of_a_wrong_council() -> None:
    told = [
        [n.key for n in passed(ROADS, held(n)).notices if n.recipient.startswith("contact:")] for n in (0, 1)
    ]

    assert told == [["told.passed_on"], []]


def test_the_services_words_are_for_officers_only() -> None:
    note = next(update for update in passed(ROADS).updates if update.words)

    assert (note.words, note.public) == ("it is a county road", False)


def test_a_report_that_was_not_sent_yet_is_not_sent_twice() -> None:
    waiting = make_report(id="b" * 32, reference="AM-222-222", sent_at=None)
    case = replace(held(), reports=(make_report(), waiting))
    sent = [n.report_id for n in passed(ROADS, case).notices if n.key == "service.new_report"]

    assert sent == ["a" * 32]


def test_a_case_for_councillors_of_a_vacant_ward_goes_before_a_person() -> None:
    vacant = make_pack(councillors=())
    outcome = hand_over(vacant, held(), "councillors", "not_our_place", ACTOR, "", LATER, mint(5))

    assert cluster_of(outcome).service is None


def test_a_service_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotAllowed) as refused:
        passed("ashmere/nobody")
    assert refused.value.key == "act.no_service"


@pytest.mark.parametrize("state", sorted(FIXED | CLOSED | {State.HIDDEN}))
def test_a_case_that_is_over_is_not_passed_on(state: State) -> None:
    with pytest.raises(NotAllowed):
        passed(ROADS, held(state=state))


# --- Nobody answers ------------------------------------------------------------------------------


def chased(after: timedelta, offer: Offer, case: Case | None = None) -> Outcome:
    return chase(PACK, replace(case or make_case(), offers=(offer,)), NOW + after, mint(5))


def test_a_service_has_two_working_days_to_say_whether_a_case_is_its_own() -> None:
    assert chased(timedelta(days=2), make_offer()) == Outcome()


def test_a_service_that_has_not_answered_is_reminded_and_gets_as_long_again() -> None:
    outcome = chased(timedelta(days=3), make_offer())

    assert [(n.recipient, n.key) for n in outcome.notices] == [(ACTOR, "service.not_accepted")]
    (offer,) = of(Offer, outcome.changed)
    assert offer.answer_by == datetime(2026, 3, 17, 23, 59, tzinfo=UTC)


def test_after_that_a_person_is_called_once() -> None:
    reminded = make_offer(chased_at=NOW)
    outcome = chased(timedelta(days=3), reminded)
    (raised,) = of(Offer, outcome.changed)

    assert [item.kind for item in of(DeskItem, outcome.new)] == [DeskKind.NOT_ACCEPTED]
    assert chased(timedelta(days=9), raised) == Outcome()


def test_what_is_on_the_desk_is_not_put_there_twice() -> None:
    known = make_case(desk=[make_desk_item(kind=DeskKind.NOT_ACCEPTED)])

    assert of(DeskItem, chased(timedelta(days=3), make_offer(chased_at=NOW), known).new) == []


@pytest.mark.parametrize("fields", [{"accepted_at": NOW}, {"refused_at": NOW}, {"service": HOUSING}])
def test_who_answered_or_has_the_case_no_more_is_left_alone(fields: dict[str, object]) -> None:
    assert chased(timedelta(days=9), make_offer(**fields)) == Outcome()


def test_a_case_that_is_over_is_chased_no_more() -> None:
    over = make_case(make_cluster(state=State.UNABLE_TO_FIX))

    assert chased(timedelta(days=9), make_offer(), over) == Outcome()
