"""The clock that everything is given; replay and tests drive it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class DrivenClock:
    """A clock that goes only when it is told to."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self._now

    def set(self, to: datetime) -> None:
        """Go to that instant."""
        if to.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = to.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Go on by that much."""
        self._now += by
