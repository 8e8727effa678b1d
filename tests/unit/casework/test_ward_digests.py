"""What a ward's digest holds, and when it is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from casework.cases import Case
from casework.digests import Digest, digest_notice, is_due, make_digest
from casework.packs import Frequency
from casework.states import State
from tests.factories import (
    COUNCILLORS_IN_OFFICE,
    NOW,
    make_case,
    make_cluster,
    make_pack,
    make_promise,
    make_report,
)

PACK = make_pack()
ADA = COUNCILLORS_IN_OFFICE[0]
WEEK = timedelta(days=7)
MONDAY_AT_SEVEN = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)


def digest(*cases: Case, until: datetime = NOW + WEEK) -> Digest:
    return make_digest("W1", cases, until - WEEK, until, open_count=len(cases))


def test_overdue_comes_first_and_all_lines_are_numbered_through() -> None:
    case = make_case()

    made = digest(case)

    assert [line.number for line in (*made.overdue, *made.new, *made.fixed)] == [1, 2]
    assert made.overdue[0].report == made.new[0].report


def test_what_came_after_the_digests_hour_is_for_the_next_one() -> None:
    late = make_case(reports=[make_report(created_at=NOW + WEEK)], promises=[])

    assert digest(late).new == ()
    assert len(digest(late, until=NOW + 2 * WEEK).new) == 1


def test_a_promise_that_ended_is_not_overdue() -> None:
    kept = make_case(promises=[make_promise(ended_at=NOW)])

    assert digest(kept).overdue == ()


def test_fixed_and_closed_are_never_mixed_up() -> None:
    fixed = make_case(make_cluster(state=State.FIXED_USER), promises=[])
    closed = make_case(make_cluster(state=State.CLOSED), promises=[])

    assert [line.state for line in digest(fixed, closed).fixed] == [State.FIXED_USER]


def test_a_withdrawn_report_is_left_out() -> None:
    withdrawn = make_case(reports=[make_report(own_state=State.CANCELLED)])

    assert digest(withdrawn).new == digest(withdrawn).overdue == ()


def test_digests_follow_each_other_without_a_gap_over_the_change_to_summer_time() -> None:
    before, after = (digest_notice(PACK, ADA, date(2026, 3, day)) for day in (23, 30))

    assert before.parameters["until_on"] == after.parameters["since_on"] == "2026-03-23T07:00:00+00:00"
    assert after.parameters["until_on"] == "2026-03-30T06:00:00+00:00"


def test_a_daily_digest_is_due_every_day_and_a_weekly_one_on_its_day() -> None:
    daily = replace(ADA, digest=Frequency.DAILY)
    wednesday = MONDAY_AT_SEVEN + timedelta(days=2)

    assert is_due(PACK, daily, wednesday) == date(2026, 3, 18)
    assert is_due(PACK, ADA, MONDAY_AT_SEVEN) == date(2026, 3, 16)
    assert is_due(PACK, ADA, MONDAY_AT_SEVEN - timedelta(minutes=1)) is None
