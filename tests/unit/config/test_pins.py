"""Streets by the pins of reports."""

import pytest

from config.pins import Road, earlier, numbered_points, only_name, road_of, street_points


def row(nearest_road: str = "", text: str = "", **more: str) -> dict[str, str]:
    return {"id": "1", "created": "2026-01-01", "latitude": "51.50004", "longitude": "-0.1"} | {
        "nearest_road": nearest_road,
        "text": text,
        **more,
    }


@pytest.mark.parametrize(
    ("nearest", "road"),
    [
        ("66, Long Street, Hillside, Newtown", Road("66", "Long Street", "Hillside")),
        ("12a, Long Street, Newtown", Road("12a", "Long Street", "Newtown")),
        ("Long Street, Newtown", Road("", "Long Street", "Newtown")),
        ("Long Street", Road("", "Long Street", "")),
        ("14, 16, Long Street", None),
        ("", None),
    ],
)
def test_the_map_s_line_is_a_number_a_street_and_a_locality(nearest: str, road: Road | None) -> None:
    assert road_of(nearest) == road


def test_the_earlier_part_is_by_time_whatever_the_order() -> None:
    rows = [row(id=str(n), created=f"2026-01-{n:02}") for n in (3, 1, 5, 2, 4)]
    assert [r["id"] for r in earlier(rows, 0.6)] == ["1", "2", "3"]


def test_a_street_has_each_of_its_pins_once_and_rounded() -> None:
    rows = [row("9, Long Street, Newtown"), row("Long Street, Newtown"), row("Other Road, Newtown")]
    assert street_points(rows, ["Long Street"]) == {"Long Street": [("Newtown", "51.5000", "-0.1000")]}


def test_words_place_a_pin_where_the_map_does_not() -> None:
    assert street_points([row(text="hole in long street")], ["Long Street"]) == {
        "Long Street": [("", "51.5000", "-0.1000")]
    }


def test_words_with_two_streets_place_nothing() -> None:
    known = {"long street": "Long Street", "long street north": "Long Street North", "mill road": "Mill Road"}
    assert only_name("Long Street by Mill Road", known) is None
    assert only_name("Long Street North", known) == "Long Street North"


def test_a_house_of_the_map_is_amid_the_pins_beside_it() -> None:
    rows = [row("9, Long Street, Newtown", latitude=lat) for lat in ("51.0", "51.2", "51.1")]
    assert list(numbered_points(rows)) == [(Road("9", "Long Street", "Newtown"), "51.10000", "-0.10000")]
