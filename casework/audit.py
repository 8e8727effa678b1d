"""The audit trail's chain: every entry is bound by its hash to all that went before it.

An entry's digest is the SHA-256 of its canonical JSON; a link is the SHA-256 of the hash before it,
its position and that digest. Whoever changes an entry changes its digest; whoever takes one out or
moves one breaks the links; whoever makes the whole chain anew gets another head than the one that
somebody outside has written down.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from casework.outcomes import AuditEntry

START = "0" * 64
"""What stands before the first link."""


@dataclass(frozen=True, slots=True)
class Link:
    """One place in the chain. ``seq`` is the entry's own number, ``position`` counts from 1."""

    position: int
    seq: int
    digest: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: who writes it down can tell later whether anything before it was touched."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class Wrong(StrEnum):
    """What may be wrong with a place in the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong from one position to another, both included."""

    wrong: Wrong
    position: int
    until: int


def parse_head(words: str) -> Head | None:
    """The head that was written down as ``POSITION:HASH``."""
    position, _, digest = words.strip().partition(":")
    is_one = position.isdecimal() and len(position) < 19 and len(digest) == len(START)
    return Head(int(position), digest.casefold()) if is_one else None


def digest_of(seq: int, entry: AuditEntry) -> str:
    """The entry's own hash, in hexadecimal."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [seq, at, entry.actor, entry.act, entry.subject, dict(entry.details)]
    return _sha256(json.dumps(told, sort_keys=True, separators=(",", ":")))


def link(previous: str, position: int, seq: int, digest: str) -> Link:
    """The next place in the chain, after the one whose hash is ``previous``."""
    return Link(position, seq, digest, _sha256(f"{previous}\n{position}\n{digest}"))


def linked(head: Head | None, entries: Iterable[tuple[int, AuditEntry]]) -> Iterator[Link]:
    """The links of further entries, each with its number, after the head."""
    last = head or Head(0, START)
    for seq, entry in entries:
        made = link(last.hash, last.position + 1, seq, digest_of(seq, entry))
        yield made
        last = Head(made.position, made.hash)


def flaws(chain: Iterable[tuple[Link, AuditEntry | None]]) -> Iterator[Flaw]:
    """Everything that is wrong with the chain, read from its beginning in the order of positions.

    The entry of a link is None where it is gone.
    """
    before = Head(0, START)
    for made, entry in chain:
        gap = made.position - before.position - 1
        if gap:
            yield Flaw(Wrong.MISSING, before.position + 1, made.position - 1)
        if entry is None:
            yield Flaw(Wrong.MISSING, made.position, made.position)
        elif digest_of(made.seq, entry) != made.digest:
            yield Flaw(Wrong.CHANGED, made.position, made.position)
        # What stood before a gap is not known, so the link across it says nothing.
        if not gap and link(before.hash, made.position, made.seq, made.digest) != made:
            yield Flaw(Wrong.MOVED, made.position, made.position)
        before = Head(made.position, made.hash)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
