"""Sees danger in a message before anything else is done with it.

Cheap on purpose: it looks at every new message before any queue order. Rules say for certain what
they know (:mod:`nlp.danger_rules`): a message is folded to plain words (:func:`fold`), each sentence
is looked at alone, and only the rules whose trigger words occur in it are tried. Other languages
have word lists (:mod:`nlp.foreign`). What none of them knows, a small trained scorer judges
(:mod:`nlp.danger_scorer`).
"""

import re
from collections.abc import Iterator

from casework.understanding import Danger
from nlp import foreign
from nlp.danger_rules import RULES, Rule
from nlp.danger_scorer import shipped
from nlp.spelling import DANGER_SPELLINGS

LONGEST = 4000
"""Characters that are looked at: nobody tells a danger after two pages."""

_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")
_SENTENCE_ENDS = re.compile(r"[.!?;\n\r]+")
_WORDS = re.compile(r"[^\W_]+")


def _by_trigger() -> dict[str, tuple[tuple[int, Rule], ...]]:
    table: dict[str, list[tuple[int, Rule]]] = {}
    for order, rule in enumerate(RULES):
        for word in rule.triggers:
            table.setdefault(word, []).append((order, rule))
    return {word: tuple(rules) for word, rules in table.items()}


_RULES_OF = _by_trigger()


def fold(sentence: str) -> list[str]:
    """The sentence's words in lower case, without apostrophes, with common misspellings mended."""
    words: list[str] = []
    for word in _WORDS.findall(sentence):
        mended = DANGER_SPELLINGS.get(word)
        if mended is None:
            words.append(word)
        else:
            words.extend(mended.split())
    return words


def screen(text: str) -> Danger | None:
    """The danger that the message tells of, or None."""
    return by_rules(text) or foreign.danger_in(text) or shipped().danger(text)


def by_rules(text: str) -> Danger | None:
    """The danger that the rules see, or None; the gravest one if there are several."""
    plain = text[:LONGEST].lower().translate(_APOSTROPHES)
    found = min((hit for s in _SENTENCE_ENDS.split(plain) for hit in _hits(s)), default=None)
    return None if found is None else RULES[found].danger


def _hits(sentence: str) -> Iterator[int]:
    words = fold(sentence)
    rules = {entry for word in set(words) if word in _RULES_OF for entry in _RULES_OF[word]}
    if not rules:
        return
    folded = " ".join(words)
    for order, rule in rules:
        if rule.holds(folded):
            yield order
