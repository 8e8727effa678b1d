"""The page of places for engineers."""

import json
from typing import Any

import pytest

from bot.maps.drawing import LEAFLET, asked_and_found, page
from geo.locating import locate_lines
from tests.unit.geo.factories import TODAY, at
from tests.unit.geo.test_finder import FINDER, OUR_PACK

pytestmark = pytest.mark.skipif(not LEAFLET.is_dir(), reason="Leaflet is not installed: make set-up")


def drawn(*asked: dict[str, object]) -> str:
    lines = [json.dumps(one) for one in asked]
    found = locate_lines(lines, FINDER, TODAY)
    drawings = [asked_and_found(*pair) for pair in zip(lines, found, strict=True)]
    return page(OUR_PACK, [one for one in drawings if one], TODAY)


def data_of(html: str) -> Any:
    return json.loads(html.partition("const data = ")[2].partition(";\n")[0])


def test_candidates_wards_and_the_truth_are_in_the_page() -> None:
    there = at(1.5, 1.5)
    data = data_of(
        drawn(
            {"id": "a", "text": "Hazel Grove", "latitude": there.latitude, "longitude": str(there.longitude)},
            {"id": "b", "text": "nowhere at all"},
        )
    )
    first, second = data["rows"]
    assert first["candidates"][0]["label"] == "Hazel Grove"
    assert (first["right"], first["off_m"] > 1000) == (False, True)
    assert (second["candidates"], second["truth"], second["right"]) == ([], None, None)
    names = [feature["properties"]["name"] for feature in data["wards"]["features"]]
    assert names == ["Westbrook", "Eastbrook", "Hillside", "Dalesend"]


def test_a_text_cannot_break_out_of_the_page() -> None:
    html = drawn({"id": "a", "text": "</script><script>alert(1)</script> Hazel Grove"})
    assert "alert(1)</script>" not in html
    assert data_of(html)["rows"][0]["text"].startswith("</script>")


def test_the_page_needs_no_network() -> None:
    html = drawn({"id": "a", "text": "Hazel Grove"})
    assert 'src="http' not in html
    assert "<link" not in html


def test_a_line_that_could_not_be_read_is_left_out() -> None:
    assert asked_and_found("{", json.dumps({"id": None, "error": "line 1 is not JSON"})) is None
