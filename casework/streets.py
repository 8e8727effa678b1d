"""Streets that no gazetteer has, learnt from the people who name and pin them.

A name becomes a candidate once ``LEAST_REPORTS`` people who know nothing of each other put it
within ``MOST_SPREAD_M`` metres; an officer confirms it before anybody is sent there by it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from casework.places import Point, distance_m

LEAST_REPORTS = 3
MOST_SPREAD_M = 150.0


@dataclass(frozen=True, slots=True)
class Naming:
    """One report that names a street and has a pin of its own.

    ``key`` is the same for all spellings of a name; ``source`` for all reports of one person.
    """

    key: str
    name: str
    point: Point
    source: str


@dataclass(frozen=True, slots=True)
class LearntStreet:
    """A street as several people have it: the middle of their pins, and their median distance from it."""

    key: str
    name: str
    point: Point
    people: int
    spread_m: float


def learn(namings: Iterable[Naming]) -> list[LearntStreet]:
    """The streets that enough people agree on, most people first; each person counts once for a name."""
    by_key: dict[str, dict[str, Naming]] = defaultdict(dict)
    for naming in namings:
        by_key[naming.key].setdefault(naming.source, naming)
    found = (_street(key, list(by.values())) for key, by in by_key.items() if len(by) >= LEAST_REPORTS)
    return sorted((s for s in found if s.spread_m <= MOST_SPREAD_M), key=lambda s: (-s.people, s.key))


def _street(key: str, namings: list[Naming]) -> LearntStreet:
    points = [naming.point for naming in namings]
    middle = Point(median(p.latitude for p in points), median(p.longitude for p in points))
    name = Counter(naming.name for naming in namings).most_common(1)[0][0]
    return LearntStreet(key, name, middle, len(points), median(distance_m(middle, p) for p in points))
