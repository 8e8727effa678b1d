"""What a pack's gazetteer files say, as rows for the index: parts joined, lines filled, names keyed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from casework.packs import Address, GazetteerSource, Landmark, Street
from casework.places import Point, distance_m
from geo.postcodes import tidy
from geo.text import SUFFIXES, key, says_something, titled

SAME_STREET_M = 1_000.0
"""Rows of one name closer than this are parts of one street."""

NEAR_STREET_M = 1_500.0
"""An address or a stop is held to be on the street of its name within this distance."""

STEP_M = 40.0
"""Lines are filled with points at this distance."""

MOST_STEPS = 500

SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "suburb", "settlement"})
"""Kinds of landmarks that are localities: no place to find something at, but where a street is."""

_NUMBER = re.compile(r"^(\d{1,4})\s*([A-Za-z])?(?:\s*(?:-|to|/|&)\s*(\d{1,4})\s*([A-Za-z])?)?$")
_HAIL_AND_RIDE = re.compile(r"^hail\s*(?:&|and)\s*ride\s+", re.IGNORECASE)


class EntryKind(StrEnum):
    """What an entry of the gazetteer is."""

    STREET = "street"
    LANDMARK = "landmark"
    STOP = "stop"
    BUILDING = "building"


@dataclass(slots=True)
class EntryRow:
    """An entry with the keys that it is found by."""

    id: int
    kind: EntryKind
    name: str
    locality: str
    keys: tuple[str, ...]
    points: list[Point]
    is_line: bool = False
    what: str = ""
    radius_m: float = 0.0


AddressRow = tuple[int, int, str, float, float, int]
PostcodeRow = tuple[str, float, float]


@dataclass(slots=True)
class IndexRows:
    """All rows of an index, or of a part of it: ``first`` is the id of its first entry."""

    first: int = 1
    entries: list[EntryRow] = field(default_factory=list)
    addresses: list[AddressRow] = field(default_factory=list)
    postcodes: list[PostcodeRow] = field(default_factory=list)
    settlements: list[PostcodeRow] = field(default_factory=list)

    def add(self, kind: EntryKind, name: str, locality: str, keys: Iterable[str], point: Point) -> EntryRow:
        """A new entry at one point."""
        number = self.first + len(self.entries)
        row = EntryRow(number, kind, titled(name), titled(locality), tuple(keys), [point])
        self.entries.append(row)
        return row


def rows_of(source: GazetteerSource, first: int = 1) -> IndexRows:
    """The rows of a gazetteer, numbered from ``first``.

    Streets that only addresses or bus stops name become entries too: gazetteers have holes.
    """
    rows = IndexRows(first)
    centroids = {tidy(p.postcode): p.point for p in source.postcodes}
    rows.postcodes = [(code, p.latitude, p.longitude) for code, p in centroids.items()]
    streets = _add_streets(rows, source.streets)
    landmarks = _add_landmarks(rows, source.landmarks)
    _add_addresses(rows, source.addresses, centroids, streets, landmarks)
    _add_stops(rows, source.landmarks, streets)
    return rows


Streets = dict[str, list[EntryRow]]


def _add_streets(rows: IndexRows, streets: Sequence[Street]) -> Streets:
    by_key: Streets = defaultdict(list)
    # Lines first: the point that another source has of the same street says nothing more.
    for street in sorted(streets, key=lambda s: len(s.line) < 2):
        key_ = key(street.name)
        if not _is_name(key_):
            continue
        points = filled(street.line) if len(street.line) > 1 else [street.point]
        held = _within(by_key[key_], points, SAME_STREET_M)
        if held is None:
            held = rows.add(
                EntryKind.STREET, street.name, street.locality, _street_keys(street.name), street.point
            )
            held.points, held.is_line = points, len(points) > 1
            by_key[key_].append(held)
        elif len(points) > 1 or not held.is_line:
            held.points.extend(points)
        held.locality = held.locality or titled(street.locality)
    return by_key


def _street_keys(name: str) -> list[str]:
    """The key, and the name as one word: "Hazelgrove"."""
    plain = key(name)
    joined = key(re.sub(r"[\W_]+", "", name))
    return [plain, joined] if len(joined) >= 8 and " " in plain else [plain]


def _is_name(key_: str) -> bool:
    """False for what is only a number, or a house's: "3 Rose Cottages" in a table of streets."""
    words = key_.split()
    return bool(words) and not words[0].isdigit() and any(not word[0].isdigit() for word in words)


def filled(line: Sequence[Point]) -> list[Point]:
    """The line's points, with more between them so that none is further than ``STEP_M`` from the next."""
    points = [line[0]]
    for a, b in pairwise(line):
        gap = distance_m(a, b)
        steps = min(MOST_STEPS, max(1, round(gap / STEP_M)))
        points.extend(_between(a, b, n / steps) for n in range(1, steps + 1))
    return points


def _between(a: Point, b: Point, part: float) -> Point:
    latitude = a.latitude + (b.latitude - a.latitude) * part
    return Point(latitude, a.longitude + (b.longitude - a.longitude) * part)


def _within(held: Iterable[EntryRow], points: Sequence[Point], metres: float) -> EntryRow | None:
    """The nearest of the entries, if it is within that distance of one of the points."""
    distances = [(min(distance_m(p, q) for p in points for q in row.points), row.id, row) for row in held]
    best = min(distances, key=lambda d: d[:2], default=None)
    return best[2] if best and best[0] <= metres else None


def _add_addresses(
    rows: IndexRows,
    addresses: Sequence[Address],
    centroids: dict[str, Point],
    streets: Streets,
    buildings: Streets,
) -> None:
    for address in addresses:
        point = address.point or centroids.get(tidy(address.postcode))
        if point is None:
            continue
        street = _street_of(rows, address, point, streets)
        if found := _NUMBER.match(address.paon.strip()):
            if street:
                rows.addresses.extend(_numbers(street.id, found, point, address.point is not None))
        else:
            _add_building(rows, address, point, buildings)


def _street_of(rows: IndexRows, address: Address, point: Point, streets: Streets) -> EntryRow | None:
    key_ = key(address.street)
    if not _is_name(key_):
        return None
    row = _within(streets[key_], [point], NEAR_STREET_M)
    if row is None:
        row = rows.add(EntryKind.STREET, address.street, address.locality, [key_], point)
        streets[key_].append(row)
    elif not row.is_line and all(distance_m(point, p) > STEP_M for p in row.points):
        row.points.append(point)
    return row


def _numbers(street: int, found: re.Match[str], point: Point, exact: bool) -> Iterator[AddressRow]:
    for number, letter in ((found[1], found[2]), (found[3], found[4])):
        if number:
            yield (street, int(number), (letter or "").lower(), point.latitude, point.longitude, int(exact))


def _add_building(rows: IndexRows, address: Address, point: Point, buildings: Streets) -> None:
    key_ = key(address.paon)
    words = key_.split()
    if len(words) < 2 or words[0][0].isdigit() or not says_something(words):
        return
    if _within(buildings[key_], [point], SAME_STREET_M / 2) is None:
        place = address.street or address.locality
        buildings[key_].append(rows.add(EntryKind.BUILDING, address.paon, place, [key_], point))


def _add_landmarks(rows: IndexRows, landmarks: Sequence[Landmark]) -> Streets:
    by_key: Streets = defaultdict(list)
    for landmark in landmarks:
        if landmark.kind in SETTLEMENTS:
            place = (landmark.point.latitude, landmark.point.longitude)
            rows.settlements += [(titled(name), *place) for name in (landmark.name, *landmark.aliases)]
            continue
        keys = {k for name in (landmark.name, *landmark.aliases) for k in _landmark_keys(key(name))}
        kind = EntryKind.STOP if is_stop(landmark) else EntryKind.LANDMARK
        if keys:
            row = rows.add(kind, landmark.name, landmark.locality, sorted(keys), landmark.point)
            row.what, row.radius_m = landmark.kind, landmark.radius_m
            for key_ in keys:
                by_key[key_].append(row)
    return by_key


def _landmark_keys(key_: str) -> Iterator[str]:
    words = key_.split()
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    if not words or not _is_name(" ".join(words)):
        return
    yield " ".join(words)
    if 1 < len(words) <= 3 and says_something(words):
        yield "".join(words)


def is_stop(landmark: Landmark) -> bool:
    """True for bus and tram stops, which are called after the streets they stand in."""
    return "stop" in landmark.kind.casefold()


def _add_stops(rows: IndexRows, landmarks: Sequence[Landmark], streets: Streets) -> None:
    known = frozenset(k for k, held in streets.items() if held)
    for landmark in filter(is_stop, landmarks):
        for name in _HAIL_AND_RIDE.sub("", landmark.name).split("/"):
            key_ = key(name)
            if key_.split()[-1:] and key_.split()[-1] in SUFFIXES and _is_name(key_):
                _add_stop_to_street(rows, name.strip(), key_, landmark.point, streets, key_ in known)


def _add_stop_to_street(
    rows: IndexRows, name: str, key_: str, point: Point, streets: Streets, known: bool
) -> None:
    row = _within(streets[key_], [point], SAME_STREET_M)
    if row is None and not known and says_something(key_.split()):
        streets[key_].append(rows.add(EntryKind.STREET, name, "", [key_], point))
    elif row and not row.is_line and all(distance_m(point, p) > STEP_M for p in row.points):
        row.points.append(point)
