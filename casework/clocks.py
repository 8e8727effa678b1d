"""The statutory clocks of a Call for Action (Cm 6939-I, 3.35): who has how long, and the warnings.

A partner body appears before the committee or informs it within 20 working days of the request;
day one is the working day after it. The council considers and publicises its response within two
calendar months, to the same day of the month or the month's last. Both end at 23:59 local time.
A partner's reply to a recommendation has no deadline (2.32); the police are outside the 20 days
(3.35), and so is every body that is not under the duty to co-operate (5.29).
"""

import calendar as months
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from casework.calendars import add_working_days, end_of_day, is_working_day, local
from casework.packs import Body, Calendar

PARTNER_WORKING_DAYS = 20
COUNCIL_MONTHS = 2
WARNED_AT = time(9)
"""The local time of day at which a warning is given: when somebody is there to read it."""


class ClockKind(StrEnum):
    """Whose clock it is."""

    PARTNER = "partner"
    COUNCIL = "council"


class Exemption(StrEnum):
    """Why a body has no 20 days."""

    POLICE = "police"
    VOLUNTARY = "voluntary"
    NO_DUTY = "no_duty"
    BY_RULE = "by_rule"


class Warned(StrEnum):
    """The warnings before a deadline, in their order."""

    HALF_TIME = "half_time"
    FIVE_DAYS = "five_days"
    ONE_DAY = "one_day"


@dataclass(frozen=True, slots=True)
class StatutoryClock:
    """A clock that runs, or the record that a body was asked and has none.

    ``body`` is the body's code, ``service`` where it is written to; ``words`` what was asked of it;
    ``recommendation_id`` what the council answers. ``due_at`` is None where ``exempt`` says why.
    ``warned`` is the last warning given, ``overdue_at`` when it was told to be overdue, ``met_at``
    when it was answered and ``stopped_at`` when it ended without an answer, as the call did.
    """

    id: str
    call_id: str
    jurisdiction: str
    kind: ClockKind
    body: str
    service: str
    words: str
    started_at: datetime
    due_at: datetime | None
    exempt: Exemption | None = None
    recommendation_id: str | None = None
    warned: Warned | None = None
    overdue_at: datetime | None = None
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    version: int = 1

    @property
    def runs(self) -> bool:
        """True while it may still become overdue or is."""
        return self.due_at is not None and self.met_at is None and self.stopped_at is None

    def is_overdue(self, now: datetime) -> bool:
        """True once the deadline has passed without an answer."""
        return self.runs and self.due_at is not None and now > self.due_at


def exemption(body: Body) -> Exemption | None:
    """Why this body need not appear or inform within 20 working days; None where it must."""
    if body.police:
        return Exemption.POLICE
    if body.voluntary:
        return Exemption.VOLUNTARY
    return None if body.duty_to_cooperate else Exemption.NO_DUTY


def add_months(day: date, count: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _partner_last_day(asked_on: date, calendar: Calendar) -> date:
    return add_working_days(asked_on, PARTNER_WORKING_DAYS, calendar)


def _council_last_day(asked_on: date, _calendar: Calendar) -> date:
    return add_months(asked_on, COUNCIL_MONTHS)


_LAST_DAY: Mapping[ClockKind, Callable[[date, Calendar], date]] = {
    ClockKind.PARTNER: _partner_last_day,
    ClockKind.COUNCIL: _council_last_day,
}


def deadline(kind: ClockKind, asked_on: date, calendar: Calendar) -> datetime:
    """The end (UTC) of a clock that starts by something done on that local day."""
    return end_of_day(_LAST_DAY[kind](asked_on, calendar), calendar)


def warning_times(clock: StatutoryClock, calendar: Calendar) -> Mapping[Warned, datetime]:
    """When each warning is to be given (UTC); empty for a clock without a deadline.

    The partner's clock counts working days, so its warnings do; the council's counts calendar
    days, and a warning of it that falls on a day off is given on the working day before.
    """
    if clock.due_at is None:
        return {}
    first, last = local(clock.started_at, calendar).date(), local(clock.due_at, calendar).date()
    if clock.kind is ClockKind.PARTNER:
        days = {
            Warned.HALF_TIME: add_working_days(first, PARTNER_WORKING_DAYS // 2, calendar),
            Warned.FIVE_DAYS: _working_days_before(last, 5, calendar),
            Warned.ONE_DAY: _working_days_before(last, 1, calendar),
        }
    else:
        days = {
            Warned.HALF_TIME: first + (last - first) // 2,
            Warned.FIVE_DAYS: last - timedelta(days=5),
            Warned.ONE_DAY: last - timedelta(days=1),
        }
    return {warned: _morning(_at_work(day, calendar), calendar) for warned, day in days.items()}


def warning_due(clock: StatutoryClock, now: datetime, calendar: Calendar) -> Warned | None:
    """The warning to give now, the latest where several were missed; None where there is none."""
    if not clock.runs or clock.is_overdue(now):
        return None
    given = list(Warned).index(clock.warned) if clock.warned else -1
    times = warning_times(clock, calendar)
    due = [warned for number, warned in enumerate(Warned) if number > given and times[warned] <= now]
    return due[-1] if due else None


def _working_days_before(day: date, count: int, calendar: Calendar) -> date:
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day


def _at_work(day: date, calendar: Calendar) -> date:
    return day if is_working_day(day, calendar) else _working_days_before(day, 1, calendar)


def _morning(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, WARNED_AT, ZoneInfo(calendar.time_zone))
