"""Areas that hold a point, by day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import perf_counter

import pytest

from casework.places import AreaKind, Point
from geo.areas import AreaIndex
from tests.unit.geo.factories import HIGH, SOUTH, TODAY, WEST, WIDE, area, at, pack, square


def test_a_point_has_the_ward_that_holds_it_and_its_jurisdiction() -> None:
    found = AreaIndex([pack()]).at(at(0.5, 1.5), TODAY)
    assert found.ward is not None
    assert (found.ward.code, found.jurisdiction, found.near_edge) == ("W2", "testshire", False)


def test_a_point_just_outside_takes_the_nearest_ward_and_says_so() -> None:
    found = AreaIndex([pack()]).at(Point(SOUTH - 0.0004, WEST + 0.01), TODAY)
    assert found.ward is not None
    assert (found.ward.code, found.near_edge) == ("W1", True)


def test_a_point_further_out_than_fifty_metres_has_no_ward() -> None:
    found = AreaIndex([pack()]).at(Point(SOUTH - 0.0006, WEST + 0.01), TODAY)
    assert found.ward is None
    assert found.jurisdiction is None


def test_the_ward_is_the_one_in_force_that_day() -> None:
    changes = date(2022, 5, 5)
    old = area("OLD", "Old", square(SOUTH, WEST), valid_to=changes)
    new = area("NEW", "New", square(SOUTH, WEST), valid_from=changes)
    index = AreaIndex([pack(areas=[old, new])])
    before, after = index.at(at(0.5, 0.5), date(2022, 5, 4)), index.at(at(0.5, 0.5), changes)
    assert before.ward == old
    assert after.ward == new


def test_every_kind_of_area_is_found_and_the_smaller_estate_wins() -> None:
    here = [
        area(kind.value, kind.value, square(SOUTH, WEST), kind)
        for kind in AreaKind
        if kind is not AreaKind.ESTATE
    ]
    large = area("large", "Large", square(SOUTH, WEST), AreaKind.ESTATE)
    small = area("small", "Small", square(SOUTH, WEST, HIGH / 2, WIDE / 2), AreaKind.ESTATE)
    found = AreaIndex([pack(areas=[*here, large, small])]).at(at(0.25, 0.25), TODAY)
    assert found.estate == small
    assert found.codes == {"ward", "parish", "division", "neighbourhood", "small"}
    assert found.neighbour is not None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_point_that_is_nowhere_has_no_areas(value: float) -> None:
    assert AreaIndex([pack()]).at(Point(value, value), TODAY).ward is None


def test_an_index_without_areas_answers() -> None:
    assert AreaIndex([pack(areas=[])]).at(at(1, 1), TODAY).ward is None


def test_many_threads_get_the_same_answers() -> None:
    index = AreaIndex([pack()])
    points = [at(0.01 * n, 0.013 * n) for n in range(150)]
    alone = [index.at(p, TODAY) for p in points]
    with ThreadPoolExecutor(8) as pool:
        for together in pool.map(lambda _: [index.at(p, TODAY) for p in points], range(16)):
            assert together == alone


def test_a_ward_among_eight_thousand_is_found_in_well_under_a_millisecond() -> None:
    grid = [
        area(f"G{n}", f"Grid {n}", square(50 + n // 100 * 0.02, -4 + n % 100 * 0.03, 0.02, 0.03))
        for n in range(8000)
    ]
    index = AreaIndex([pack(areas=grid)])
    points = [Point(50.01 + n % 80 * 0.02, -3.985 + n % 97 * 0.03) for n in range(500)]
    start = perf_counter()
    assert all(index.at(p, TODAY).ward for p in points)
    assert (perf_counter() - start) / len(points) < 0.0005
