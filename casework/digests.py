"""A ward's digest to its councillors: what is new, overdue and fixed since the last one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from casework.calendars import local
from casework.cases import Case, Cluster, Promise, Report, state_of
from casework.outcomes import Notice
from casework.packs import Councillor, Frequency, Pack
from casework.states import FIXED, OPEN, State


@dataclass(frozen=True, slots=True)
class Line:
    """One report of the digest, numbered so that it can be answered."""

    number: int
    report: Report
    state: State
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Digest:
    """What one ward's councillors read: its lines by section, and how much is open in all."""

    ward: str
    since: datetime
    until: datetime
    new: tuple[Line, ...]
    overdue: tuple[Line, ...]
    fixed: tuple[Line, ...]
    open_count: int


LATE = timedelta(hours=48)
"""A digest that was missed while nothing ran is still sent within this time."""


def is_due(pack: Pack, councillor: Councillor, now: datetime) -> date | None:
    """The day of the digest that this councillor should have by now, or None."""
    if councillor.digest is Frequency.NEVER:
        return None
    day = _last_scheduled(pack, councillor, now)
    if not councillor.in_office(day):
        return None
    return day if now - scheduled_at(pack, day) <= LATE else None


def scheduled_at(pack: Pack, day: date) -> datetime:
    """The instant of a day's digest, in UTC."""
    here = datetime.combine(day, time(pack.authority.digest_hour), ZoneInfo(pack.calendar.time_zone))
    return here.astimezone(UTC)


def _last_scheduled(pack: Pack, councillor: Councillor, now: datetime) -> date:
    """The latest day whose digest hour has come."""
    here = local(now, pack.calendar)
    day = here.date() if here.hour >= pack.authority.digest_hour else here.date() - timedelta(days=1)
    if councillor.digest is Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - pack.authority.digest_weekday) % 7)
    return day


def digest_key(pack: Pack, councillor: Councillor, day: date) -> str:
    """What makes a digest the same one."""
    return f"digest:{pack.code}:{councillor.id}:{day.isoformat()}"


def digest_notice(pack: Pack, councillor: Councillor, day: date) -> Notice:
    """The message that becomes a councillor's digest of that day; a second one is not written.

    It covers the time since the digest before it, to the hour, so nothing is told twice or never.
    """
    days = 1 if councillor.digest is Frequency.DAILY else 7
    return Notice(
        recipient=f"councillor:{councillor.id}",
        key="councillor.digest",
        parameters={
            "ward": councillor.ward,
            "since_on": scheduled_at(pack, day - timedelta(days=days)).isoformat(),
            "until_on": scheduled_at(pack, day).isoformat(),
        },
        jurisdiction=pack.code,
        once=digest_key(pack, councillor, day),
    )


def _due(promises: Iterable[Promise], report: Report) -> datetime | None:
    running = [p.due_at for p in promises if p.report_id == report.id and p.ended_at is None]
    return min(running, default=None)


def make_digest(
    ward: str, cases: Iterable[Case], since: datetime, until: datetime, open_count: int
) -> Digest:
    """The digest of a ward from its cases; overdue first by how long, then new and fixed by time.

    What came at ``until`` or later belongs to the next digest, even if this one is read late.
    """
    rows = [
        (report, case.cluster, state_of(report, case.cluster), _due(case.promises, report))
        for case in cases
        for report in case.standing
    ]
    is_open = [row for row in rows if row[2] in OPEN]
    overdue = sorted((row for row in is_open if row[3] and row[3] < until), key=lambda row: row[3] or until)
    new = sorted((row for row in is_open if since <= row[0].created_at < until), key=_told_at)
    fixed = sorted(
        (row for row in rows if row[2] in FIXED and since <= row[1].changed_at < until),
        key=lambda row: row[1].changed_at,
    )
    numbers = count(1)
    sections = [
        tuple(Line(next(numbers), report, state, due_at) for report, _, state, due_at in section)
        for section in (overdue, new, fixed)
    ]
    return Digest(
        ward, since, until, overdue=sections[0], new=sections[1], fixed=sections[2], open_count=open_count
    )


def _told_at(row: tuple[Report, Cluster, State, datetime | None]) -> datetime:
    return row[0].created_at
