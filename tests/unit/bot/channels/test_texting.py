"""Choices by number instead of buttons."""

from bot.channels.base import Worded, WordedButton
from bot.channels.gsm import segments
from bot.channels.texting import MOST_WHATSAPP, as_chat, as_text_messages, with_choices

UNDO = WordedButton("undo", "Undo")
NONE = WordedButton("none", "None of these")


def place(n: int) -> WordedButton:
    return WordedButton(f"place:{n}:W1", f"Church Lane {n}")


def test_choices_are_numbered_as_their_buttons_are() -> None:
    worded = Worded("Which?", (place(1), place(2), NONE))
    assert with_choices(worded) == "Which?\n1 Church Lane 1\n2 Church Lane 2\n3 None of these"


def test_one_place_is_a_yes_or_a_no() -> None:
    assert with_choices(Worded("Do you mean Church Lane? YES or NO?", (place(1), NONE))).endswith("NO?")


def test_words_that_are_answers_are_not_numbered() -> None:
    buttons = (WordedButton("fixed:yes:AM1", "Yes, fixed"), WordedButton("fixed:no:AM1", "No"), UNDO)
    assert with_choices(Worded("Is it fixed?", buttons)) == "Is it fixed?"


def test_undo_is_offered_in_words_where_it_fits() -> None:
    assert as_text_messages(Worded("Filed.", (UNDO,)), "UNDO takes it back.", True) == (
        "Filed.\nUNDO takes it back.",
    )
    long = "a b" * 100
    assert as_text_messages(Worded(long, (UNDO,)), "UNDO takes it back.", True) == (long,)


def test_english_goes_in_two_segments_of_gsm() -> None:
    parts = as_text_messages(Worded("T\u0177 Gwyn \u2013 it\u2019s done. " * 30), "", True)
    assert len(parts) > 1
    assert all(segments(part) <= 2 and part.isascii() for part in parts)


def test_other_languages_keep_their_letters() -> None:
    assert as_text_messages(Worded("T\u0177"), "", english=False) == ("T\u0177",)


def test_whatsapp_gets_what_it_can_take() -> None:
    parts = as_chat(Worded("A sentence of words. " * 200), "")
    assert len(parts) == 3
    assert all(len(part) <= MOST_WHATSAPP for part in parts)
