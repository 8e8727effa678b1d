"""What a person at the desk can do, and what it leads to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases import Case, Cluster, DeskItem, DeskKind, Promise, PromiseEnd
from casework.correcting import Correction
from casework.errors import NotAllowed, TransitionNotAllowed
from casework.outcomes import Outcome
from casework.sorting import close, finish, sort
from casework.states import State
from tests.factories import (
    CLEANSING,
    NOW,
    ROADS,
    case_of,
    file_one,
    make_areas,
    make_case,
    make_desk_item,
    make_pack,
    make_place,
    mint,
)

PACK = make_pack()
TESS = "staff:s1"
LATER = NOW + timedelta(hours=3)


def unsure() -> Case:
    return case_of(file_one(PACK, sure=False))


def sorted_with(correction: Correction, case: Case | None = None) -> Outcome:
    case = case or unsure()
    return sort(PACK, case, case.reports[0].id, correction, TESS, LATER, mint(9)).outcome


def the_cluster(outcome: Outcome) -> Cluster:
    (found,) = (entity for entity in outcome.changed if isinstance(entity, Cluster))
    return found


def test_a_sorted_report_goes_to_the_service_of_its_category_with_a_promise() -> None:
    outcome = sorted_with(Correction(category="road_surface"))

    assert (the_cluster(outcome).state, the_cluster(outcome).service) == (State.CONFIRMED, ROADS)
    assert [promise.service for promise in outcome.new if isinstance(promise, Promise)] == [ROADS]


def test_the_resident_hears_where_it_goes_and_by_when() -> None:
    (told,) = sorted_with(Correction(category="road_surface")).notices

    assert (told.key, told.parameters["what"], told.parameters["who"]) == (
        "told.sorted",
        "Pothole or broken road",
        "Highways, Weald County Council",
    )
    assert told.parameters["by_on"] == "2026-03-13T23:59:00+00:00"


def test_sorting_keeps_the_promise_to_sort_it_and_clears_the_desk() -> None:
    outcome = sorted_with(Correction(category="fly_tipping"))

    assert [p.end for p in outcome.changed if isinstance(p, Promise)] == [PromiseEnd.KEPT]
    assert [i.done_by for i in outcome.changed if isinstance(i, DeskItem)] == [TESS]


def test_a_person_may_send_it_elsewhere_than_the_routes_say() -> None:
    outcome = sorted_with(Correction(category="fly_tipping", service=ROADS))

    assert the_cluster(outcome).service == ROADS


def test_a_place_put_right_may_lie_in_another_ward() -> None:
    place = make_place(label="Eastfield Road", longitude=-0.06, ward="W2")

    outcome = sorted_with(Correction(place=place, areas=make_areas(PACK, "W2")))

    assert the_cluster(outcome).ward == "W2"


def test_what_no_service_would_get_is_not_sorted_yet() -> None:
    with pytest.raises(NotAllowed) as refused:
        sorted_with(Correction(category="other"))
    assert refused.value.key == "sort.no_service"


def test_a_service_that_does_not_exist_gets_nothing() -> None:
    with pytest.raises(NotAllowed) as refused:
        sorted_with(Correction(service="ashmere/magic"))
    assert refused.value.key == "sort.no_such_service"


def test_a_closed_report_has_an_answer_for_its_resident() -> None:
    outcome = close(PACK, unsure(), "This is private land. ", TESS, LATER, mint(9))

    assert the_cluster(outcome).state is State.CLOSED
    assert [told.parameters["words"] for told in outcome.notices] == ["This is private land."]
    assert [p.end for p in outcome.changed if isinstance(p, Promise)] == [PromiseEnd.KEPT]


def test_closing_what_a_service_had_promised_breaks_the_promise() -> None:
    outcome = close(PACK, make_case(), "No more money for it", TESS, LATER, mint(9))

    assert [p.end for p in outcome.changed if isinstance(p, Promise)] == [PromiseEnd.BROKEN]


def test_nothing_is_closed_without_a_reason() -> None:
    with pytest.raises(NotAllowed) as refused:
        close(PACK, unsure(), "  ", TESS, LATER, mint(9))
    assert refused.value.key == "sort.reason_needed"


def test_what_is_fixed_cannot_be_closed() -> None:
    case = make_case()
    fixed = replace(case, cluster=replace(case.cluster, state=State.FIXED_COUNCIL))

    with pytest.raises(TransitionNotAllowed):
        close(PACK, fixed, "why not", TESS, LATER, mint(9))


def test_an_item_is_done_with_an_answer_or_without() -> None:
    item = make_desk_item(kind=DeskKind.SUGGESTION, report_id=None)

    answered, silent = finish(item, "A good idea", TESS, LATER), finish(item, " ", TESS, LATER)

    assert [(n.recipient, n.key, n.parameters["words"]) for n in answered.notices] == [
        (f"contact:{item.contact_id}", "told.reply", "A good idea")
    ]
    assert silent.notices == ()
    assert silent.changed == (replace(item, done_at=LATER, done_by=TESS),)


def test_an_answer_needs_somebody_to_hear_it() -> None:
    with pytest.raises(NotAllowed) as refused:
        finish(make_desk_item(contact_id=None), "Hello?", TESS, LATER)
    assert refused.value.key == "sort.nobody_to_answer"


def test_a_report_sorted_twice_is_still_with_the_right_service() -> None:
    first = sort(PACK, case := unsure(), case.reports[0].id, Correction("road_surface"), TESS, NOW, mint(9))
    again = Case(first.cluster, (first.report,), (first.promise,))

    assert the_cluster(sorted_with(Correction("fly_tipping"), again)).service == CLEANSING
