"""Names of larger places: wards, neighbourhoods, estates, neighbouring councils, towns and villages."""

from collections import defaultdict
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from casework.packs import Pack
from casework.places import AreaKind, Point
from geo.areas import AreaIndex
from geo.clouds import Cloud, Frame, exact
from geo.gazetteer import Gazetteer
from geo.text import key, says_something

MOST_POINTS = 150
_NAMED = (AreaKind.WARD, AreaKind.NEIGHBOURHOOD, AreaKind.ESTATE, AreaKind.PARISH, AreaKind.NEIGHBOUR)


class Localities:
    """Where the larger places are, by the key of their name, each as a cloud of points in it."""

    def __init__(
        self, packs: Sequence[Pack], gazetteers: Sequence[Gazetteer], areas: AreaIndex, frame: Frame
    ) -> None:
        self.names: dict[str, str] = {}
        points: dict[str, list[Point]] = defaultdict(list)
        for pack in packs:
            self._name(pack.authority.short_name)
            points[key(pack.authority.short_name)].extend(_covered(pack, areas))
        for gazetteer in gazetteers:
            for locality, within in gazetteer.localities.items():
                self._name(locality)
                points[key(locality)].extend(within)
        for area in areas.areas(_NAMED):
            polygon = areas.polygon(area)
            if polygon is not None and not polygon.is_empty:
                self._name(area.name)
                points[key(area.name)].extend(_inside(polygon))
        self._clouds = {
            k: exact(frame, _thinned(points[k]))
            for k in self.names
            if points[k] and says_something(k.split())
        }
        self.keys = frozenset(self._clouds)

    def _name(self, name: str) -> None:
        self.names.setdefault(key(name), name)

    def cloud(self, key_: str) -> Cloud:
        """The cloud of a place in ``keys``."""
        return self._clouds[key_]


def _covered(pack: Pack, areas: AreaIndex) -> list[Point]:
    """Points all over an authority's wards."""
    wards = [areas.polygon(a) for a in pack.areas if a.kind is AreaKind.WARD]
    return [p for polygon in wards if polygon is not None for p in _inside(polygon, 4)]


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    return points[:: -(-len(points) // MOST_POINTS)]


def _inside(polygon: BaseGeometry, steps: int = 12) -> list[Point]:
    """A grid of points in the polygon, and at least one."""
    if polygon.is_empty:
        return []
    west, south, east, north = polygon.bounds
    middle = polygon.representative_point()
    grid = [
        (west + (east - west) * (i + 0.5) / steps, south + (north - south) * (j + 0.5) / steps)
        for i in range(steps)
        for j in range(steps)
    ]
    kept = [Point(y, x) for x, y in grid if shapely.intersects_xy(polygon, x, y)]
    return kept or [Point(middle.y, middle.x)]
