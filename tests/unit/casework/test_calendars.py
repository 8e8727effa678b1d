"""Working days and deadlines over holidays, weekends and both changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendars import add_working_days, due, is_working_day
from casework.packs import Calendar, Standard, Unit
from config.calendars import bank_holidays

ENGLAND = Calendar(bank_holidays=bank_holidays("england"))
SCOTLAND = Calendar(bank_holidays=bank_holidays("scotland"))
LONDON = ZoneInfo("Europe/London")


def promised(days: int, made: datetime, calendar: Calendar = ENGLAND) -> datetime:
    return due(Standard("x", days, Unit.WORKING_DAYS), made, calendar).astimezone(LONDON)


@pytest.mark.parametrize(
    ("calendar", "day", "count", "expected"),
    [
        (ENGLAND, date(2026, 12, 24), 5, date(2027, 1, 5)),
        (SCOTLAND, date(2026, 12, 24), 5, date(2027, 1, 6)),
        (ENGLAND, date(2026, 4, 2), 1, date(2026, 4, 7)),
        (SCOTLAND, date(2026, 4, 2), 1, date(2026, 4, 6)),
        (ENGLAND, date(2026, 8, 28), 1, date(2026, 9, 1)),
        (SCOTLAND, date(2026, 8, 28), 1, date(2026, 8, 31)),
        (ENGLAND, date(2026, 3, 13), 1, date(2026, 3, 16)),
        (ENGLAND, date(2026, 3, 14), 1, date(2026, 3, 16)),
        (ENGLAND, date(2026, 3, 10), 0, date(2026, 3, 10)),
    ],
)
def test_working_days_pass_over_weekends_and_the_nations_holidays(
    calendar: Calendar, day: date, count: int, expected: date
) -> None:
    assert add_working_days(day, count, calendar) == expected


@pytest.mark.parametrize(
    ("made", "end"),
    [
        (datetime(2026, 3, 27, 12, tzinfo=UTC), "2026-03-30T23:59:00+01:00"),
        (datetime(2026, 10, 23, 12, tzinfo=UTC), "2026-10-26T23:59:00+00:00"),
    ],
)
def test_a_day_ends_by_the_clock_on_the_wall_whatever_it_was_set_to(made: datetime, end: str) -> None:
    assert promised(1, made).isoformat() == end


def test_a_day_begins_by_the_clock_on_the_wall() -> None:
    just_after_midnight_in_summer = datetime(2026, 6, 8, 23, 30, tzinfo=UTC)

    assert promised(1, just_after_midnight_in_summer).date() == date(2026, 6, 10)


@pytest.mark.parametrize(
    "made", [datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)]
)
def test_hours_are_hours_over_both_changes_of_the_clock(made: datetime) -> None:
    assert due(Standard("x", 24, Unit.HOURS), made, ENGLAND) - made == timedelta(hours=24)


def test_calendar_days_count_every_day() -> None:
    made = datetime(2026, 12, 24, 12, tzinfo=UTC)

    assert due(Standard("x", 2, Unit.CALENDAR_DAYS), made, ENGLAND).date() == date(2026, 12, 26)


@given(st.dates(date(2025, 1, 1), date(2029, 1, 1)), st.integers(1, 40))
def test_the_last_day_is_a_working_day_and_so_many_lie_between(day: date, count: int) -> None:
    last = add_working_days(day, count, ENGLAND)
    between = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))

    assert is_working_day(last, ENGLAND)
    assert sum(is_working_day(one, ENGLAND) for one in between) == count
