"""Streets from many ways: those of one name that lie together joined, each with its locality."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import STRtree

from casework.packs import Landmark, Street
from casework.places import Point, distance_m
from geo.areas import METRES_PER_DEGREE
from geo.indexing import SAME_STREET_M, SETTLEMENTS
from geo.text import key

LOCALITY_M = 3_000.0
"""A street without a locality takes the nearest settlement's name within this distance."""

_REACH = SAME_STREET_M / METRES_PER_DEGREE


@dataclass(frozen=True, slots=True)
class JoinedStreet:
    """A street with the lines of all its parts; without lines where the source has only a point."""

    name: str
    locality: str
    point: Point
    lines: tuple[tuple[Point, ...], ...]


def with_localities(streets: Iterable[Street], places: Iterable[Landmark]) -> list[Street]:
    """The streets; those without a locality take that of the nearest settlement."""
    settlements = [place for place in places if place.kind in SETTLEMENTS]
    if not settlements:
        return list(streets)
    tree = STRtree([shapely.Point(p.point.longitude, p.point.latitude) for p in settlements])

    def located(street: Street) -> Street:
        if street.locality:
            return street
        nearest = settlements[int(tree.nearest(shapely.Point(street.point.longitude, street.point.latitude)))]
        near = distance_m(nearest.point, street.point) <= LOCALITY_M
        return replace(street, locality=nearest.name) if near else street

    return [located(street) for street in streets]


def joined(streets: Iterable[Street]) -> list[JoinedStreet]:
    """The streets, those parts of a name together that are within a kilometre of each other."""
    by_name: dict[str, list[Street]] = defaultdict(list)
    for street in streets:
        by_name[key(street.name) or street.name].append(street)
    found = (street for parts in by_name.values() for street in _joined(parts))
    return sorted(found, key=lambda s: (s.name, s.locality, s.point.latitude, s.point.longitude))


def _joined(parts: Sequence[Street]) -> Iterator[JoinedStreet]:
    shapes = [shapely.LineString([(p.longitude, p.latitude) for p in _corners(part)]) for part in parts]
    for group in _groups(shapes):
        members = [parts[n] for n in group]
        lines = [shapes[n] for n in group if parts[n].line]
        names = [member.name for member in members]
        localities = [member.locality for member in members if member.locality]
        yield JoinedStreet(
            max(sorted(set(names)), key=names.count),
            max(sorted(set(localities)), key=localities.count, default=""),
            *_along(lines, members[0].point),
        )


def _corners(street: Street) -> Sequence[Point]:
    return street.line if len(street.line) > 1 else (street.point, street.point)


def _groups(shapes: Sequence[shapely.LineString]) -> list[list[int]]:
    """The numbers of the shapes that hang together, a kilometre between them at most."""
    tree = STRtree(shapes)
    group = np.arange(len(shapes))
    for one, other in tree.query(shapes, predicate="dwithin", distance=_REACH).T:
        if group[one] != group[other]:
            group[group == group[other]] = group[one]
    return [np.flatnonzero(group == number).tolist() for number in dict.fromkeys(group.tolist())]


def _along(lines: Sequence[shapely.LineString], point: Point) -> tuple[Point, tuple[tuple[Point, ...], ...]]:
    """A point halfway along the longest part, and the parts, ends that meet joined."""
    if not lines:
        return point, ()
    merged = shapely.line_merge(shapely.union_all([shapely.MultiLineString([line]) for line in lines]))
    parts = sorted(shapely.get_parts(merged), key=lambda part: (-part.length, part.wkt))
    middle = parts[0].interpolate(0.5, normalized=True)
    corners = tuple(tuple(Point(y, x) for x, y in part.coords) for part in parts)
    return Point(round(middle.y, 6), round(middle.x, 6)), corners
