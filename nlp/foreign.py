"""Danger told in another language, found by word lists (:mod:`nlp.foreign_danger_words`).

A message is folded (small letters, no accents) and each list is one pattern. Gravest danger first, as
the English rules have it. A few beginnings are English words too, so a message that is plainly
English is not looked at.
"""

import re
import unicodedata

from casework.understanding import Danger
from nlp.foreign_danger_words import DANGER_WORDS

LONGEST = 1000
"""Characters that are looked at."""

_ORDER = (
    Danger.SELF_HARM,
    Danger.FIRE,
    Danger.GAS,
    Danger.ELECTRICITY,
    Danger.COLLAPSE,
    Danger.VIOLENCE,
    Danger.CHILD,
    Danger.FLOOD,
    Danger.ADULT_AT_RISK,
    Danger.INJURY,
)
_LETTERS = str.maketrans(
    {"\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u2019": "'", "\u2018": "'"}
)
_BETWEEN = r" (?:\S+ ){0,5}?"
_SEPARATORS = re.compile(r"[^\w']+")
_ENGLISH = frozenset(
    (
        "the",
        "is",
        "and",
        "of",
        "has",
        "have",
        "was",
        "with",
        "this",
        "that",
        "there",
        "theres",
        "been",
        "outside",
        "near",
        "please",
        "from",
        "road",
        "street",
        "my",
        "you",
        "they",
        "your",
        "our",
        "we",
        "its",
        "which",
        "very",
    )
)
"""Words that only English has among the languages of the lists."""

_PLAINLY = 2
"""English words from which on a message is plainly English."""


def fold(text: str) -> str:
    """Small letters without accents, the words parted by single blanks, a blank at both ends."""
    plain = text[:LONGEST].lower().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return f" {_SEPARATORS.sub(' ', bare).strip()} "


def _pattern(words: str) -> str:
    phrases = (_SEPARATORS.sub(" ", _tilde(part)) for part in words.split("|") if part.strip())
    return "|".join(re.escape(phrase).replace(r"\ ", " ").replace(_MARK, _BETWEEN) for phrase in phrases)


_MARK = "zzz"


def _tilde(part: str) -> str:
    folded = fold(part.replace(" ~ ", f"{_MARK}"))[1:-1]
    return folded + (" " if part.endswith(" ") else "")


_PATTERNS: dict[Danger, re.Pattern[str]] = {
    danger: re.compile(" (?:" + "|".join(_pattern(lists[danger]) for lists in DANGER_WORDS.values()) + ")")
    for danger in _ORDER
}


def danger_in(text: str) -> Danger | None:
    """The danger told in one of the languages that the lists know, or None."""
    folded = fold(text)
    if sum(word in _ENGLISH for word in folded.split()) >= _PLAINLY:
        return None
    return next((danger for danger, pattern in _PATTERNS.items() if pattern.search(folded)), None)
