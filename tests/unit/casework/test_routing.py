"""Whose job is it? The most exact route in force."""

from dataclasses import replace
from datetime import date

import pytest

from casework.packs import Charter, Pack, Route, Standard, Unit
from casework.routing import choose_service, choose_standard, holder, recipients
from tests.factories import CLEANSING, HOUSING, ROADS, make_areas, make_pack

DAY = date(2026, 3, 10)
PARISH, ESTATE = "P1", "E1"


def routed(*routes: Route, on: date = DAY, parish: bool = False, estate: bool = False) -> str | None:
    pack = make_pack(routes=routes)
    areas = make_areas(
        pack, parish=pack.area(PARISH) if parish else None, estate=pack.area(ESTATE) if estate else None
    )
    return choose_service(pack, "fly_tipping", areas, on)


EVERYWHERE = Route(("fly_tipping",), CLEANSING)
IN_PARISH = Route(("fly_tipping",), ROADS, areas=frozenset({PARISH}))
OF_LANDLORD = Route(("fly_tipping",), HOUSING, landlord="millbrook")


def test_a_route_without_conditions_holds_everywhere() -> None:
    assert routed(EVERYWHERE, parish=True, estate=True) == CLEANSING


def test_an_area_beats_everywhere_and_a_landlord_beats_an_area() -> None:
    assert routed(EVERYWHERE, IN_PARISH, parish=True) == ROADS
    assert routed(OF_LANDLORD, EVERYWHERE, IN_PARISH, parish=True, estate=True) == HOUSING


def test_a_landlord_in_an_area_is_the_most_exact() -> None:
    both = replace(OF_LANDLORD, areas=frozenset({PARISH}), service=ROADS)

    assert routed(OF_LANDLORD, both, parish=True, estate=True) == ROADS
    assert routed(OF_LANDLORD, both, estate=True) == HOUSING


@pytest.mark.parametrize("route", [IN_PARISH, OF_LANDLORD, Route(("graffiti",), CLEANSING)])
def test_a_route_that_does_not_fit_is_not_taken(route: Route) -> None:
    assert routed(route) is None


@pytest.mark.parametrize(
    ("on", "service"),
    [(date(2026, 3, 9), CLEANSING), (date(2026, 3, 10), ROADS), (date(2026, 4, 1), CLEANSING)],
)
def test_a_route_holds_from_its_first_day_until_before_its_last(on: date, service: str) -> None:
    dated = replace(IN_PARISH, valid_from=date(2026, 3, 10), valid_to=date(2026, 4, 1))

    assert routed(EVERYWHERE, dated, on=on, parish=True) == service


# --- What is promised ---------------------------------------------------------------------------

BOROUGH = Standard("fly_tipping", 3, Unit.WORKING_DAYS)
LOCAL = Standard("fly_tipping", 1, Unit.WORKING_DAYS, area=PARISH)


def standard(*standards: Standard, on: date = DAY, parish: bool = False) -> Standard | None:
    pack = make_pack(charter=Charter(standards))
    areas = make_areas(pack, parish=pack.area(PARISH) if parish else None)
    return choose_standard(pack, "fly_tipping", areas, on)


def test_a_local_variation_of_the_charter_comes_first() -> None:
    assert standard(BOROUGH, LOCAL, parish=True) == LOCAL
    assert standard(LOCAL, BOROUGH) == BOROUGH


def test_a_standard_that_is_not_in_force_promises_nothing() -> None:
    assert standard(replace(BOROUGH, valid_from=date(2026, 4, 1))) is None


# --- Whom it goes to ----------------------------------------------------------------------------


@pytest.fixture(name="pack")
def _pack() -> Pack:
    return make_pack()


def test_a_service_is_one_recipient_and_councillors_are_those_of_the_ward(pack: Pack) -> None:
    assert recipients(pack, CLEANSING, "W1", DAY) == (f"service:{CLEANSING}",)
    assert recipients(pack, "councillors", "W1", DAY) == ("councillor:c1", "councillor:c2")


def test_a_ward_without_a_councillor_has_no_recipient(pack: Pack) -> None:
    assert recipients(pack, "councillors", "W9", DAY) == ()


def test_a_resident_is_told_the_team_with_its_body_or_the_ward_of_the_councillors(pack: Pack) -> None:
    assert holder(pack, ROADS, "W1") == "Highways, Weald County Council"
    assert holder(pack, "councillors", "W1") == {
        "key": "who.councillors",
        "parameters": {"ward": "Westbrook"},
    }
    assert holder(pack, None, "W1") == "Ashmere Borough Council"
