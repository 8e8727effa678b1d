"""Figures from what was promised, asked and offered, and from nothing else: never estimates.

Each takes rows that storage has counted and gives lines by service, category or ward. Small numbers are
suppressed (6.34): a group of fewer than ``FEW`` says nothing, and neither does the next smallest where
the one alone could be worked out from the total.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casework.cases import PromiseEnd

FEW = 5


class By(StrEnum):
    """What figures are grouped by."""

    SERVICE = "service"
    CATEGORY = "category"
    WARD = "ward"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows of one service, category and ward that came to the same ``end``."""

    service: str | None
    category: str
    ward: str | None
    end: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """``good`` of ``judged``; ``apart`` are told beside it. None where the number is too small to say."""

    group: str
    good: int | None
    judged: int | None
    apart: int | None

    @property
    def rate(self) -> float | None:
        """The share that is good; None where nothing was judged, or too little to say."""
        return self.good / self.judged if self.good is not None and self.judged else None


@dataclass(frozen=True, slots=True)
class Figure:
    """Which ends are good, which are not, and which are no judgement."""

    good: frozenset[str]
    bad: frozenset[str]
    apart: frozenset[str]


LATE, SILENT, YES, NO = "late", "silent", "yes", "no"
RIGHT, WRONG = "right", "wrong"

ON_TIME = Figure(
    frozenset({PromiseEnd.KEPT}), frozenset({PromiseEnd.SLIPPED, PromiseEnd.BROKEN, LATE}), frozenset()
)
"""Of the dates that were told: those kept; ``late`` are those that passed while the work is not done."""

CONFIRMED = Figure(frozenset({YES}), frozenset({NO}), frozenset({SILENT}))
"""Of the answers to "was it fixed?": yes. Silence is told apart, and counts for nothing (6.4)."""

FIRST_TIME_RIGHT = Figure(frozenset({RIGHT}), frozenset({WRONG}), frozenset())
"""Of the cases that a service has accepted: those that the first one offered has."""


def lines(rows: Iterable[Counted], figure: Figure, by: By) -> tuple[Line, ...]:
    """One line for each group, by name, and small ones suppressed."""
    groups: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        groups[str(getattr(row, by) or "")].append(row)
    found = [_line(name, of_group, figure) for name, of_group in sorted(groups.items())]
    return _suppressed([line for line in found if line.judged or line.apart])


def total(rows: Iterable[Counted], figure: Figure) -> Line:
    """The figure over everything."""
    line = _line("", tuple(rows), figure)
    return _hidden(line) if 0 < (line.judged or 0) < FEW else line


def _line(group: str, rows: Sequence[Counted], figure: Figure) -> Line:
    def count(ends: frozenset[str]) -> int:
        return sum(row.number for row in rows if row.end in ends)

    return Line(group, count(figure.good), count(figure.good | figure.bad), count(figure.apart))


def _suppressed(found: list[Line]) -> tuple[Line, ...]:
    small = {line.group for line in found if 0 < (line.judged or 0) < FEW}
    if len(small) == 1:
        others = [line for line in found if line.group not in small and line.judged]
        small |= {min(others, key=lambda line: line.judged or 0).group} if others else set()
    return tuple(_hidden(line) if line.group in small else line for line in found)


def _hidden(line: Line) -> Line:
    return replace(line, good=None, judged=None, apart=None)
