"""How areas lie to each other, in metres: overlaps, holes, and points far from everything."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from shapely import (
    STRtree,
    contains_xy,
    get_coordinates,
    maximum_inscribed_circle,
    prepare,
    transform,
    union_all,
)
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from casework.places import EARTH_RADIUS_M, Area, Point

OVERLAP_M2 = 500
"""Smaller overlaps are slivers of generalised boundaries."""

OVERLAP_WIDTH_M = 5
"""Narrower overlaps are slivers of generalised boundaries."""

STREET_M = 15
"""A hole wider than a street could hold a report that belongs to no ward."""

GAP_M = 150
"""Gaps between wards that are open to the outside are looked for up to this width."""

GAP_SLENDERNESS = 6
"""How many times longer than wide an open gap is: a notch in the border is not a gap."""

FAR_M = 5_000
"""How far outside every area a gazetteer's point may lie."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Ground:
    """A flat map in metres around one latitude, good for the size of a county."""

    latitude: float

    @classmethod
    def around(cls, areas: Iterable[Area]) -> "Ground":
        """The map for these areas."""
        latitudes = [get_coordinates(shape_of(area))[:, 1].mean() for area in areas]
        return cls(float(np.mean(latitudes)) if latitudes else 54.0)

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry in metres."""
        return transform(geometry, lambda degrees: degrees * self.scale)

    def degrees(self, geometry: BaseGeometry) -> Point:
        """A point within the geometry, in degrees."""
        longitude, latitude = get_coordinates(geometry.representative_point())[0] / self.scale
        return Point(float(latitude), float(longitude))

    @property
    def scale(self) -> NDArray[np.float64]:
        """Metres in a degree of longitude and of latitude."""
        metres = math.radians(1) * EARTH_RADIUS_M
        return np.array([metres * math.cos(math.radians(self.latitude)), metres])


def shape_of(area: Area) -> BaseGeometry:
    """The area's polygon in degrees."""
    if not isinstance(area.geometry, dict):
        raise TypeError(f"area {area.code} has no GeoJSON geometry")
    return shape(area.geometry)


def overlaps(shapes: Sequence[BaseGeometry]) -> Iterator[tuple[int, int]]:
    """The pairs of shapes that overlap by more than a sliver, by their numbers."""
    for one, other in np.sort(STRtree(shapes).query(shapes, predicate="intersects").T):
        if one < other and overlap(shapes[one], shapes[other]):
            yield int(one), int(other)


def overlap(one: BaseGeometry, other: BaseGeometry) -> bool:
    """True if the shapes overlap by more than a sliver."""
    common = one.intersection(other)
    return common.area > OVERLAP_M2 and _wider(common, OVERLAP_WIDTH_M)


def holes(shapes: Mapping[K, BaseGeometry]) -> Iterator[tuple[BaseGeometry, tuple[K, ...]]]:
    """What lies between the shapes and belongs to none, with the keys of its neighbours."""
    whole = union_all(list(shapes.values()))
    enclosed = [Polygon(ring) for part in _polygons(whole) for ring in part.interiors]
    filled = union_all([whole, *enclosed])
    gaps = filled.buffer(GAP_M / 2).buffer(-GAP_M / 2).difference(filled)
    for hole in enclosed:
        if _wider(hole, STREET_M):
            yield hole, _beside(hole, shapes)
    for gap in _polygons(gaps):
        if _wider(gap, STREET_M) and _is_gap(gap, shapes):
            yield gap, _beside(gap, shapes)


def uncovered(area: BaseGeometry, cover: Iterable[BaseGeometry]) -> bool:
    """True if a part of the area that is wider than a street lies outside the cover."""
    return _wider(area.difference(union_all(list(cover))), STREET_M)


def around(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """All that is not far from the shapes."""
    near = union_all([area.simplify(FAR_M / 100) for area in shapes]).buffer(FAR_M, quad_segs=4)
    prepare(near)
    return near


def far_points(found: Sequence[Point], ground: Ground, near: BaseGeometry) -> int:
    """How many of the points lie outside what is near."""
    flat = np.array([(point.longitude, point.latitude) for point in found]).reshape(-1, 2) * ground.scale
    return int(np.count_nonzero(~contains_xy(near, flat[:, 0], flat[:, 1])))


def _wider(geometry: BaseGeometry, metres: float) -> bool:
    return not geometry.buffer(-metres / 2).is_empty


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = geometry.geoms if hasattr(geometry, "geoms") else ()
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def _beside(hole: BaseGeometry, shapes: Mapping[K, BaseGeometry]) -> tuple[K, ...]:
    edge = hole.buffer(1)
    return tuple(key for key, area in shapes.items() if area.intersects(edge))


def _is_gap(gap: Polygon, shapes: Mapping[K, BaseGeometry]) -> bool:
    """True if two shapes face each other along it, much longer than it is wide."""
    width = 2 * maximum_inscribed_circle(gap).length
    facing = [gap.boundary.intersection(shapes[key].buffer(1)).length for key in _beside(gap, shapes)]
    return sum(length > GAP_SLENDERNESS * width for length in facing) >= 2
