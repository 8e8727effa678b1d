"""Working days and deadlines, in the authority's own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.packs import Calendar, Standard, Unit

SATURDAY = 5
WORK_BEGINS = time(9)


def local(moment: datetime, calendar: Calendar) -> datetime:
    """The instant on the authority's clock."""
    return moment.astimezone(ZoneInfo(calendar.time_zone))


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Neither a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in calendar.bank_holidays


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The ``count``-th working day after ``day``; day one is the next working day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day


def end_of_day(day: date, calendar: Calendar) -> datetime:
    """23:59 local time on that day, in UTC."""
    return datetime.combine(day, time(23, 59), ZoneInfo(calendar.time_zone)).astimezone(UTC)


def due(standard: Standard, now: datetime, calendar: Calendar) -> datetime:
    """When a promise made now by this standard is due, in UTC.

    Hours run from now; days end at 23:59 local time on the last of them.
    """
    if standard.unit is Unit.HOURS:
        return now + timedelta(hours=standard.amount)
    today = local(now, calendar).date()
    if standard.unit is Unit.CALENDAR_DAYS:
        return end_of_day(today + timedelta(days=standard.amount), calendar)
    return end_of_day(add_working_days(today, standard.amount, calendar), calendar)


def later_by(due_at: datetime, unit: Unit, since: datetime, until: datetime, calendar: Calendar) -> datetime:
    """A deadline whose clock stood still from ``since`` to ``until``, in UTC.

    Hours move by what passed, days by the days of their kind after the first and up to the last.
    """
    if unit is Unit.HOURS:
        return due_at + (until - since)
    first, last = local(since, calendar).date(), local(until, calendar).date()
    due_day = local(due_at, calendar).date()
    if unit is Unit.CALENDAR_DAYS:
        return end_of_day(due_day + (last - first), calendar)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    stood = sum(is_working_day(day, calendar) for day in days)
    return end_of_day(add_working_days(due_day, stood, calendar), calendar) if stood else due_at


def reminder(made_at: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """When to ask whether a date will be kept: on the morning of the working day before.

    Half way, where that morning has passed.
    """
    day = local(due_at, calendar).date() - timedelta(days=1)
    while not is_working_day(day, calendar):
        day -= timedelta(days=1)
    morning = datetime.combine(day, WORK_BEGINS, ZoneInfo(calendar.time_zone)).astimezone(UTC)
    return morning if morning > made_at else made_at + (due_at - made_at) / 2
