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
    """Every cell that a circle round the point touches."""
    rows = math.ceil(radius_m / (SIDE_DEGREES * 111_195))
    across = SIDE_DEGREES * 111_195 * max(0.01, math.cos(math.radians(point.latitude)))
    columns = math.ceil(radius_m / across)
    centre = cell(point)
    return tuple(
        centre + row * _COLUMNS + column
        for row in range(-rows, rows + 1)
        for column in range(-columns, columns + 1)
    )
