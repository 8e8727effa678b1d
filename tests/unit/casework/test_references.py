"""References are read as people type them, and never where there is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.minting import Mint
from casework.references import ALPHABET, find_references, format_reference

PREFIXES = ("LW", "AM")
letters = st.text(alphabet=ALPHABET, min_size=6, max_size=6)


@pytest.mark.parametrize(
    "text",
    [
        "LW-4F7-2Q9",
        "lw-4f7-2q9",
        "LW4F72Q9",
        "lw 4f7 2q9",
        "Lw-4F7 2q9?",
        "what about (LW-4F7-2Q9), please",
        "ref:LW-4F7-2Q9.",
        "LW-4F7-2Q9 and lw4f72q9 again",
    ],
)
def test_a_reference_is_read_in_any_case_with_or_without_hyphens(text: str) -> None:
    assert find_references(text, PREFIXES) == ("LW-4F7-2Q9",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LW",
        "LW-4F7-2Q",
        "LW-4F7-2Q9X",
        "XLW-4F7-2Q9",
        "LW-4F1-2Q9",
        "LW-4F7-2AE",
        "GR-4F7-2Q9",
        "SE13 5TQ",
        "flats lw near the shops",
        "07700 900123",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find_references(text, PREFIXES) == ()


def test_several_are_found_in_their_order() -> None:
    assert find_references("AM-222-222 then LW-4F7-2Q9", PREFIXES) == ("AM-222-222", "LW-4F7-2Q9")


def test_the_alphabet_has_nothing_to_mistake_and_spells_nothing() -> None:
    assert len(ALPHABET) == 20
    assert set(ALPHABET).isdisjoint("01AEIOUYBDKLNSTZ")


@given(letters, st.sampled_from(["-", "", " "]), st.booleans())
def test_every_reference_is_read_back_from_any_spelling(code: str, between: str, lower: bool) -> None:
    spelled = between.join(("LW", code[:3], code[3:]))

    assert find_references(spelled.lower() if lower else spelled, PREFIXES) == (format_reference("LW", code),)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(found.startswith(PREFIXES) for found in find_references(text, PREFIXES))


def test_a_seeded_mint_is_repeatable_and_an_unseeded_one_is_not() -> None:
    first, again = (Mint(random.Random(3)).reference("LW") for _ in range(2))

    assert first == again
    assert len({Mint().reference("LW") for _ in range(50)}) > 45
