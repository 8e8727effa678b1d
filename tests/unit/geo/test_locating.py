"""JSON lines in and out."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.areas import AreaIndex
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from geo.locating import locate_lines
from tests.unit.geo.factories import TODAY, at, pack, street

PACK = pack(streets=[street("Hazel Grove", at(0.5, 0.5))])
FINDER = Finder([PACK], [Gazetteer.in_memory(PACK)], AreaIndex([PACK]))


def located(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in locate_lines(lines, FINDER, TODAY)]


def test_a_line_has_exactly_the_agreed_keys() -> None:
    (found,) = located('{"id": 7, "text": "rubbish in Hazel Grove"}')
    assert list(found) == ["id", "candidates", "decision"]
    assert (found["id"], found["decision"]) == (7, "accept")
    assert list(found["candidates"][0]) == [
        "latitude",
        "longitude",
        "probability",
        "label",
        "ward",
        "kind",
        "uncertainty_m",
    ]


def test_lines_come_in_order_and_a_bad_one_does_not_stop_the_next() -> None:
    found = located('{"id": 1, "text": ""}', "no json", "", "[]", '{"id": 4}', '{"id": 5, "text": "x"}')
    assert [f["id"] for f in found] == [1, None, None, 4, 5]
    assert ["error" in f for f in found] == [False, True, True, True, False]


def test_an_error_names_the_line() -> None:
    assert "line 2" in located('{"id": 1, "text": ""}', "{")[1]["error"]


@given(st.text(max_size=60), st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_no_line_stops_the_program(raw: str, value: object) -> None:
    assert len(located(json.dumps({"id": value, "text": value}), json.dumps({"text": raw}))) == 2
    assert len(located(raw.replace("\n", " ") + "x")) == 1
