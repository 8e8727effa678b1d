"""Phrases and plain forms: how words are compared, without spaCy."""

import re
from dataclasses import dataclass

_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")
_JOINED = re.compile(r"[/_]+|(?<=[a-z])[.,](?=[A-Za-z])|(?<=[A-Za-z])-(?=[A-Za-z])")
_UNWANTED = re.compile(r"[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]|<[^<>]{0,200}>")
_KEPT_S = ("ss", "us", "is", "as")
_LONG_PLURALS = ("sses", "shes", "ches", "xes", "zzes")


def plain_form(word: str) -> str:
    """The word in lower case and singular, as the vocabulary knows it; any number is ``#``."""
    form = word.lower().translate(_APOSTROPHES)
    if form.isdigit():
        return "#"
    if len(form) < 4 or not form.endswith("s") or form.endswith(_KEPT_S):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-2] if form.endswith(_LONG_PLURALS) else form[:-1]


def clean(text: str, longest: int) -> str:
    """The text without mark-up and control characters, its joined words parted."""
    return _JOINED.sub(" ", _UNWANTED.sub(" ", text[:longest]))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the vocabulary: plain forms, of which the starred ones (``dump*``) are stems."""

    key: str
    parts: tuple[str, ...]

    @property
    def starred(self) -> bool:
        """True if a part stands for any ending."""
        return any(part.endswith("*") for part in self.parts)


def phrase_of(written: str) -> Phrase | None:
    """The phrase as an officer wrote it, or None if it holds no word."""
    words = _JOINED.sub(" ", written).split()
    parts = tuple(part for part in map(_part, words) if part not in {"", "*"})
    return Phrase(" ".join(parts), parts) if parts else None


def _part(word: str) -> str:
    bare = word.strip(".,;:!?\"'()[]")
    return bare.lower().translate(_APOSTROPHES) if bare.endswith("*") else plain_form(bare)
