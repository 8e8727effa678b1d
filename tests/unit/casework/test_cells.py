"""The grid: what is near is in a cell around, everywhere in the country."""

import math

from hypothesis import given
from hypothesis import strategies as st

from casework.cells import cell, cells_around
from casework.places import Point, distance_m

britain = st.builds(Point, st.floats(49.8, 60.9), st.floats(-8.2, 1.8))


@given(britain, st.floats(0, 500), st.floats(0, 2 * math.pi))
def test_whatever_is_within_the_radius_is_in_a_cell_around(centre: Point, far: float, angle: float) -> None:
    north = far * math.cos(angle) / 111_195
    east = far * math.sin(angle) / (111_195 * math.cos(math.radians(centre.latitude)))
    near = Point(centre.latitude + north, centre.longitude + east)

    assert cell(near) in cells_around(centre, distance_m(centre, near) + 1)


@given(britain)
def test_a_point_is_in_the_middle_of_its_cells(point: Point) -> None:
    assert cell(point) in cells_around(point, 0)


def test_a_small_radius_looks_at_few_cells() -> None:
    assert len(cells_around(Point(51.5011, -0.0989), 60)) == 1
    assert len(cells_around(Point(51.5, -0.1), 60)) == 4


def test_neighbours_have_other_cells() -> None:
    assert len({cell(Point(51.501 + n * 0.0025, -0.1)) for n in range(10)}) == 10
