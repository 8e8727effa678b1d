"""Category or place put right, a report taken back, and more said of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from casework.cases import (
    Case,
    Cluster,
    DeskItem,
    DeskKind,
    Hands,
    Photo,
    Promise,
    PromiseEnd,
    Publication,
    Report,
)
from casework.correcting import Correction, add_to_report, correct, withdraw
from casework.errors import NotAllowed
from casework.filing import Filed
from casework.outcomes import Outcome
from casework.places import Areas
from casework.states import CLOSED, FIXED, State
from tests.factories import (
    CLEANSING,
    NOW,
    ROADS,
    case_of,
    file_one,
    make_areas,
    make_case,
    make_cluster,
    make_pack,
    make_photo,
    make_place,
    make_report,
    mint,
)

PACK = make_pack()
SOON = NOW + timedelta(minutes=5)
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def unsent(**fields: object) -> Case:
    return case_of(file_one(PACK, **fields))


def corrected(case: Case, **fields: object) -> Filed:
    correction = replace(Correction(), **fields)
    return correct(PACK, case, case.reports[0].id, correction, "resident", SOON, mint(5))


def keys(outcome: Outcome) -> list[tuple[str, str]]:
    return [(notice.recipient, notice.key) for notice in outcome.notices]


def test_another_category_goes_to_another_service() -> None:
    filed = corrected(unsent(), category="road_surface")

    assert (filed.cluster.category, filed.cluster.service) == ("road_surface", ROADS)
    assert (filed.report.category, filed.report.confidence) == ("road_surface", 1.0)


def test_the_old_promise_is_withdrawn_and_a_new_one_made() -> None:
    filed = corrected(unsent(), category="road_surface")

    assert [promise.end for promise in of(Promise, filed.outcome.changed)] == [PromiseEnd.WITHDRAWN]
    assert [promise.category for promise in of(Promise, filed.outcome.new)] == ["road_surface"]


def test_sorting_an_unclear_report_keeps_the_promise_to_sort_it_and_clears_the_desk() -> None:
    filed = corrected(unsent(sure=False), category="fly_tipping")

    assert [promise.end for promise in of(Promise, filed.outcome.changed)] == [PromiseEnd.KEPT]
    assert [item.done_at for item in of(DeskItem, filed.outcome.changed)] == [SOON]
    assert filed.cluster.state is State.CONFIRMED


def test_another_place_moves_the_case_and_its_ward() -> None:
    place = make_place(latitude=51.51, longitude=-0.06, ward="W2", label="Mill Road")
    filed = corrected(unsent(), place=place, areas=make_areas(PACK, "W2"))

    assert (filed.report.ward, filed.report.label, filed.cluster.ward) == ("W2", "Mill Road", "W2")
    assert filed.cluster.point == place.point


def test_a_place_outside_puts_it_before_a_person() -> None:
    filed = corrected(unsent(), place=make_place(ward=None), areas=Areas())

    assert (filed.cluster.state, filed.cluster.service) == (State.FOR_TRIAGE, None)
    assert [item.kind for item in of(DeskItem, filed.outcome.new)] == [DeskKind.OUTSIDE]


def test_a_category_that_nobody_has_puts_it_before_a_person() -> None:
    filed = corrected(unsent(), category="other")

    assert [item.kind for item in of(DeskItem, filed.outcome.new)] == [DeskKind.NO_SERVICE]


def test_what_is_already_on_the_desk_is_not_put_there_twice() -> None:
    filed = corrected(unsent(sure=False), place=make_place(ward=None), areas=Areas())

    assert of(DeskItem, filed.outcome.new) == []


def test_what_turns_out_to_be_private_is_never_shown() -> None:
    assert corrected(unsent(), category="anti_social_behaviour").report.publication is Publication.PRIVATE


def test_what_turns_out_not_to_be_private_may_be_shown_after_a_look() -> None:
    case = unsent(category="anti_social_behaviour")

    assert corrected(case, category="fly_tipping").report.publication is Publication.PENDING


def test_what_turns_out_to_be_a_hazard_does_not_wait() -> None:
    assert corrected(unsent(), category="street_light").report.send_after == SOON


def test_a_correction_before_it_is_sent_tells_no_service() -> None:
    assert corrected(unsent(), category="road_surface").outcome.notices == ()


def test_a_service_that_has_it_hears_of_a_correction() -> None:
    place = make_place(label="Mill Road")

    assert keys(corrected(make_case(), place=place, areas=make_areas(PACK)).outcome) == [
        (f"service:{CLEANSING}", "service.corrected")
    ]


def test_a_service_that_loses_it_hears_so_and_the_next_gets_it_at_once() -> None:
    filed = corrected(make_case(), category="road_surface")

    assert keys(filed.outcome) == [(f"service:{CLEANSING}", "service.taken_back")]
    assert (filed.report.sent_at, filed.report.send_after) == (None, SOON)


def test_the_next_service_has_not_seen_what_the_last_one_saw() -> None:
    seen = make_cluster(state=State.INVESTIGATING, hands=Hands.ACCEPTED)
    filed = corrected(make_case(seen), category="road_surface")

    assert (filed.cluster.state, filed.cluster.hands) == (State.CONFIRMED, Hands.NOBODY)


@pytest.mark.parametrize("state", sorted(FIXED | CLOSED))
def test_a_case_that_is_over_is_not_corrected(state: State) -> None:
    with pytest.raises(NotAllowed) as refused:
        corrected(make_case(make_cluster(state=state)), category="road_surface")
    assert refused.value.key == "correct.over"


def test_a_withdrawn_report_is_not_corrected() -> None:
    with pytest.raises(NotAllowed):
        corrected(make_case(reports=[make_report(own_state=State.CANCELLED)]), category="road_surface")


# --- Taking back --------------------------------------------------------------------------------


def withdrawn(case: Case) -> Outcome:
    return withdraw(case, case.reports[0].id, SOON, mint(5))


def test_a_report_that_is_taken_back_ends_its_promise_and_its_case() -> None:
    outcome = withdrawn(unsent())

    assert of(Report, outcome.changed)[0].own_state is State.CANCELLED
    assert of(Cluster, outcome.changed)[0].state is State.CANCELLED
    assert [promise.end for promise in of(Promise, outcome.changed)] == [PromiseEnd.WITHDRAWN]


def test_it_leaves_the_desk_too() -> None:
    outcome = withdrawn(unsent(sure=False))

    assert [item.done_at for item in of(DeskItem, outcome.changed)] == [SOON]


def test_the_service_hears_of_it_only_where_it_has_it() -> None:
    assert withdrawn(unsent()).notices == ()
    assert keys(withdrawn(make_case())) == [(f"service:{CLEANSING}", "service.withdrawn")]


def test_the_case_goes_on_for_the_other_reporters() -> None:
    other = make_report(id="b" * 32, reference="AM-222-222")

    assert of(Cluster, withdrawn(make_case(reports=[make_report(), other])).changed) == []


def test_nothing_is_taken_back_twice() -> None:
    with pytest.raises(NotAllowed) as refused:
        withdrawn(make_case(reports=[make_report(own_state=State.CANCELLED)]))
    assert refused.value.key == "withdraw.already"


# --- Adding -------------------------------------------------------------------------------------


def test_more_words_are_kept_in_the_history_and_not_published() -> None:
    (update,) = add_to_report(make_case(), "a" * 32, "a fridge too", (), SOON, mint()).updates

    assert (update.words, update.public) == ("a fridge too", False)


def test_more_photos_belong_to_the_report() -> None:
    outcome = add_to_report(make_case(), "a" * 32, "", (make_photo(report_id=None),), SOON, mint())

    assert [photo.report_id for photo in of(Photo, outcome.changed)] == ["a" * 32]


def test_the_service_that_has_it_gets_them() -> None:
    outcome = add_to_report(make_case(), "a" * 32, "a fridge too", (), SOON, mint())

    assert keys(outcome) == [(f"service:{CLEANSING}", "service.more")]
    assert add_to_report(unsent(), unsent().reports[0].id, "x", (), SOON, mint()).notices == ()


# --- Where others told of it too -----------------------------------------------------------------


def shared() -> Case:
    """Two people's sofa; the first of them puts their report right."""
    case = unsent()
    other = replace(case.reports[0], id="2" * 32, reference="AM-222-222", contact_id="b" * 32, sent_at=None)
    promise = replace(case.promises[0], id="3" * 32, report_id=other.id)
    return replace(case, reports=(*case.reports, other), promises=(*case.promises, promise))


def test_one_voice_put_right_a_little_leaves_the_case_of_all_as_it_is() -> None:
    case = shared()
    place = make_place(label="12 Hazel Grove", latitude=case.cluster.latitude + 0.0001)
    filed = corrected(case, place=place, areas=make_areas(PACK))

    assert filed.report.label == "12 Hazel Grove"
    assert of(Cluster, (*filed.outcome.new, *filed.outcome.changed)) == []
    assert of(Promise, (*filed.outcome.new, *filed.outcome.changed)) == []


@pytest.mark.parametrize(
    "fields",
    [{"category": "road_surface"}, {"place": make_place(latitude=51.515), "areas": make_areas(PACK)}],
    ids=["another matter", "another place"],
)
def test_one_voice_that_told_of_something_else_leaves_the_others(fields: dict[str, object]) -> None:
    case = shared()
    filed = corrected(case, **fields)
    made = of(Cluster, filed.outcome.new)

    assert [cluster.id for cluster in made] == [filed.cluster.id]
    assert filed.cluster.id != case.cluster.id
    assert {report.id for report in of(Report, filed.outcome.changed)} == {case.reports[0].id}
    assert of(Cluster, filed.outcome.changed) == [case.cluster]


def test_what_a_person_puts_right_is_right_and_promised_anew_for_all() -> None:
    case = shared()
    correction = Correction(category="road_surface")
    filed = correct(PACK, case, case.reports[0].id, correction, "staff:s1", SOON, mint(5))

    assert filed.cluster.service == ROADS
    assert {p.report_id for p in of(Promise, filed.outcome.new)} == {report.id for report in case.reports}
    assert {p.end for p in of(Promise, filed.outcome.changed)} == {PromiseEnd.WITHDRAWN}


def test_more_words_change_the_reports_version_so_that_sending_it_meanwhile_is_a_conflict() -> None:
    case = unsent()
    outcome = add_to_report(case, case.reports[0].id, "it smells", (), SOON, mint(3))

    assert of(Report, outcome.changed) == [case.reports[0]]
