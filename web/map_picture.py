"""A small map as SVG from what the pack itself knows: a ward's shape, its streets, and pins.

It needs no map server, prints sharply, and can be kept with a dossier. Shapes are GeoJSON
(longitude first); everything else is latitude first.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from casework.packs import Street
from casework.places import Area, Point

WIDTH = 640
HEIGHT = 420
_METRES_A_DEGREE = 111_320.0
_BARS = (50, 100, 200, 500, 1000, 2000, 5000)
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """What the map shows: a middle, and how many metres a unit of the picture is."""

    middle: Point
    scale: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        east = (
            (longitude - self.middle.longitude)
            * _METRES_A_DEGREE
            * math.cos(math.radians(self.middle.latitude))
        )
        north = (latitude - self.middle.latitude) * _METRES_A_DEGREE
        return round(WIDTH / 2 + east / self.scale, 1), round(HEIGHT / 2 - north / self.scale, 1)

    def shows(self, point: Point) -> bool:
        """True if the point is in the picture."""
        x, y = self.at(point.latitude, point.longitude)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def rings(area: Area) -> Iterator[Sequence[Sequence[float]]]:
    """The outer and inner rings of an area's shape."""
    geometry = area.geometry if isinstance(area.geometry, dict) else {}
    coordinates = geometry.get("coordinates", [])
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    for polygon in polygons:
        yield from polygon


def whole(area: Area) -> Frame:
    """The frame that shows all of an area."""
    points = [point for ring in rings(area) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle = Point((south + north) / 2, (west + east) / 2)
    wide = (east - west) * _METRES_A_DEGREE * math.cos(math.radians(middle.latitude))
    high = (north - south) * _METRES_A_DEGREE
    return Frame(middle, max(wide / WIDTH, high / HEIGHT, 0.1) * 1.08)


def close_up(point: Point, metres: float = 700.0) -> Frame:
    """The frame that shows so many metres across, round a point."""
    return Frame(point, metres / WIDTH)


def draw(
    frame: Frame, title: str, area: Area | None, streets: Iterable[Street], pins: Sequence[Point]
) -> Markup:
    """The picture; ``title`` is what it is called for those who cannot see it."""
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        f'<rect class="map__paper" width="{WIDTH}" height="{HEIGHT}"/>',
    ]
    if area:
        parts.append(f'<path class="map__ward" fill-rule="evenodd" d="{_path(frame, area)}"/>')
    near = [street for street in streets if _is_near(frame, street)]
    parts += [f'<polyline class="map__street" points="{_line(frame, s.line)}"/>' for s in near if s.line]
    parts += _names(frame, near)
    for pin in pins:
        x, y = frame.at(pin.latitude, pin.longitude)
        parts.append(f'<circle class="map__pin" cx="{x}" cy="{y}" r="7"/>')
    parts.append(_bar(frame))
    return Markup("".join((*parts, "</svg>")))


def _path(frame: Frame, area: Area) -> str:
    shapes = (
        "M" + "L".join("{} {}".format(*frame.at(p[1], p[0])) for p in ring) + "Z" for ring in rings(area)
    )
    return "".join(shapes)


def _line(frame: Frame, line: Sequence[Point]) -> str:
    return " ".join("{},{}".format(*frame.at(point.latitude, point.longitude)) for point in line)


def _is_near(frame: Frame, street: Street) -> bool:
    return any(frame.shows(point) for point in (street.point, *street.line))


def _names(frame: Frame, streets: Sequence[Street]) -> list[str]:
    """The streets whose points are in the picture, as far as their names do not cover each other."""
    placed: list[tuple[float, float]] = []
    drawn = []
    middle = frame.middle
    for street in sorted(streets, key=lambda s: abs(s.point.latitude - middle.latitude)):
        x, y = frame.at(street.point.latitude, street.point.longitude)
        free = all(abs(y - other_y) > 26 or abs(x - other_x) > 220 for other_x, other_y in placed)
        if not frame.shows(street.point) or not free or len(placed) >= MOST_NAMES:
            continue
        placed.append((x, y))
        drawn.append(f'<text class="map__name" x="{x}" y="{y - 6}">{escape(street.name)}</text>')
    return drawn


def _bar(frame: Frame) -> str:
    """A scale bar of a round length, about a fifth of the picture."""
    metres = min(_BARS, key=lambda bar: abs(bar / frame.scale - WIDTH / 5))
    length, y = round(metres / frame.scale, 1), HEIGHT - 14
    label = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    return (
        f'<path class="map__bar" d="M14 {y}h{length}"/>'
        f'<text class="map__scale" x="14" y="{y - 6}">{label}</text>'
    )
