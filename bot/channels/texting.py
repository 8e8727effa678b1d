"""Lays a message out for phones: choices by number instead of buttons, and parts that fit."""

from bot.channels.base import Worded, WordedButton
from bot.channels.gsm import MOST_SEGMENTS, segments, split, split_by, to_gsm

MOST_WHATSAPP = 1500
"""Twilio takes 1,600 characters with a message."""

_IN_THE_WORDS = ("undo", "yes", "no", "fixed")
"""Choices that are answered with the word itself, which the sentence names."""


def as_text_messages(worded: Worded, undo: str, english: bool) -> tuple[str, ...]:
    """In GSM-7, two segments each; in English without the accents that GSM-7 lacks."""
    text = to_gsm(with_choices(worded), fold=english)
    hint = f"{text}\n{to_gsm(undo, fold=english)}"
    may_undo = any(button.id == "undo" for button in worded.buttons)
    return split(hint if may_undo and segments(hint) <= MOST_SEGMENTS else text)


def as_chat(worded: Worded, undo: str) -> tuple[str, ...]:
    """For WhatsApp, whose buttons need templates."""
    text = with_choices(worded)
    may_undo = any(button.id == "undo" for button in worded.buttons)
    return split_by(f"{text}\n{undo}" if may_undo else text, lambda part: len(part) <= MOST_WHATSAPP)


def with_choices(worded: Worded) -> str:
    """The sentence with its choices under it; a bare number is taken as the choice of that number."""
    choices = [(n, button) for n, button in enumerate(worded.buttons, start=1) if not _is_word(button)]
    if _is_yes_or_no([button for _, button in choices]):
        return worded.text
    return "\n".join((worded.text, *(f"{n} {button.label}" for n, button in choices)))


def _is_word(button: WordedButton) -> bool:
    return button.id.partition(":")[0] in _IN_THE_WORDS


def _is_yes_or_no(choices: list[WordedButton]) -> bool:
    """One place, or none: the sentence asks for yes or no."""
    real = [button for button in choices if button.id != "none"]
    return len(real) == 1 and real[0].id.startswith("place:")
