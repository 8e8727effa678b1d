"""Which ward, parish, division, neighbourhood, estate or neighbouring council holds a point."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from casework.packs import Pack
from casework.places import Area, AreaKind, Areas, Point, distance_m

EDGE_M = 50.0
"""A point in no ward takes the nearest ward within this distance, metres."""

METRES_PER_DEGREE = 111_195.0

Degrees = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Shaped:
    """An area of a pack with its prepared polygon."""

    area: Area
    jurisdiction: str
    polygon: BaseGeometry


def degrees_around(point: Point, metres: float) -> tuple[float, float]:
    """Half height and half width, in degrees, of a box that reaches ``metres`` each way."""
    cosine = max(0.01, math.cos(math.radians(point.latitude)))
    return metres / METRES_PER_DEGREE, metres / (METRES_PER_DEGREE * cosine)


class AreaIndex:
    """All areas of all packs, to be asked point by point. Reads only: safe for many threads."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        shaped = sorted(_shapes(packs), key=lambda s: s.polygon.area)
        self._shaped = tuple(shaped)
        self._by_name = {_identity(s.area): s for s in reversed(self._shaped)}
        self._tree = STRtree([s.polygon for s in self._shaped])
        self._warm()

    def _warm(self) -> None:
        """Build GEOS's lazy indexes now, while only one thread can see them."""
        for held in self._shaped:
            shapely.prepare(held.polygon)
            inside = held.polygon.representative_point()
            shapely.intersects_xy(held.polygon, inside.x, inside.y)
        self._tree.query(ShapelyPoint(0, 0))

    def at(self, point: Point, on: date) -> Areas:
        """The areas in force on that day that hold the point; smallest first where two overlap.

        A point in no ward takes the nearest ward within ``EDGE_M`` metres (``near_edge``).
        """
        found: dict[AreaKind, _Shaped] = {}
        for held in self._holding(point, on):
            found.setdefault(held.area.kind, held)
        near_edge = False
        if AreaKind.WARD not in found and (nearest := self._nearest_ward(point, on)):
            found[AreaKind.WARD] = nearest
            near_edge = True
        return _areas(found, near_edge)

    def ward_at(self, point: Point, on: date) -> Area | None:
        """The ward of the point on that day, without looking beyond its edge."""
        return next((h.area for h in self._holding(point, on) if h.area.kind is AreaKind.WARD), None)

    def wards_at(self, latitudes: Degrees, longitudes: Degrees, on: date) -> list[Area | None]:
        """The ward of each of many points near each other, as ``at`` has it, edge included.

        Quicker than asking point by point.
        """
        found: list[Area | None] = [None] * len(latitudes)
        held = self._wards_around(latitudes, longitudes, on)
        points = shapely.points(longitudes, latitudes)
        free = np.ones(len(found), dtype=bool)
        for reach in (0.0, EDGE_M / METRES_PER_DEGREE):
            for ward in held:
                inside = (
                    free & shapely.dwithin(ward.polygon, points, reach)
                    if reach
                    else (free & shapely.intersects_xy(ward.polygon, longitudes, latitudes))
                )
                for place in np.flatnonzero(inside).tolist():
                    found[place] = ward.area
                free &= ~inside
            if not free.any():
                break
        return found

    def _wards_around(self, latitudes: Degrees, longitudes: Degrees, on: date) -> list[_Shaped]:
        edge = 2 * EDGE_M / METRES_PER_DEGREE
        west, east = float(longitudes.min()) - edge, float(longitudes.max()) + edge
        south, north = float(latitudes.min()) - edge, float(latitudes.max()) + edge
        near = sorted(self._tree.query(shapely.box(west, south, east, north)).tolist())
        held = (self._shaped[n] for n in near)
        return [h for h in held if h.area.kind is AreaKind.WARD and h.area.in_force(on)]

    def polygon(self, area: Area) -> BaseGeometry | None:
        """The polygon of an area of this index, longitude first."""
        held = self._by_name.get(_identity(area))
        return held.polygon if held else None

    def jurisdiction_of(self, area: Area) -> str:
        """The code of the pack that has the area."""
        return self._by_name[_identity(area)].jurisdiction

    def areas(self, kinds: Iterable[AreaKind]) -> tuple[Area, ...]:
        """All areas of these kinds, in force or not."""
        wanted = frozenset(kinds)
        return tuple(held.area for held in self._shaped if held.area.kind in wanted)

    def _holding(self, point: Point, on: date) -> Iterator[_Shaped]:
        x, y = point.longitude, point.latitude
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        for number in sorted(self._tree.query(ShapelyPoint(x, y)).tolist()):
            held = self._shaped[number]
            if held.area.in_force(on) and shapely.intersects_xy(held.polygon, x, y):
                yield held

    def _nearest_ward(self, point: Point, on: date) -> _Shaped | None:
        if not (math.isfinite(point.latitude) and math.isfinite(point.longitude)):
            return None
        high, wide = degrees_around(point, EDGE_M)
        x, y = point.longitude, point.latitude
        near = self._tree.query(shapely.box(x - wide, y - high, x + wide, y + high)).tolist()
        wards = (self._shaped[n] for n in near if self._shaped[n].area.kind is AreaKind.WARD)
        distances = [(_distance_to(w.polygon, point), w.area.code, w) for w in wards if w.area.in_force(on)]
        best = min(distances, key=lambda d: d[:2], default=None)
        return best[2] if best and best[0] <= EDGE_M else None


def _identity(area: Area) -> tuple[AreaKind, str, date | None]:
    return area.kind, area.code, area.valid_from


def _shapes(packs: Sequence[Pack]) -> Iterator[_Shaped]:
    for pack in packs:
        for area in pack.areas:
            yield _Shaped(area, pack.code, shape(area.geometry))  # type: ignore[arg-type]


def _distance_to(polygon: BaseGeometry, point: Point) -> float:
    edge = nearest_points(polygon, ShapelyPoint(point.longitude, point.latitude))[0]
    return distance_m(Point(edge.y, edge.x), point)


def _areas(found: dict[AreaKind, _Shaped], near_edge: bool) -> Areas:
    held = {kind: shaped.area for kind, shaped in found.items()}
    ward = found.get(AreaKind.WARD)
    return Areas(
        ward=held.get(AreaKind.WARD),
        parish=held.get(AreaKind.PARISH),
        division=held.get(AreaKind.DIVISION),
        neighbourhood=held.get(AreaKind.NEIGHBOURHOOD),
        estate=held.get(AreaKind.ESTATE),
        neighbour=held.get(AreaKind.NEIGHBOUR),
        jurisdiction=ward.jurisdiction if ward else None,
        near_edge=near_edge,
    )
