"""The ward of a point among 8,000 wards."""

import random
import time
from pathlib import Path

from casework.places import Point
from geo.areas import AreaIndex
from tests.bench.results import Result, percentile
from tests.unit.geo.factories import SOUTH, TODAY, WEST, area, pack, square

ROWS, COLUMNS = 80, 100
SIDE = 0.01
POINTS = 20_000


def measure(_folder: Path) -> list[Result]:
    """Random points over a generated country of 80 by 100 wards."""
    wards = [
        area(f"W{row}-{column}", "A ward", square(SOUTH + row * SIDE, WEST + column * SIDE, SIDE, SIDE))
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    index = AreaIndex([pack(areas=wards)])
    chance = random.Random(1)
    took = []
    for _ in range(POINTS):
        point = Point(SOUTH + chance.random() * ROWS * SIDE, WEST + chance.random() * COLUMNS * SIDE)
        started = time.perf_counter()
        found = index.ward_at(point, TODAY)
        took.append(1e6 * (time.perf_counter() - started))
        if found is None:
            raise AssertionError("a point of the country has a ward")
    return [
        Result("ward of a point among 8,000, median", percentile(took, 0.5), "µs", 50),
        Result("ward of a point among 8,000, p99", percentile(took, 0.99), "µs"),
    ]
