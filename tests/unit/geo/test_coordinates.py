"""Coordinates in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.places import Point, distance_m
from geo.coordinates import from_national_grid, points_in, three_words, usable

HERE = Point(51.5074, -0.1278)


@pytest.mark.parametrize(
    "text",
    [
        "51.5074, -0.1278",
        "it is at 51.5074 -0.1278 thanks",
        "51,5074 -0,1278",
        "51,5074; -0,1278",
        "51.5074N 0.1278W",
        "51.5074° N, 0.1278° W",
        "0.1278W 51.5074N",
        "51°30'26.6\"N 0°07'40.1\"W",
        "51\u00b030\u203226.6\u2033N 0\u00b007\u203240.1\u2033W",
        "https://maps.google.com/?q=51.5074,-0.1278",
        "https://www.google.com/maps/place/X/@51.9,-0.9,17z/data=!3d51.5074!4d-0.1278",
        "https://www.google.com/maps/@51.5074,-0.1278,17z",
        "https://maps.google.com/maps?q=loc:51.5074%2C-0.1278",
        "https://maps.apple.com/?ll=51.5074,-0.1278&q=Pin",
        "https://maps.apple.com/place?coordinate=51.5074,-0.1278",
        "https://www.openstreetmap.org/?mlat=51.5074&mlon=-0.1278#map=17/51.9/-0.9",
        "https://www.openstreetmap.org/#map=17/51.5074/-0.1278",
        "geo:51.5074,-0.1278;u=35",
        "9C3XGV4C+XV",
        "TQ 30028 80383",
    ],
)
def test_a_point_is_read_in_every_notation(text: str) -> None:
    assert distance_m(points_in(text)[0].point, HERE) < 25


def test_a_short_grid_reference_is_less_precise() -> None:
    found = points_in("near TQ 300 803")[0]
    assert found.precision_m == 50
    assert distance_m(found.point, HERE) < 150


@pytest.mark.parametrize(
    "text",
    [
        "0.0000, 0.0000",
        "£3.50, £2.00",
        "from 10.30 to 11.45",
        "95.1234, 200.1234",
        "so 1234 5678",
        "on 171827",
        "",
    ],
)
def test_other_numbers_are_no_point(text: str) -> None:
    assert points_in(text) == []


def test_the_national_grid_gives_the_survey_s_own_example() -> None:
    assert distance_m(from_national_grid(651_409.903, 313_177.270), Point(52.657979, 1.716043)) < 5


def test_a_point_at_zero_or_off_the_globe_is_not_usable() -> None:
    assert not usable(Point(0, 0))
    assert not usable(Point(91, 0))
    assert usable(HERE)


def test_three_words_are_recognised_and_kept_as_they_are() -> None:
    assert three_words("it is at ///Apple.Pear.Plum ok") == "///apple.pear.plum"
    assert three_words("bad road.bad lights.bad bins") is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all(usable(w.point) for w in points_in(text))


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_decimals_come_back(latitude: float, longitude: float) -> None:
    if usable(Point(latitude, longitude)):
        found = points_in(f"{latitude:.5f}, {longitude:.5f}")[0].point
        assert distance_m(found, Point(latitude, longitude)) < 2
