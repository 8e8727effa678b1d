"""The line on which a value stands in a TOML or GeoJSON text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lines import feature_lines, line_of, toml_lines
from tests.packs import BODIES, USUAL, WARDS

TRICKY = '''\
# [[category]] in a comment
title = "a # in text, and [[route]]"   # 2
long = """
[[route]]
category = "x"
"""                                     # 3 to 6
list = [                                # 7
    "one",  # with ] in a comment
    # nothing here
    { a = 1, b = [2, 3] },              # 10
    "three",
]

[[route]]                               # 14
"quoted" = 1
dotted.key = 2
[route.inner]                           # 17
x = 1
[[route]]                               # 19
x = \'\'\'
text\'\'\'
y = 2                                   # 22
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("long",), 3),
        (("list",), 7),
        (("list", 0), 8),
        (("list", 1), 10),
        (("list", 2), 11),
        (("list", "three"), 11),
        (("route", 0), 14),
        (("route", 0, "quoted"), 15),
        (("route", 0, "dotted", "key"), 16),
        (("route", 0, "inner", "x"), 18),
        (("route", 1), 19),
        (("route", 1, "y"), 22),
        (("route", 1, "missing"), 19),
        (("nothing",), 1),
    ],
)
def test_a_value_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(toml_lines(TRICKY), path) == line


def test_the_tricky_text_is_valid() -> None:
    assert tomllib.loads(TRICKY)["route"][1]["y"] == 2


def test_a_list_within_a_list_is_counted_for_each_entry() -> None:
    lines = toml_lines(BODIES)
    second = line_of(lines, ("body", 1, "service", 1, "code"))
    assert BODIES.splitlines()[second - 1] == 'code = "lighting"'


@given(st.text(alphabet="[]{}=,.\"'#\n\\ ab1"))
def test_any_text_has_lines(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in toml_lines(text).values())


@pytest.mark.parametrize("name", ["authority", "bodies", "categories", "routes", "charter"])
def test_every_value_of_a_pack_has_a_line_of_its_own(name: str) -> None:
    text = USUAL[name]
    lines = toml_lines(text)
    for path in _paths(tomllib.loads(text)):
        assert path in lines, path


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        found
        for key, part in inner
        for found in [(*path, key), *_paths(part, (*path, key))]
        if path or isinstance(part, str)
    ]


def test_each_feature_is_found_on_its_line() -> None:
    assert feature_lines(WARDS) == (2, 3)


def test_a_text_without_features_has_none() -> None:
    assert feature_lines('{"type": "FeatureCollection"}') == ()
