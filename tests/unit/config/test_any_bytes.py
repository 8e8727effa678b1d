"""Whatever the files hold, the loader answers with faults and never breaks."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from config.loading import parse_pack
from tests.packs import PATHS, TODAY, USUAL, pack_files

NAMES = st.sampled_from(sorted(PATHS))
MARKS = [
    "",
    "\x00",
    "\ufeff",
    '"',
    "'''",
    '"""',
    "[",
    "]]",
    "{",
    "}",
    ",",
    ";",
    "\t",
    "\r",
    "\n\n",
    "=",
    "#",
    "*",
]
VALUES = ["nan", "inf", "-1", "1e400", "9" * 5000, "null", "true", "[]", "{}", '""', "1979-05-27T07:32:00"]
WORDS = ["[[body]]", "\ud7ff", "é", "code", "LINESTRING EMPTY", "LINESTRING (nan nan, inf inf)", "[" * 3000]
SNIPPETS = st.sampled_from(MARKS + VALUES + WORDS)


def read(**overrides: bytes | str) -> None:
    pack, faults = parse_pack(pack_files(**overrides), TODAY)
    assert (pack is None) is any(fault.error for fault in faults)
    assert all(fault.message and fault.line >= 0 for fault in faults)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.binary(max_size=300))
@example("wards", b"[" * 100_000)
@example("routes", b"a = " + b"[" * 100_000)
@example("wards", b'{"features": [' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"]}")
@example("authority", b"hour = " + b"9" * 10_000)
@example("streets", b"street,latitude,longitude\n" + b'"' + b"x" * 200_000)
@example(
    "streets",
    b'street,locality,latitude,longitude,line\nA,B,53,0.5,"LINESTRING (' + b"9" * 999 + b' 53, 1 53)"',
)
def test_any_bytes_in_any_file_give_faults_or_a_pack(name: str, content: bytes) -> None:
    read(**{name: content})


@settings(max_examples=400, deadline=None)
@given(NAMES, st.integers(0, 3000), st.integers(0, 40), SNIPPETS)
def test_any_damage_to_a_file_gives_faults_or_a_pack(name: str, at: int, length: int, new: str) -> None:
    text = USUAL[name]
    at %= len(text)
    read(**{name: text[:at] + new + text[at + length :]})


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "properties", "geometry", "coordinates", "code"]), inner)
    ),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=3), st.sampled_from(["Polygon", "MultiPolygon"]), JSON)
def test_any_geojson_gives_faults_or_a_pack(features: list[object], kind: str, coordinates: object) -> None:
    area = {"properties": {"code": "A", "name": "A"}, "geometry": {"type": kind, "coordinates": coordinates}}
    read(wards=json.dumps({"features": [*features, area]}))


TOML_WORDS = st.sampled_from(
    ["1", '"x"', "true", "[]", "[1]", '["x"]', "{}", "{ a = 1 }", "2026-01-01", "1.5"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["authority", "bodies", "categories", "routes", "charter"]), st.integers(0), TOML_WORDS
)
def test_any_value_in_any_place_gives_faults_or_a_pack(name: str, number: int, value: str) -> None:
    lines = USUAL[name].splitlines()
    places = [place for place, line in enumerate(lines) if " = " in line and not line.endswith("[")]
    place = places[number % len(places)]
    lines[place] = lines[place].partition(" = ")[0] + " = " + value
    read(**{name: "\n".join(lines)})
