"""Measuring a rule: what the figures say of cases that were made up by hand."""

from datetime import UTC, datetime, timedelta

from bot.flag_evaluation import Dealing, Problem, flagged_at, measure_flags, problems
from bot.replay import Row
from casework.escalation import FlagRule
from casework.places import Areas, Point
from tests.factories import HAZEL_GROVE, make_areas, make_pack

PACK = make_pack()
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def row(number: int, days: int = 0, point: Point = HAZEL_GROVE) -> Row:
    text = "mattresses and armchairs dumped in the alley"
    return Row(str(number), START + timedelta(days=days), "fly_tipping", text, point)


def in_westbrook(_row: Row) -> Areas:
    return make_areas(PACK, "W1")


def late(told: int, fixed_after: int = 90) -> Problem:
    """Due on the third day, told on as many days in a row."""
    moments = [START + timedelta(days=day) for day in range(told)]
    return Problem(
        "0", "fly_tipping", "W1", START + timedelta(days=3), START + timedelta(days=fixed_after), moments
    )


def test_reports_of_one_place_are_one_problem_and_far_ones_are_not() -> None:
    rows = [row(1), row(2, 1), row(3, 2, Point(51.515, -0.08))]

    made = problems(PACK, rows, in_westbrook, Dealing(1.0, 1))

    assert [len(problem.told_at) for problem in made] == [2, 1]


def test_outside_every_ward_nothing_is_counted() -> None:
    assert problems(PACK, [row(1)], lambda _row: Areas(), Dealing(1.0, 1)) == []


def test_it_is_flagged_when_the_last_condition_comes_true() -> None:
    assert flagged_at(PACK, late(3), [FlagRule(20, 3)]) == START + timedelta(days=23)
    assert flagged_at(PACK, late(3), [FlagRule(0, 3)]) is None
    assert flagged_at(PACK, late(9), [FlagRule(0, 3)]) == START + timedelta(days=4)


def test_what_was_dealt_with_before_is_not_flagged() -> None:
    assert flagged_at(PACK, late(3, fixed_after=22), [FlagRule(20, 3)]) is None


def test_the_rate_is_for_a_ward_and_a_month() -> None:
    rows = [row(1), row(2, 304, Point(51.515, -0.08))]

    (quick, *_rest) = measure_flags(PACK, rows, in_westbrook, {"any": [FlagRule(0)]})

    assert quick.clusters == 2
    assert quick.per_ward_month in {0.0, 0.1}
