"""House numbers and numbers that count."""

import pytest

from geo.numbers import house_numbers
from geo.text import tokens

NAME = "Larch Road"


def numbers(text: str) -> list[str]:
    words = tokens(text)
    first = next(i for i, w in enumerate(words) if w.word == "larch")
    return [str(n) for n in house_numbers(text, words, [(first, first + 2)])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Larch Road", ["12"]),
        ("at 12a, Larch Road", ["12A"]),
        ("outside 44-46 Larch Road", ["44", "46"]),
        ("between 7 and 9 Larch Road", ["7", "9"]),
        ("Larch Road outside number 12", ["12"]),
        ("Larch Road, opposite no. 12, a hole", ["12"]),
        ("outside number 12 on Larch Road", ["12"]),
        ("by 12 in Larch Road", ["12"]),
        ("no12 Larch Road", ["12"]),
        ("Larch Road 12", ["12"]),
        ("flat 3, 12 Larch Road", ["12"]),
        ("outside No.12 Larch Road", ["12"]),
        ("opposite 54/56 Larch Road", ["54", "56"]),
        ("potholes on Larch Road kicking up gravel. In the road outside number 100", ["100"]),
    ],
)
def test_a_house_number_belongs_to_its_street(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3 bags on Larch Road",
        "Larch Road has 3 potholes",
        "Larch Road 3 bags",
        "on Larch Road at 10:30",
        "on Larch Road 12/05/2026",
        "Larch Road for 6 weeks",
        "outside 3 shops on Larch Road",
        "A 40 Larch Road",
        "2019 Larch Road",
        "on 12/5 Larch Road",
        "1.5 Larch Road",
        "lamp column 15 Larch Road",
        "lamppost no 4 Larch Road",
        "Larch Road by bus stop 3",
        "Larch Road",
    ],
)
def test_a_count_a_time_or_a_year_is_no_house_number(text: str) -> None:
    assert numbers(text) == []


def test_a_number_belongs_to_one_street_only() -> None:
    text = "12 Larch Road towards Elm Close"
    words = tokens(text)
    found = house_numbers(text, words, [(1, 3), (4, 6)])
    assert [len(f) for f in found] == [1, 0]
