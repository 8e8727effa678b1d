"""Dangers and common problems told in another language, found by word lists.

The lists are :mod:`nlp.foreign_danger_words` and :mod:`nlp.foreign_problem_words`. A message is folded
(small letters, no accents) and each list is one pattern. Gravest danger first, as the English rules
have it. A few beginnings are English words too, so a message that is plainly English is not looked at.
"""

import re
import unicodedata

from casework.understanding import Danger
from nlp.foreign_danger_words import DANGER_WORDS
from nlp.foreign_problem_words import PROBLEM_WORDS

LANGUAGES = frozenset(DANGER_WORDS)
"""The languages of the lists; in each of them ``tongue.CODE`` says what to do."""

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
    Danger.INJURY,
    # Last, because its lists hold the bare cries for help.
    Danger.ADULT_AT_RISK,
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


_PROBLEMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (language, category, re.compile(f" (?:{_pattern(words)})"))
    for language, lists in PROBLEM_WORDS.items()
    for category, words in lists.items()
)
_WORDS_OF: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        language,
        re.compile(
            " (?:"
            + "|".join(
                _pattern(words)
                for words in (*DANGER_WORDS[language].values(), *PROBLEM_WORDS[language].values())
            )
            + ")"
        ),
    )
    for language in DANGER_WORDS
)


def danger_in(text: str) -> Danger | None:
    """The danger told in one of the languages that the lists know, or None."""
    folded = fold(text)
    if _is_plainly_english(folded):
        return None
    return next((danger for danger, pattern in _PATTERNS.items() if pattern.search(folded)), None)


def problem_in(text: str, language: str) -> str | None:
    """The code of the problem told in that language, or None."""
    folded = fold(text)
    found = (code for known, code, pattern in _PROBLEMS if known == language and pattern.search(folded))
    return next(found, None)


def language_of(text: str) -> str | None:
    """The language of whose lists the text holds most, or None."""
    folded = fold(text)
    if _is_plainly_english(folded):
        return None
    counts = {language: len(pattern.findall(folded)) for language, pattern in _WORDS_OF}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else None


def _is_plainly_english(folded: str) -> bool:
    return sum(word in _ENGLISH for word in folded.split()) >= _PLAINLY
