"""References such as ``LW-4F7-2Q9``: made, tidied, and found in text.

Six of twenty letters and digits that are hard to mistake for each other and spell no words.
A reference opens the public page only; it is no password.
"""

import re
from collections.abc import Iterable

ALPHABET = "23456789CFGHJMPQRVWX"
LENGTH = 6


def format_reference(prefix: str, letters: str) -> str:
    """``("LW", "4F72Q9")`` -> ``"LW-4F7-2Q9"``."""
    return f"{prefix}-{letters[:3]}-{letters[3:]}"


def _pattern(prefixes: Iterable[str]) -> re.Pattern[str]:
    named = "|".join(sorted(map(re.escape, prefixes)))
    part = f"[{ALPHABET}]{{3}}"
    return re.compile(rf"(?<![A-Z0-9])({named})[-\s]?({part})[-\s]?({part})(?![A-Z0-9])", re.IGNORECASE)


def mentions_reference(text: str, prefixes: Iterable[str]) -> bool:
    """True if something is written like a reference, also a mistyped one (``LW-123-456``)."""
    named = "|".join(sorted(map(re.escape, prefixes)))
    return re.search(rf"(?<!\w)({named})-\w{{3}}-?\w{{3}}(?!\w)", text, re.IGNORECASE) is not None


def is_like_reference(text: str) -> bool:
    """True if the whole text is written like a reference, whoever's: another council's may be sent to us."""
    part = f"[{ALPHABET}]{{3}}"
    return re.fullmatch(rf"\W*[A-Z]{{1,4}}-{part}-{part}\W*", text, re.IGNORECASE) is not None


def find_references(text: str, prefixes: Iterable[str]) -> tuple[str, ...]:
    """Every reference in the text, tidied, in order; any case, with or without hyphens."""
    found = (
        format_reference(prefix.upper(), (first + second).upper())
        for prefix, first, second in _pattern(prefixes).findall(text)
    )
    return tuple(dict.fromkeys(found))
