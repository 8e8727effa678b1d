"""A ward's digest to its councillors: what is new, overdue and fixed since the last one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.calendars import local
from casework.cases import Case, Promise, Report, state_of
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


def period(frequency: Frequency) -> timedelta:
    """How much time one digest covers."""
    return timedelta(days=1 if frequency is Frequency.DAILY else 7)


def is_due(pack: Pack, councillor: Councillor, now: datetime) -> str | None:
    """The key of the digest that this councillor should have by now, or None.

    The key names councillor and day, so that each is sent once. A digest that was missed while
    nothing ran is sent late on the same day, not the next.
    """
    here = local(now, pack.calendar)
    if councillor.digest is Frequency.NEVER or not councillor.in_office(here.date()):
        return None
    if here.hour < pack.authority.digest_hour:
        return None
    if councillor.digest is Frequency.WEEKLY and here.weekday() != pack.authority.digest_weekday:
        return None
    return digest_key(councillor, here.date())


def digest_key(councillor: Councillor, day: date) -> str:
    """What makes a digest the same one."""
    return f"digest:{councillor.id}:{day.isoformat()}"


def _due(promises: Iterable[Promise], report: Report) -> datetime | None:
    running = [p.due_at for p in promises if p.report_id == report.id and p.ended_at is None]
    return min(running, default=None)


def make_digest(ward: str, cases: Iterable[Case], since: datetime, until: datetime) -> Digest:
    """The digest of a ward from its cases; overdue first by how long, then new and fixed by time."""
    rows = [
        (report, case, state_of(report, case.cluster), _due(case.promises, report))
        for case in cases
        for report in case.standing
    ]
    is_open = [row for row in rows if row[2] in OPEN]
    overdue = sorted((r for r in is_open if r[3] and r[3] < until), key=lambda r: r[3] or until)
    new = sorted((r for r in is_open if r[0].created_at >= since), key=lambda r: r[0].created_at)
    fixed = sorted(
        (r for r in rows if r[2] in FIXED and r[1].cluster.changed_at >= since),
        key=lambda r: r[1].cluster.changed_at,
    )
    sections: list[tuple[Line, ...]] = []
    number = 0
    for section in (overdue, new, fixed):
        lines = []
        for report, _, state, due_at in section:
            number += 1
            lines.append(Line(number, report, state, due_at))
        sections.append(tuple(lines))
    return Digest(ward, since, until, sections[1], sections[0], sections[2], len(is_open))
