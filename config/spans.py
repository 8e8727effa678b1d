"""Times for which something holds: from a day on, until another day on which it no longer does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``start`` to the one before ``end``; None stands for always."""

    start: date | None = None
    end: date | None = None

    def holds(self, on: date) -> bool:
        """True on its days."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def common(self, other: "Span") -> "Span | None":
        """The days of both; None if they have none."""
        start = max(self.start or date.min, other.start or date.min)
        end = min(self.end or date.max, other.end or date.max)
        return Span(start, end) if start < end else None


def turning_days(spans: Iterable[Span]) -> tuple[date, ...]:
    """One day of every stretch of time in which the same spans hold, in order."""
    changes = {day for span in spans for day in (span.start, span.end) if day}
    return tuple(sorted({date.min, *changes}))


def days_ahead(today: date, spans: Iterable[Span]) -> tuple[date, ...]:
    """Today, and the later days on which something changes."""
    return (today, *(day for day in turning_days(spans) if day > today))


def from_day(day: date | None) -> str:
    """The end of a sentence: from which day on something is so."""
    return "" if day in (None, date.min) else f" from {day} on"


def later(day: date, today: date) -> str:
    """The end of a sentence: from which day on, unless that is today."""
    return "" if day == today else from_day(day)
