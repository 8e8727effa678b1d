"""An integer grid over the world: the index for "what is near?", the same on every database.

A cell is 0.0025 degrees a side: about 278 m north to south and 170 m east to west in Britain.
"""

import math

from casework.places import Point

SIDE_DEGREES = 0.0025
_COLUMNS = round(360 / SIDE_DEGREES)


def cell(point: Point) -> int:
    """The number of the cell that holds the point."""
    row = math.floor((point.latitude + 90) / SIDE_DEGREES)
    column = math.floor((point.longitude + 180) / SIDE_DEGREES)
    return row * _COLUMNS + column


def cells_around(point: Point, radius_m: float) -> tuple[int, ...]:
    """Every cell that the square round a circle touches, in order."""
    high = radius_m / 111_195
    wide = high / max(0.01, math.cos(math.radians(point.latitude)))
    south, north = (math.floor((point.latitude + side + 90) / SIDE_DEGREES) for side in (-high, high))
    west, east = (math.floor((point.longitude + side + 180) / SIDE_DEGREES) for side in (-wide, wide))
    return tuple(
        row * _COLUMNS + column for row in range(south, north + 1) for column in range(west, east + 1)
    )
