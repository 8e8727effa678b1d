"""The gazetteer's files: streets, postcodes, addresses and landmarks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import shapely
from shapely import GEOSException, LineString, MultiLineString

from casework.packs import Address, GazetteerSource, Landmark, Postcode, Street
from casework.places import Point
from config.entries import Listing, Placed
from config.faults import Faults
from config.fields import misplaced
from config.folders import Files, of_kind
from config.schema import AddressRow, Entry, LandmarkRow, PostcodeRow, StreetRow
from config.tables import MOST_FAULTS, read_table

R = TypeVar("R", bound=Entry)
P = TypeVar("P", bound=Point | None)
Located = StreetRow | PostcodeRow | LandmarkRow


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything that the gazetteer's files hold, with the points of each file for checking."""

    source: GazetteerSource
    points: dict[str, list[Point]]


def read_gazetteer(files: Files, faults: Faults) -> Gazetteer:
    """The streets, postcodes, addresses and landmarks of all files."""
    points: dict[str, list[Point]] = {}

    def rows(kind: str, model: type[R], point_of: Callable[[R], P]) -> list[tuple[Placed[R], P]]:
        sound: list[tuple[Placed[R], P]] = []
        for file in of_kind(files, kind):
            here = list(_in_place(read_table(file, files[file], model, faults), point_of, faults))
            found: list[Point | None] = [point for _, point in here]
            points[file] = [point for point in found if point]
            sound += here
        return sound

    streets = rows("streets", StreetRow, _point)
    postcodes = rows("postcodes", PostcodeRow, _point)
    addresses = rows("addresses", AddressRow, _point_of_address)
    landmarks = rows("landmarks", LandmarkRow, _point)
    if not any(fault.file in of_kind(files, "postcodes") for fault in faults.all() if fault.error):
        _warn_of_unplaced(addresses, {row.value.postcode for row, _ in postcodes}, faults)
    _warn_of_doubles([row for row, _ in landmarks], faults)
    source = GazetteerSource(
        streets=tuple(street for row, point in streets for street in _streets(row, point, faults)),
        addresses=tuple(_address(row.value, point) for row, point in addresses),
        postcodes=tuple(Postcode(row.value.postcode, point) for row, point in postcodes),
        landmarks=tuple(_landmark(row.value, point) for row, point in landmarks),
    )
    return Gazetteer(source, points)


def _point(row: Located) -> Point:
    return Point(row.latitude, row.longitude)


def _point_of_address(row: AddressRow) -> Point | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Point(row.latitude, row.longitude)


def _in_place(
    listing: Listing[R], point_of: Callable[[R], P], faults: Faults
) -> Iterator[tuple[Placed[R], P]]:
    """The rows with their points, if those may be in the British Isles; the others are faults."""
    wrong = 0
    for row in listing.entries:
        point = point_of(row.value)
        words = _misplaced(point)
        if not words:
            yield row, point
            continue
        wrong += 1
        if wrong <= MOST_FAULTS:
            faults.error(row.file, row.line, f"the point {words}")
    if wrong > MOST_FAULTS:
        first = listing.entries[0]
        faults.error(
            first.file, 1, f"{wrong} rows have points in wrong places; the first {MOST_FAULTS} are listed"
        )


def _misplaced(point: Point | None) -> str | None:
    return misplaced(point) if point else None


def _streets(row: Placed[StreetRow], point: Point, faults: Faults) -> Iterator[Street]:
    """The street, once for each part of a line that has several."""
    value = row.value
    parts = _parts(row, faults) if value.line else [()]
    for part in parts:
        yield Street(value.street, value.locality, point, part)


def _parts(row: Placed[StreetRow], faults: Faults) -> list[tuple[Point, ...]]:
    line = _line(row.value.line)
    if line is None or line.is_empty:
        faults.error(
            row.file,
            row.line,
            "the line cannot be read; write it as LINESTRING (longitude latitude, longitude latitude) "
            "or leave it empty",
        )
        return []
    found = [tuple(Point(lat, lon) for lon, lat in part.coords) for part in _pieces(line)]
    wrong = next((words for part in found for point in part if (words := misplaced(point))), None)
    if wrong:
        faults.error(row.file, row.line, f"the line {wrong}")
        return []
    return found


def _line(text: str) -> LineString | MultiLineString | None:
    try:
        # A number too large to be one becomes infinite, and is refused as a coordinate.
        with np.errstate(over="ignore", invalid="ignore"):
            found = shapely.force_2d(shapely.from_wkt(text))
    except (GEOSException, ValueError, TypeError):
        return None
    return found if isinstance(found, LineString | MultiLineString) else None


def _pieces(line: LineString | MultiLineString) -> Iterable[LineString]:
    if isinstance(line, LineString):
        return [line]
    merged = shapely.line_merge(line)
    parts = merged.geoms if isinstance(merged, MultiLineString) else [merged]
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def _address(row: AddressRow, point: Point | None) -> Address:
    return Address(row.saon, row.paon, row.street, row.locality, row.postcode, point)


def _landmark(row: LandmarkRow, point: Point) -> Landmark:
    aliases = tuple(alias.strip() for alias in row.aliases.split(";") if alias.strip())
    return Landmark(row.name, row.kind, point, row.locality, aliases, row.radius_m)


def _warn_of_unplaced(
    addresses: list[tuple[Placed[AddressRow], Point | None]], known: set[str], faults: Faults
) -> None:
    lost: dict[str, list[int]] = {}
    for row, point in addresses:
        if point is None and row.value.postcode not in known:
            lost.setdefault(row.file, []).append(row.line)
    for file, lines in lost.items():
        faults.warning(
            file,
            lines[0],
            f"{len(lines)} of {len(addresses)} addresses will not be found, this one first: "
            "they have neither coordinates nor a postcode that postcodes.csv knows",
        )


def _warn_of_doubles(landmarks: list[Placed[LandmarkRow]], faults: Faults) -> None:
    seen: dict[tuple[str, str, float, float], Placed[LandmarkRow]] = {}
    for row in landmarks:
        value = row.value
        key = (value.name.lower(), value.kind, round(value.latitude, 5), round(value.longitude, 5))
        first = seen.setdefault(key, row)
        if first is not row:
            faults.warning(
                row.file,
                row.line,
                f"the landmark '{value.name}' is the same as on line {first.line}; take one out",
            )
