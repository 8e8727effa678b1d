"""Misspelt words and what they share with the right ones."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from geo.spellings import LONG, marks_for, marks_of

WORDS = st.text("abcdehilnorst", min_size=4, max_size=16)
PLACES = st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abxdrs")), max_size=2)


def changed(word: str, changes: list[tuple[int, str]]) -> str:
    """The word with letters put in, taken out, exchanged or swapped."""
    for place, letter in changes:
        at = place % (len(word) + 1)
        match letter:
            case "d" if len(word) > 4:
                word = word[:at] + word[at + 1 :]
            case "s":
                word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
            case "r":
                word = word[:at] + "e" + word[at + 1 :]
            case _:
                word = word[:at] + letter + word[at:]
    return word


@given(word=WORDS, changes=PLACES)
@settings(max_examples=300)
def test_words_within_two_edits_are_found(word: str, changes: list[tuple[int, str]]) -> None:
    wrong = changed(word, changes)
    edits = OSA.distance(word, wrong)
    if edits <= 2 and min(len(word), len(wrong)) > 3:
        assert marks_of(word) & marks_for(wrong, max(1, edits))


def test_three_letters_wrong_are_found_in_long_words() -> None:
    right = "saintbartholomews"
    for wrong in ("sainbatholomew", "seintbartolomewes", "stintbarthelomees", "stintbbrtholomewx"):
        assert OSA.distance(right, wrong) == 3
        assert marks_of(right) & marks_for(wrong, 3)


def test_words_that_have_little_in_common_share_nothing() -> None:
    words = ["hazelbourne", "stationapproach", "northumberland", "churchill", "queenelizabeth"]
    assert all(len(word) >= LONG for word in words)
    assert all(not marks_of(a) & marks_for(b, 2) for a, b in pairwise(words))
