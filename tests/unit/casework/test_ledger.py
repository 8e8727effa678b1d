"""Rates from the ledger: what counts, what is told apart, and what is too small to say."""

from casework.ledger import CONFIRMED, FEW, ON_TIME, By, Counted, Line, lines, total


def row(end: str, number: int, service: str = "a/one", ward: str | None = "W1") -> Counted:
    return Counted(service, "fly_tipping", ward, end, number)


def test_only_what_was_kept_on_its_date_is_on_time() -> None:
    rows = [row("kept", 12), row("slipped", 3), row("broken", 2), row("late", 3)]

    assert total(rows, ON_TIME) == Line("", 12, 20, 0)
    assert total(rows, ON_TIME).rate == 0.6


def test_what_was_withdrawn_was_no_promise_to_judge() -> None:
    assert total([row("kept", 6), row("withdrawn", 50)], ON_TIME).judged == 6


def test_silence_is_told_apart_and_never_counted_as_confirmed() -> None:
    line = total([row("yes", 6), row("no", 2), row("silent", 90)], CONFIRMED)

    assert (line.good, line.judged, line.apart, line.rate) == (6, 8, 90, 0.75)


def test_figures_are_by_service_category_and_ward() -> None:
    rows = [row("kept", 8), row("broken", 8, "b/two", "W2"), row("kept", 9, "b/two", None)]

    assert [(line.group, line.good, line.judged) for line in lines(rows, ON_TIME, By.SERVICE)] == [
        ("a/one", 8, 8),
        ("b/two", 9, 17),
    ]
    assert [line.group for line in lines(rows, ON_TIME, By.WARD)] == ["", "W1", "W2"]
    assert [line.group for line in lines(rows, ON_TIME, By.CATEGORY)] == ["fly_tipping"]


def test_a_small_group_says_nothing_and_cannot_be_worked_out_from_the_total() -> None:
    rows = [row("kept", FEW - 1, "a/one"), row("kept", 7, "b/two"), row("kept", 90, "c/three")]

    assert [(line.group, line.judged) for line in lines(rows, ON_TIME, By.SERVICE)] == [
        ("a/one", None),
        ("b/two", None),
        ("c/three", 90),
    ]


def test_a_total_that_is_small_says_nothing() -> None:
    assert total([row("kept", FEW - 1)], ON_TIME).rate is None


def test_nothing_judged_has_no_rate() -> None:
    assert total([], ON_TIME).rate is None
    assert lines([], ON_TIME, By.WARD) == ()
