"""Points, areas and places as the rest of the program speaks of them.

Coordinates are WGS84 degrees, latitude first; distances are metres.
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the ground, WGS84 degrees."""

    latitude: float
    longitude: float


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.longitude - a.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


class PlaceKind(StrEnum):
    """What the words that named a place were."""

    ADDRESS = "address"
    STREET = "street"
    JUNCTION = "junction"
    POSTCODE = "postcode"
    LANDMARK = "landmark"
    COORDINATES = "coordinates"
    AREA = "area"


_HOUSE = re.compile(r"^\d+\s*[a-z]?(?:\s*[-/]\s*\d+\s*[a-z]?)?\s+", re.IGNORECASE)


def public_label(label: str, kind: str, ward: str | None) -> str:
    """What everybody may read of a place; "" where that is no more than its ward.

    A house goes without its number, for it may be the reporter's own. A place that nobody made
    out is called by the resident's words, and nobody has looked at those.
    """
    if kind == PlaceKind.COORDINATES or (kind == PlaceKind.AREA and ward is None):
        return ""
    if kind != PlaceKind.ADDRESS:
        return label
    parts = [part.strip() for part in label.split(",")]
    if len(parts) > 1 and not _HOUSE.match(parts[0]):
        del parts[0]
    return ", ".join((_HOUSE.sub("", parts[0]), *parts[1:]))


class PlaceDecision(StrEnum):
    """What may be done with a reading of a place."""

    ACCEPT = "accept"
    ASK = "ask"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One place that the resident may mean.

    ``ward`` is the code of the district or unitary ward, None where none is known;
    ``uncertainty_m`` the radius in which the problem lies nine times out of ten;
    ``jurisdiction`` the code of the pack whose ward it is.
    """

    latitude: float
    longitude: float
    probability: float
    label: str
    ward: str | None
    kind: PlaceKind
    uncertainty_m: float
    jurisdiction: str | None = None

    @property
    def point(self) -> Point:
        """The candidate's point."""
        return Point(self.latitude, self.longitude)


class Unresolved(StrEnum):
    """Why something that points to a place told us none."""

    THREE_WORDS = "three_words"
    MAP_LINK = "map_link"
    WIDE_PIN = "wide_pin"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Marker:
    """A point that a device gave: how wide it may be off, metres, and the day it was taken on."""

    point: Point
    accuracy_m: float = 0.0
    taken: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a message says of the place: candidates, best first, and what to do with them.

    ``phrase`` is the part of the text that named the place ("" if none did): with a candidate
    list that is empty it is what we could not find. ``unresolved`` says why, where we know.
    """

    candidates: tuple[PlaceCandidate, ...] = ()
    decision: PlaceDecision = PlaceDecision.NONE
    phrase: str = ""
    unresolved: Unresolved | None = None

    @property
    def best(self) -> PlaceCandidate | None:
        """The likeliest candidate."""
        return self.candidates[0] if self.candidates else None


class AreaKind(StrEnum):
    """What a polygon is."""

    WARD = "ward"
    PARISH = "parish"
    DIVISION = "division"
    NEIGHBOURHOOD = "neighbourhood"
    ESTATE = "estate"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon with a code, and the dates on which it is in force (``valid_to`` exclusive).

    ``geometry`` is a GeoJSON geometry (Polygon or MultiPolygon), longitude first as GeoJSON
    has it; ``landlord`` the body that owns an estate.
    """

    code: str
    name: str
    kind: AreaKind
    geometry: object
    valid_from: date | None = None
    valid_to: date | None = None
    landlord: str | None = None

    def in_force(self, on: date) -> bool:
        """True if the area exists on that day; areas without dates are always in force."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that hold a point on a day; ``near_edge`` where a ward within 50 m was taken."""

    ward: Area | None = None
    parish: Area | None = None
    division: Area | None = None
    neighbourhood: Area | None = None
    estate: Area | None = None
    neighbour: Area | None = None
    jurisdiction: str | None = None
    near_edge: bool = False

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all of them."""
        held = (self.ward, self.parish, self.division, self.neighbourhood, self.estate)
        return frozenset(area.code for area in held if area)
