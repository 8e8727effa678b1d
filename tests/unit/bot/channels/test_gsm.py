"""Text messages: the alphabet, the segments, and no word cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.gsm import BASIC, EXTENDED, is_gsm, segments, split, to_gsm

GSM = "".join(sorted(BASIC | EXTENDED))
WORDS = st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=40), max_size=150)
PLAIN_WORDS = st.lists(
    st.text(st.sampled_from(sorted(set(GSM) - set(" \n\r\f"))), min_size=1, max_size=40),
    min_size=1,
    max_size=200,
)


def unnumbered(parts: tuple[str, ...]) -> list[str]:
    return [re.sub(r"^\d+/\d+ ", "", part) for part in parts] if len(parts) > 1 else list(parts)


def test_the_alphabet_has_its_128_places() -> None:
    assert len(BASIC) == 127  # and the escape to the extension
    assert len(EXTENDED) == 10


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("It\u2019s \u201cdone\u201d \u2013 thanks\u2026", 'It\'s "done" - thanks...'),
        ("No\u00a0break", "No break"),
        ("Café Rouge, Tŷ Gwyn, Łódź Road", "Café Rouge, Ty Gwyn, Lodz Road"),
        ("Broken light 💡👩‍🚒", "Broken light "),
        ("£5 or €6", "£5 or €6"),
    ],
)
def test_typography_is_made_plain(said: str, sent: str) -> None:
    assert to_gsm(said) == sent


def test_words_of_another_alphabet_stay_whole() -> None:
    assert to_gsm("রাস্তায় গর্ত") == "রাস্তায় গর্ত"
    assert to_gsm("Tŷ Gwyn", fold=False) == "Tŷ Gwyn"


@given(st.text())
def test_only_letters_and_digits_may_leave_the_alphabet(text: str) -> None:
    assert all(char.isalnum() or not char.isascii() for char in to_gsm(text) if not is_gsm(char))
    assert to_gsm(to_gsm(text)) == to_gsm(text)


@given(st.text(st.sampled_from(GSM)))
def test_what_is_in_the_alphabet_is_left_as_it_is(text: str) -> None:
    # A line's end of two characters is one; nothing else changes.
    assert to_gsm(text) == re.sub(r"\r+\n", "\n", text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" * 76 + "a" * 2, 3),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("💡" * 35, 1),
        ("💡" * 67, 3),
    ],
)
def test_segments_are_counted_as_carriers_count(text: str, count: int) -> None:
    assert segments(text) == count


def test_a_text_that_fits_is_not_numbered() -> None:
    assert split("Thank you.") == ("Thank you.",)


def test_a_long_text_is_parted_between_sentences() -> None:
    first, second = "It goes to Highways. " * 12, "They should deal with it by Friday. " * 5
    parts = split((first + second).strip())
    assert [part[:4] for part in parts] == ["1/2 ", "2/2 "]
    assert all(part.endswith(".") for part in parts)


@given(PLAIN_WORDS)
def test_no_word_is_cut_and_none_is_lost(words: list[str]) -> None:
    parts = split(" ".join(words))
    assert " ".join(unnumbered(parts)).split() == " ".join(words).split()
    assert all(segments(part) <= 2 for part in parts)


@given(WORDS)
def test_no_message_is_longer_than_two_segments_in_any_alphabet(words: list[str]) -> None:
    parts = split(to_gsm(" ".join(words)))
    assert all(segments(part) <= 2 for part in parts)


def test_only_a_word_longer_than_a_message_is_cut() -> None:
    parts = split("a" * 700)
    assert "".join(unnumbered(parts)) == "a" * 700
    assert len(parts) == 3
