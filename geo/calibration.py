"""How sure a reading is, as often as it is right: fitted on reports, stored beside this file.

Weighing counts what was said as if every word were independent; measured on reports it is too
careful. Each ward's probability, and that of no ward known, is raised to one power and they are
made to add up to 1 again (temperature scaling: Guo et al., On Calibration of Modern Neural
Networks, 2017). ``python -m bot.evaluating calibrate`` fits the power and the least probability
that is accepted without a question, and says in ``calibration.json`` what from.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from casework.places import PlaceCandidate

FILE = Path(__file__).with_name("calibration.json")
LEAST_LOST = 0.003
"""Nothing is ever quite sure: so much is left for places that nobody thought of."""

LEAST_MASS = 1e-4
TARGET = 0.973
"""Of the accepted ones so many shall be right: the goal of 97 in 100 and a margin for other days."""

POWERS = tuple(n / 20 for n in range(12, 61))
FEWEST = 50

Wards = Mapping[str | None, float]
Example = tuple[Wards, str]
"""A reading's probability by ward, and the ward that was right."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The power of probabilities, and from which on a ward is accepted."""

    power: float
    sure: float


RAW = Calibration(1.0, 0.89)
"""Probabilities as weighed; what a fit starts from."""


@cache
def shipped() -> Calibration:
    """The calibration stored beside this file."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    return Calibration(float(held["power"]), float(held["sure"]))


def by_ward(candidates: Sequence[PlaceCandidate]) -> dict[str | None, float]:
    """The probability of each ward."""
    found: dict[str | None, float] = {}
    for candidate in candidates:
        found[candidate.ward] = found.get(candidate.ward, 0.0) + candidate.probability
    return found


def calibrated(candidates: Sequence[PlaceCandidate], power: float) -> tuple[PlaceCandidate, ...]:
    """The candidates with the probabilities that reports bear out, likeliest first."""
    before = by_ward(candidates)
    after = _powered(before, power)
    scaled = [
        replace(c, probability=round(c.probability * after[c.ward] / max(before[c.ward], LEAST_MASS), 4))
        for c in candidates
    ]
    return tuple(sorted(scaled, key=lambda c: -c.probability))


def fit(examples: Sequence[Example], target: float = TARGET) -> Calibration:
    """The power under which the right wards are likeliest, and the least probability to accept.

    ``sure`` is the lowest one from which on ``target`` of the accepted are right.
    """
    power = min(POWERS, key=lambda p: sum(_surprise(wards, ward, p) for wards, ward in examples))
    found = (_best(_powered(wards, power), ward) for wards, ward in examples)
    ranked = sorted(found, key=lambda f: (-round(f[0], 3), f[1]))
    sure, right = 1.0, 0
    for count, (probability, is_right) in enumerate(ranked, start=1):
        right += is_right
        if count >= FEWEST and right / count >= target:
            sure = round(probability, 3)
    return Calibration(power, sure)


def _powered(wards: Wards, power: float) -> dict[str | None, float]:
    lost = max(LEAST_LOST, 1 - sum(wards.values()))
    raised = {ward: max(mass, LEAST_MASS) ** power for ward, mass in wards.items()}
    total = sum(raised.values()) + lost**power
    return {ward: mass / total for ward, mass in raised.items()}


def _surprise(wards: Wards, ward: str, power: float) -> float:
    after = _powered(wards, power)
    return -math.log(after.get(ward, max(LEAST_LOST, 1 - sum(after.values()))))


def _best(wards: Wards, ward: str) -> tuple[float, bool]:
    best = max(wards, key=lambda w: wards[w])
    return wards[best], best == ward
