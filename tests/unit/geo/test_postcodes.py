"""Postcodes in a text."""

import pytest

from geo.postcodes import postcodes_in, tidy


@pytest.mark.parametrize(
    "text", ["bins at TS1 2AB.", "ts12ab", "TS1  2AB", "TS1 2 AB", "at ts1-2ab!", "TS1 2ab"]
)
def test_a_whole_postcode_is_found_however_it_is_written(text: str) -> None:
    assert [(p.code, p.whole) for p in postcodes_in(text)] == [("TS1 2AB", True)]


def test_the_letter_o_is_read_as_the_digit_in_the_second_half() -> None:
    assert postcodes_in("TS1 OAB")[0].code == "TS1 0AB"


def test_sectors_and_districts_are_not_whole() -> None:
    assert [(p.code, p.whole) for p in postcodes_in("somewhere in TS1 2 or TS9")] == [
        ("TS1 2", False),
        ("TS9", False),
    ]


def test_words_and_numbers_are_no_postcodes() -> None:
    assert postcodes_in("3 bags, 12 o'clock, flat 4b, tel 020 7946 0000") == []


def test_a_tidy_postcode_has_one_space() -> None:
    assert tidy(" ts12ab ") == "TS1 2AB"
