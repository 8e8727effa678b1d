"""GeoJSON files: wards and other areas, with the line on which each begins."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from shapely import GEOSException, get_coordinates, is_valid_reason
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from casework.places import Area, AreaKind, Point
from config.entries import Listing, Place, Placed, fit, listing_of
from config.faults import Faults, did_you_mean
from config.fields import misplaced
from config.lines import feature_lines
from config.schema import AreaEntry
from config.texts import decode

STARTS: Mapping[str, AreaKind] = {
    "wards": AreaKind.WARD,
    "parishes": AreaKind.PARISH,
    "divisions": AreaKind.DIVISION,
    "neighbourhoods": AreaKind.NEIGHBOURHOOD,
    "estates": AreaKind.ESTATE,
    "neighbours": AreaKind.NEIGHBOUR,
}
"""What the start of a file's name says of the areas in it; the longer of two starts counts."""

POLYGONS = ("Polygon", "MultiPolygon")


class _Refused(ValueError):
    """What is wrong with a geometry, in an officer's words."""


def read_areas(files: Mapping[str, bytes], faults: Faults) -> Listing[Area]:
    """The areas of all files."""
    listings = [_read_file(file, content, faults) for file, content in sorted(files.items())]
    return Listing(
        tuple(entry for listing in listings for entry in listing.entries),
        frozenset(word for listing in listings for word in listing.faulty),
        bool(listings) and all(listing.whole for listing in listings),
    )


def _read_file(file: str, content: bytes, faults: Faults) -> Listing[Area]:
    features = _features(file, decode(file, content, faults).removeprefix("\ufeff"), faults)
    if features is None:
        return Listing(whole=False)
    kind = _kind_of_file(file)
    areas, faulty = [], []
    for feature in features:
        if area := _area(feature, kind, faults):
            areas.append(area)
        else:
            faulty.append(_properties(feature.value))
    return listing_of(AreaEntry, areas, faulty)


def _features(file: str, text: str, faults: Faults) -> list[Placed[object]] | None:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        faults.error(
            file, error.lineno, f"this is not GeoJSON ({error.msg}); export the areas again as GeoJSON"
        )
        return None
    except (ValueError, RecursionError):
        faults.error(file, 1, "this is not GeoJSON; export the areas again as GeoJSON")
        return None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        faults.error(file, 1, "this is not a FeatureCollection; export the areas again as GeoJSON")
        return None
    if not features:
        faults.warning(file, 1, "there is no area in this file")
    return [Placed(feature, file, line) for feature, line in _with_lines(features, text)]


def _with_lines(features: list[object], text: str) -> Iterable[tuple[object, int]]:
    lines = feature_lines(text)
    return zip(features, lines if len(lines) == len(features) else (1,) * len(features), strict=True)


def _kind_of_file(file: str) -> AreaKind | None:
    name = PurePosixPath(file).name.lower()
    starts = [start for start in STARTS if name.startswith(start)]
    return STARTS[max(starts, key=len)] if starts else None


def _properties(feature: object) -> Mapping[str, object]:
    found = feature.get("properties") if isinstance(feature, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _area(feature: Placed[object], kind: AreaKind | None, faults: Faults) -> Placed[Area] | None:
    def say(_: Place, words: str) -> None:
        faults.error(feature.file, feature.line, words)

    given = {key: value for key, value in _properties(feature.value).items() if value not in (None, "")}
    geometry = feature.value.get("geometry") if isinstance(feature.value, Mapping) else None
    _warn_of_strangers(feature, given, faults)
    entry = fit(AreaEntry, {"kind": kind, **given} if kind else given, say)
    wrong = wrong_with(geometry)
    if wrong:
        say((), f"the area '{given.get('name') or given.get('code') or 'without a name'}' {wrong}")
    if entry is None or wrong:
        return None
    if entry.kind is AreaKind.ESTATE and not entry.landlord:
        say((), f"the estate '{entry.name}' has no landlord; add the property landlord with a body's code")
    area = Area(
        code=entry.code,
        name=entry.name,
        kind=entry.kind,
        geometry=geometry,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        landlord=entry.landlord,
    )
    return Placed(area, feature.file, feature.line)


def _warn_of_strangers(feature: Placed[object], given: Mapping[str, object], faults: Faults) -> None:
    """Offer the right name for a property that is nearly one; GIS exports have many more."""
    lacking = AreaEntry.model_fields.keys() - given.keys()
    for key in sorted(given.keys() - AreaEntry.model_fields.keys()):
        ons = re.fullmatch(r"[A-Z]{2,8}[0-9]{2}(CD|NM)", key)
        if ons and (name := {"CD": "code", "NM": "name"}[ons[1]]) in lacking:
            faults.warning(
                feature.file, feature.line, f"the property '{key}' is not read; rename it to '{name}'"
            )
        elif near := did_you_mean(key, lacking):
            faults.warning(feature.file, feature.line, f"the property '{key}' is not read{near}")


def wrong_with(geometry: object) -> str | None:
    """What is wrong with a GeoJSON geometry as an area: the rest of a sentence, None if nothing."""
    try:
        return _wrong_with_shape(_shape(geometry))
    except _Refused as refused:
        return str(refused)


def _shape(geometry: object) -> BaseGeometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        raise _Refused(f"is a {kind or 'feature without geometry'}; it must be a Polygon or a MultiPolygon")
    try:
        return shape(geometry)
    except (GEOSException, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _Refused("has coordinates that cannot be read; export it again as GeoJSON") from None


def _wrong_with_shape(area: BaseGeometry) -> str | None:
    if area.is_empty:
        return "has no coordinates; draw it or take it out"
    for longitude, latitude in _corners(area):
        if wrong := misplaced(Point(latitude, longitude)):
            return wrong
    if not area.is_valid:
        return _where_invalid(is_valid_reason(area))
    return None


def _corners(area: BaseGeometry) -> Iterator[tuple[float, float]]:
    """The corners of the box around the area, if all its coordinates are numbers."""
    coordinates = get_coordinates(area)
    west, south = coordinates.min(axis=0)
    east, north = coordinates.max(axis=0)
    yield float(west), float(south)
    yield float(east), float(north)


def _where_invalid(reason: str) -> str:
    found = re.fullmatch(r"(.*)\[(\S+) (\S+)\]", reason)
    if not found:
        return f"is not a sound polygon ({reason}); draw it again"
    what = "crosses itself" if "intersection" in found[1].lower() else f"is not sound ({found[1]})"
    return f"{what} near latitude {float(found[3]):.5f}, longitude {float(found[2]):.5f}; draw it again there"
