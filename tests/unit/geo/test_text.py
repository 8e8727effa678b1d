"""Names in the form in which they are compared."""

import pytest

from geo.text import LONGEST, key, says_something, split_suffix, titled, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Larch Road", "larch rd."),
        ("Queen's Avenue", "QUEENS AV"),
        ("St. Anne\u2019s Street", "Saint Annes St"),
        ("Rowan-Tree Gardens", "rowan tree gdns"),
        ("Café Row", "cafe row"),
        ("Oak & Ash Lane", "oak and ash ln"),
        ("Larch\u0000Road", "Larch Road"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_road_is_not_a_street() -> None:
    assert key("Larch Road") != key("Larch Street")


def test_the_stem_leaves_out_the_last_word_and_spaces() -> None:
    assert split_suffix(key("Long Acre Lane")) == ("longacre", "la")
    assert split_suffix(key("Broadway")) == (key("Broadway"), "")


def test_words_keep_their_place_in_the_text() -> None:
    text = "In Larch rd."
    assert [text[t.start : t.end] for t in tokens(text)] == ["In", "Larch", "rd"]


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    assert len(tokens("a " * 10_000)) == LONGEST // 2


def test_everyday_words_say_nothing_about_which_place() -> None:
    assert not says_something(["the", "pk", "12"])
    assert says_something(["larch"])


def test_names_in_capitals_are_written_as_people_do() -> None:
    assert titled("ST ANNE'S ROAD") == "St Anne's Road"
    assert titled("McAdam Road") == "McAdam Road"
