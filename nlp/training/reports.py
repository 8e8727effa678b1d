"""Labelled reports: reading files of them, parting them by time, leaving out repeats."""

import csv
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NEWEST = 0.2
"""The share of each authority's reports, its newest, that is held out."""

NOTHING = "nothing"
"""The class of messages that are about none of the categories."""

_ALIKE = 0.8
"""Share of common pieces from which two texts are one."""

_BANDS, _ROWS, _CROWD = 8, 3, 50
_PRIME = (1 << 61) - 1
_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody wrote and the category it was given; ``finer`` is the authority's own category.

    ``authority`` is the code of a pack; ``created`` sorts by time.
    """

    authority: str
    text: str
    category: str
    finer: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """The earlier reports and the newest of each authority."""

    earlier: tuple[Report, ...]
    newest: tuple[Report, ...]


class ColumnsMissing(ValueError):
    """A file lacks columns that training needs."""


def read_reports(path: Path, authority: str) -> list[Report]:
    """A CSV with ``created, text, category`` and, where there is one, ``council_category``.

    Rows without text or category are left out. Raises ColumnsMissing.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"created", "text", "category"} - set(rows.fieldnames or ())
        if missing:
            raise ColumnsMissing(f"{path} has no column {', '.join(sorted(missing))}")
        found = [_report(row, authority) for row in rows if row["text"].strip() and row["category"]]
    return sorted(found, key=lambda report: (report.created, report.text))


def _report(row: dict[str, str], authority: str) -> Report:
    return Report(authority, row["text"], row["category"], row.get("council_category") or "", row["created"])


def read_chat(path: Path, share: int = 5) -> list[Report]:
    """Everyday messages that are about nothing: every ``share``-th ham of a file ``label, text``."""
    with path.open(encoding="utf-8", newline="") as file:
        ham = [row["text"] for row in csv.DictReader(file) if row["label"] == "ham"]
    return [Report("", text, NOTHING) for text in ham[::share]]


def part_by_time(reports: Iterable[Report], newest: float = NEWEST) -> Split:
    """Each authority's newest share, and what came before."""
    held: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        held[report.authority].append(report)
    earlier: list[Report] = []
    later: list[Report] = []
    for code in sorted(held):
        own = sorted(held[code], key=lambda report: (report.created, report.text))
        cut = len(own) - round(len(own) * newest)
        earlier += own[:cut]
        later += own[cut:]
    return Split(tuple(earlier), tuple(later))


def without_repeats(reports: Sequence[Report], earlier: Sequence[Report]) -> list[Report]:
    """The reports that nearly repeat no earlier one and none before them in the list."""
    seen = _Seen()
    for report in earlier:
        seen.add(report.text)
    return [report for report in reports if seen.add(report.text)]


class _Seen:
    """Texts by their pieces, so that a near repeat is found without comparing all (MinHash)."""

    def __init__(self) -> None:
        rng = random.Random(1)
        self._mixes = [(rng.getrandbits(61) | 1, rng.getrandbits(61)) for _ in range(_BANDS * _ROWS)]
        self._bands: defaultdict[tuple[int, ...], list[frozenset[int]]] = defaultdict(list)

    def add(self, text: str) -> bool:
        """True if nothing like it was there yet."""
        pieces = frozenset(_pieces(text))
        bands = list(self._bands_of(pieces))
        others = [other for band in bands for other in self._bands[band]]
        new = not any(_alike(pieces, other) for other in others)
        for band in bands if new else ():
            if len(self._bands[band]) < _CROWD:
                self._bands[band].append(pieces)
        return new

    def _bands_of(self, pieces: frozenset[int]) -> Iterator[tuple[int, ...]]:
        least = [min((a * piece + b) % _PRIME for piece in pieces) for a, b in self._mixes]
        for band in range(_BANDS):
            yield (band, *least[band * _ROWS : (band + 1) * _ROWS])


def _pieces(text: str) -> Iterator[int]:
    letters = _NOT_LETTERS.sub("_", text.lower()).strip("_")
    for start in range(max(1, len(letters) - 4)):
        yield zlib.crc32(letters[start : start + 5].encode())


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
