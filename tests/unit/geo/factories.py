"""Small made-up packs: a borough of four square wards, 2 km each, around 51.5 N, 0.1 W."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from casework.escalation import Escalation
from casework.packs import (
    Address,
    Authority,
    Calendar,
    Charter,
    GazetteerSource,
    Landmark,
    Pack,
    Postcode,
    Street,
)
from casework.places import Area, AreaKind, Point

TODAY = date(2026, 5, 1)
SOUTH, WEST = 51.5, -0.1
HIGH, WIDE = 0.018, 0.029


def square(south: float, west: float, high: float = HIGH, wide: float = WIDE) -> dict[str, Any]:
    """A GeoJSON rectangle."""
    north, east = south + high, west + wide
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(code: str, name: str, geometry: object, kind: AreaKind = AreaKind.WARD, **more: Any) -> Area:
    """An area, a ward unless said otherwise."""
    return Area(code, name, kind, geometry, **more)


def wards() -> tuple[Area, ...]:
    """West and East in the south, Hill and Dale in the north."""
    return (
        area("W1", "Westbrook", square(SOUTH, WEST)),
        area("W2", "Eastbrook", square(SOUTH, WEST + WIDE)),
        area("W3", "Hillside", square(SOUTH + HIGH, WEST)),
        area("W4", "Dalesend", square(SOUTH + HIGH, WEST + WIDE)),
    )


def at(up: float, across: float) -> Point:
    """A point by parts of the borough: 0, 0 is the south-west corner, 2, 2 the north-east one."""
    return Point(SOUTH + HIGH * up, WEST + WIDE * across)


def street(name: str, *points: Point, locality: str = "") -> Street:
    """A street through these points, or at the only one."""
    middle = points[len(points) // 2]
    return Street(name, locality, middle, tuple(points) if len(points) > 1 else ())


def pack(
    *,
    areas: Sequence[Area] | None = None,
    streets: Sequence[Street] = (),
    addresses: Sequence[Address] = (),
    postcodes: Sequence[Postcode] = (),
    landmarks: Sequence[Landmark] = (),
    code: str = "testshire",
    digest: str = "0" * 64,
) -> Pack:
    """A pack with areas and a gazetteer, and nothing else."""
    authority = Authority(
        code=code,
        name="Testshire Council",
        short_name="Testshire",
        prefix="TS",
        nation="england",
        time_zone="Europe/London",
        languages=("en",),
        email="hello@testshire.example",
    )
    source = GazetteerSource(tuple(streets), tuple(addresses), tuple(postcodes), tuple(landmarks))
    return Pack(
        authority=authority,
        areas=tuple(wards() if areas is None else areas),
        bodies=(),
        categories=(),
        excluded=(),
        emergencies=(),
        routes=(),
        charter=Charter(),
        councillors=(),
        staff=(),
        gazetteer=source,
        calendar=Calendar(),
        escalation=Escalation(),
        digest=digest,
    )
