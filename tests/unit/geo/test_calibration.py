"""Probabilities that mean what they say."""

import random
from dataclasses import replace

import pytest

from casework.places import PlaceCandidate, PlaceKind
from geo.calibration import by_ward, calibrated, fit, shipped


def candidate(ward: str | None, probability: float) -> PlaceCandidate:
    return PlaceCandidate(51.5, -0.1, probability, "Long Street", ward, PlaceKind.STREET, 50.0)


def test_a_power_above_one_makes_the_likely_likelier_and_keeps_the_order() -> None:
    before = (candidate("A", 0.5), candidate("B", 0.2), candidate("A", 0.2))
    after = calibrated(before, 1.5)
    assert by_ward(after)["A"] > 0.7
    assert by_ward(after)["B"] < 0.2
    assert [c.ward for c in after] == ["A", "A", "B"]
    assert after[0].probability / after[1].probability == pytest.approx(2.5, rel=0.01)


def test_a_power_of_one_changes_next_to_nothing() -> None:
    before = (candidate("A", 0.6), candidate(None, 0.3))
    assert calibrated(before, 1.0) == before


def test_nothing_becomes_more_than_sure() -> None:
    for power in (0.6, 1.0, 3.0):
        after = calibrated((candidate("A", 1.0), candidate("B", 0.0)), power)
        assert sum(c.probability for c in after) <= 1.0


def test_a_fit_finds_the_power_that_was_hidden() -> None:
    draw, found = random.Random(4), []
    for _ in range(4000):
        said = draw.uniform(0.35, 0.95)
        true = said**1.6 / (said**1.6 + (1 - said) ** 1.6)
        found.append(({"A": said, "B": 1 - said}, "A" if draw.random() < true else "B"))
    assert fit(found).power == pytest.approx(1.6, abs=0.15)


def test_a_fit_accepts_from_where_enough_are_right() -> None:
    sure = [({"A": 0.9}, "A")] * 96 + [({"A": 0.9}, "B")] * 4
    unsure = [({"A": 0.6}, "A")] * 50 + [({"A": 0.6}, "B")] * 50
    fitted = fit([*sure, *unsure], target=0.95)
    assert 0.6 < fitted.sure <= 0.95
    assert fit([*sure, *unsure], target=0.99).sure == 1.0


def test_the_one_that_is_shipped_was_fitted() -> None:
    assert 0.5 < shipped().sure < 1.0
    assert replace(shipped(), power=1.0) != shipped()
