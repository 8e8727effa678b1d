"""Tells several problems in one message apart.

Conservative: a message is parted only where two clauses each point clearly to a different
category, and the words that join them say that something is added.
"""

import re
from collections.abc import Callable, Iterable

from nlp.weighing import Weighing

CLEAR = 0.70
"""Confidence that each clause must have in its own category."""

STRONG = 2.4
"""Evidence (log odds) that each clause must have."""

MOST = 4
"""Problems that one message may tell."""

LONGEST = 600
"""Characters up to which a message is parted: a longer one is one long story."""

_JOINTS = re.compile(
    r"[.!?;\n]+\s*(?=(?:also|and|plus|there|another|second|secondly|then|the)\b)"
    r"|,?\s+(?:and (?:also|theres|there['\u2019]?s|there is|there are|the|a|an|some|someone|my|our"
    r"|loads of|lots of|also)"
    r"|also|plus|as well as|in addition|another thing|secondly|while (?:youre|you['\u2019]re|you are)"
    r" (?:at it|there))\b"
    r"|(?:^|\n)\s*(?:\d[.)]|[-*\u2022])\s+|,\s+(?=(?:there['\u2019]?s|there is|there are|theres|the|a"
    r"|an|my|our)\s)",
    re.IGNORECASE,
)


def problems(text: str, whole: Weighing, weigh: Callable[[str], Weighing]) -> tuple[str, ...]:
    """The codes of the problems told, in order; the likeliest one alone unless others are clear."""
    clauses = _clauses(text)
    if len(clauses) < 2:
        return (whole.likeliest,)
    found = _distinct(weigh(clause) for clause in clauses)
    return found if len(found) > 1 else (whole.likeliest,)


def _clauses(text: str) -> list[str]:
    if len(text) > LONGEST:
        return []
    return [clause for clause in _JOINTS.split(text) if clause and len(clause.split()) > 1][: 2 * MOST]


def _distinct(weighings: Iterable[Weighing]) -> tuple[str, ...]:
    found: list[str] = []
    for seen in weighings:
        if seen.confidence >= CLEAR and seen.strength >= STRONG and seen.likeliest not in found:
            found.append(seen.likeliest)
    return tuple(found[:MOST])
