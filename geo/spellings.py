"""Finds misspelt names among hundreds of thousands: two words within a few edits share what is left of
them when a few letters are taken out (Garbe's symmetric deletion).

Up to two edits anywhere: the first eight letters with two taken out. Three edits, allowed in long
words only: of two halves at least one has a single edit, so the first or the last seven letters with
one taken out (a word of twelve may have all three in the two letters where these overlap: that one
is not found). A candidate found so is compared by the caller.
"""

from collections.abc import Iterator
from zlib import crc32

HEAD, MOST_EDITS = 8, 2
"""Letters at the beginning that are looked at, and how many are taken out."""

HALF, LONG = 7, 9
"""Letters at each end for three edits, and the shortest word that is within those of a long one."""

SHORTEST = 2
"""What is left of a word must have so many letters to say anything."""


LENGTHS = 32
"""A stored word's number is told together with its length, so that many need not be looked at."""


def told(number: int, word: str) -> int:
    """A word's number with its length."""
    return number * LENGTHS + min(len(word), LENGTHS - 1)


def marks_of(word: str) -> set[int]:
    """The numbers under which a word is stored."""
    found = set(_without(word[:HEAD], MOST_EDITS, "h"))
    if len(word) >= LONG:
        found.update(_ends(word))
    return found


def marks_for(word: str, edits: int) -> set[int]:
    """The numbers under which words within so many edits (at most three) are looked for."""
    if edits > MOST_EDITS:
        return set(_ends(word)) | set(_without(word[:HEAD], MOST_EDITS, "h"))
    return set(_without(word[:HEAD], edits, "h"))


def _ends(word: str) -> Iterator[int]:
    yield from _without(word[:HALF], 1, "f")
    yield from _without(word[-HALF:], 1, "b")


def _without(letters: str, edits: int, space: str) -> Iterator[int]:
    """The letters without up to so many of them (at most two), as numbers."""
    found = {letters}
    newest = found
    for _ in range(edits):
        newest = {w[:n] + w[n + 1 :] for w in newest if len(w) > SHORTEST for n in range(len(w))}
        found |= newest
    return (crc32((space + word).encode()) for word in found)
