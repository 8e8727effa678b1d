"""Faults of a pack as they are collected, and the words that all of them share."""

from collections.abc import Iterable
from difflib import get_close_matches

from casework.packs import Fault


class Faults:
    """Collects what is wrong in a pack, in any order."""

    def __init__(self, found: Iterable[Fault] = ()) -> None:
        self._found = list(found)

    def error(self, file: str, line: int, message: str) -> None:
        """Note something that stops the start."""
        self._found.append(Fault(file, line, message))

    def warning(self, file: str, line: int, message: str) -> None:
        """Note something that an officer should know."""
        self._found.append(Fault(file, line, message, error=False))

    def all(self) -> tuple[Fault, ...]:
        """Every fault once, by file and line."""
        return tuple(sorted(set(self._found), key=lambda f: (f.file, f.line, not f.error, f.message)))

    def fatal(self) -> bool:
        """True if one of them is an error."""
        return any(fault.error for fault in self._found)


def nearest(word: str, choices: Iterable[str], likeness: float = 0.6) -> str | None:
    """The choice most like the word, whatever its case; None if none is."""
    by_lower = {choice.lower(): choice for choice in sorted(choices)}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=likeness)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest choice; empty if none is near."""
    found = nearest(word, choices)
    return f"; did you mean '{found}'?" if found else ""


def excused(named: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The known codes that unknown ones were probably meant to be: they are not missing."""
    choices = frozenset(known)
    return frozenset(near for code in named if code not in choices and (near := nearest(code, choices)))


def one_of(words: Iterable[str]) -> str:
    """``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def listed(words: Iterable[str], most: int = 5) -> str:
    """``a, b and c`` or ``a, b, c and 4 more``."""
    every = list(words)
    shown, rest = every[:most], len(every) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
