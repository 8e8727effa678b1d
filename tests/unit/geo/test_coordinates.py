"""Coordinates in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.places import Point, distance_m
from geo.coordinates import (
    completed,
    encoded,
    from_national_grid,
    points_in,
    shortened_link,
    three_words,
    usable,
)

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
        "TQ3002880383",
        "TQ30028038",
        "51 30 26.6 N 0 07 40.1 W",
        "N51 30 26.6 W000 07 40.1",
        "N 51\u00b0 30.443' W 000\u00b0 07.668'",
        "51:30:26.6N, 0:07:40.1W",
        "51\u00b030'26,6\"N 0\u00b007'40,1\"W",
    ],
)
def test_a_point_is_read_in_every_notation(text: str) -> None:
    assert distance_m(points_in(text)[0].point, HERE) < 25


@pytest.mark.parametrize(("code", "near"), [("GV4C+XV", HERE), ("3xgv4c+xv", Point(52.9, 1.3))])
def test_a_short_plus_code_is_the_nearest_one(code: str, near: Point) -> None:
    assert distance_m(points_in(f"{code}, the town", (near,))[0].point, HERE) < 25
    assert points_in(code) == []


@given(st.floats(49, 59), st.floats(-7, 1.7), st.sampled_from([2, 4]))
def test_a_short_plus_code_that_is_completed_is_the_full_one(lat: float, lon: float, missing: int) -> None:
    full = encoded(Point(lat, lon))
    reach = 0.4 if missing == 4 else 8.0
    for up, across in ((reach, reach), (-reach, reach), (0.0, 0.0)):
        near = Point(lat + up, lon + across)
        assert completed(full[missing:], missing, near) == full


@pytest.mark.parametrize("text", ["2234+56", "call 02079460000+22", "c++", "3+4", "WC2+WC3", "5G+WIFI"])
def test_a_sum_is_no_plus_code(text: str) -> None:
    assert points_in(text, (HERE,)) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://maps.app.goo.gl/AbC12",
        "see goo.gl/maps/xyz",
        "https://osm.org/go/eu6--",
        "https://maps.apple.com/p/abc",
    ],
)
def test_a_shortened_link_is_known_for_what_it_is(text: str) -> None:
    assert shortened_link(text)
    assert not shortened_link("https://www.google.com/maps/@51.5074,-0.1278,17z")


@pytest.mark.parametrize("text", ["https://w3w.co/apple.pear.plum", "what3words.com/apple.pear.plum?lang=en"])
def test_a_link_to_three_words_is_three_words(text: str) -> None:
    assert three_words(text) == "///apple.pear.plum"


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
