"""The statutory clocks. Every date in the tables was worked out by hand on a calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendars import local
from casework.clocks import (
    ClockKind,
    Exemption,
    StatutoryClock,
    Warned,
    add_months,
    deadline,
    exemption,
    warning_due,
    warning_times,
)
from casework.packs import Body, Calendar, Tier
from config.calendars import bank_holidays, calendar_around

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "england", "wales", "scotland", "northern-ireland"
NATIONS = (ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND)
CALENDAR = Calendar(bank_holidays=bank_holidays(ENGLAND))


def end(kind: ClockKind, day: str, nation: str) -> str:
    asked_on = date.fromisoformat(day)
    calendar = calendar_around(nation, asked_on)
    return local(deadline(kind, asked_on, calendar), calendar).isoformat()


def running(kind: ClockKind, day: str, warned: Warned | None = None) -> StatutoryClock:
    asked_on = date.fromisoformat(day)
    return StatutoryClock(
        id="k",
        call_id="c",
        jurisdiction="x",
        kind=kind,
        body="county",
        service="county/highways",
        words="",
        started_at=datetime(asked_on.year, asked_on.month, asked_on.day, 15, tzinfo=UTC),
        due_at=deadline(kind, asked_on, CALENDAR),
        warned=warned,
    )


@pytest.mark.parametrize(
    ("day", "nation", "expected"),
    [
        # Nothing in the way; asked on a Saturday, Monday is day one.
        ("2026-11-23", ENGLAND, "2026-12-21T23:59:00+00:00"),
        ("2026-11-21", ENGLAND, "2026-12-18T23:59:00+00:00"),
        # Easter, and the clocks go forward on 29 March. Scotland works on Easter Monday; Northern
        # Ireland keeps St Patrick's Day as well.
        ("2026-03-16", ENGLAND, "2026-04-15T23:59:00+01:00"),
        ("2026-03-16", WALES, "2026-04-15T23:59:00+01:00"),
        ("2026-03-16", SCOTLAND, "2026-04-14T23:59:00+01:00"),
        ("2026-03-16", NORTHERN_IRELAND, "2026-04-16T23:59:00+01:00"),
        # Christmas with a substitute day on Monday the 28th; St Andrew's Day on 30 November.
        ("2026-11-27", ENGLAND, "2026-12-29T23:59:00+00:00"),
        ("2026-11-27", SCOTLAND, "2026-12-30T23:59:00+00:00"),
        ("2026-12-01", ENGLAND, "2026-12-31T23:59:00+00:00"),
        # Over New Year: Scotland's second of January is a Saturday, kept on Monday the fourth.
        ("2026-12-14", WALES, "2027-01-14T23:59:00+00:00"),
        ("2026-12-14", SCOTLAND, "2027-01-15T23:59:00+00:00"),
        # The Battle of the Boyne on a Sunday, kept on Monday 13 July.
        ("2026-07-01", ENGLAND, "2026-07-29T23:59:00+01:00"),
        ("2026-07-01", NORTHERN_IRELAND, "2026-07-30T23:59:00+01:00"),
        # The clocks go back on 25 October.
        ("2026-10-19", ENGLAND, "2026-11-16T23:59:00+00:00"),
        # A leap day is a day like another.
        ("2028-02-01", ENGLAND, "2028-02-29T23:59:00+00:00"),
    ],
)
def test_a_partner_has_twenty_working_days(day: str, nation: str, expected: str) -> None:
    assert end(ClockKind.PARTNER, day, nation) == expected


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2027-01-23T23:59:00+00:00"),
        # Clamped to the month's last day.
        ("2026-12-31", "2027-02-28T23:59:00+00:00"),
        ("2027-12-29", "2028-02-29T23:59:00+00:00"),
        ("2027-12-31", "2028-02-29T23:59:00+00:00"),
        ("2026-07-31", "2026-09-30T23:59:00+01:00"),
        # From a leap day, over the change to summer time.
        ("2028-02-29", "2028-04-29T23:59:00+01:00"),
        # A Sunday is a day too; and the days of both changes themselves.
        ("2026-06-30", "2026-08-30T23:59:00+01:00"),
        ("2027-01-28", "2027-03-28T23:59:00+01:00"),
        ("2026-08-25", "2026-10-25T23:59:00+00:00"),
        ("2026-08-31", "2026-10-31T23:59:00+00:00"),
        # Christmas Day is the last day, and is not moved.
        ("2026-10-25", "2026-12-25T23:59:00+00:00"),
    ],
)
def test_the_council_has_two_calendar_months_in_every_nation(day: str, expected: str, nation: str) -> None:
    assert end(ClockKind.COUNCIL, day, nation) == expected


def body(**marks: bool) -> Body:
    return Body("b", "A body", Tier.PARTNER, **marks)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (body(duty_to_cooperate=True), None),
        (body(duty_to_cooperate=True, police=True), Exemption.POLICE),
        (body(police=True), Exemption.POLICE),
        (body(voluntary=True), Exemption.VOLUNTARY),
        (body(partner=True), Exemption.NO_DUTY),
    ],
)
def test_police_voluntary_and_bodies_without_the_duty_have_no_twenty_days(
    asked: Body, expected: Exemption | None
) -> None:
    assert exemption(asked) is expected


@given(st.dates(date(2010, 1, 1), date(2045, 1, 1)), st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, count: int) -> None:
    later = add_months(day, count)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


# --- Warnings -----------------------------------------------------------------------------------


def warned_on(kind: ClockKind, day: str) -> list[str]:
    times = warning_times(running(kind, day), CALENDAR)
    return [local(times[warned], CALENDAR).strftime("%a %d %b %H:%M") for warned in Warned]


def test_a_partners_warnings_count_working_days() -> None:
    # Asked on Friday 27 November 2026; ends on Tuesday 29 December, after the holiday.
    assert warned_on(ClockKind.PARTNER, "2026-11-27") == [
        "Fri 11 Dec 09:00",
        "Fri 18 Dec 09:00",
        "Thu 24 Dec 09:00",
    ]


def test_the_councils_warnings_count_calendar_days_and_fall_on_working_ones() -> None:
    # Ends on Wednesday 30 September 2026: half time is Sunday 30 August, told on the Friday before.
    assert warned_on(ClockKind.COUNCIL, "2026-07-31") == [
        "Fri 28 Aug 09:00",
        "Fri 25 Sep 09:00",
        "Tue 29 Sep 09:00",
    ]


def test_each_warning_is_given_once_in_its_turn() -> None:
    clock = running(ClockKind.COUNCIL, "2026-07-31")
    half = warning_times(clock, CALENDAR)[Warned.HALF_TIME]

    assert warning_due(clock, half - timedelta(seconds=1), CALENDAR) is None
    assert warning_due(clock, half, CALENDAR) is Warned.HALF_TIME
    told = running(ClockKind.COUNCIL, "2026-07-31", Warned.HALF_TIME)
    assert warning_due(told, half, CALENDAR) is None


def test_of_warnings_that_were_missed_only_the_latest_is_given() -> None:
    clock = running(ClockKind.COUNCIL, "2026-07-31")
    last = warning_times(clock, CALENDAR)[Warned.ONE_DAY]

    assert warning_due(clock, last, CALENDAR) is Warned.ONE_DAY


def test_nobody_is_warned_of_what_is_overdue_or_answered() -> None:
    clock = running(ClockKind.PARTNER, "2026-11-23")
    assert clock.due_at is not None
    late = clock.due_at + timedelta(seconds=1)

    assert not clock.is_overdue(clock.due_at)
    assert clock.is_overdue(late)
    assert warning_due(clock, late, CALENDAR) is None


@given(st.sampled_from(ClockKind), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_warnings_come_in_their_order_between_the_request_and_the_end(kind: ClockKind, day: date) -> None:
    clock = running(kind, day.isoformat())
    times = warning_times(clock, CALENDAR)
    assert clock.due_at is not None

    assert list(times.values()) == sorted(times.values())
    assert day <= local(min(times.values()), CALENDAR).date()
    assert max(times.values()) < clock.due_at
