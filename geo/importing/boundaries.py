"""Boundaries of wards, parishes and divisions: GeoJSON and GeoPackage, as ONS and OS publish them."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from casework.places import Area, AreaKind
from geo.importing.geopackage import Feature, features_of, layers_of
from geo.importing.points import SOUTH_NORTH, WEST_EAST, WGS84, to_degrees
from geo.importing.refusing import Refused

DECIMALS = 6
"""Of a degree: a tenth of a metre."""

_ONS = {"WD": AreaKind.WARD, "PAR": AreaKind.PARISH, "PARNCP": AreaKind.PARISH, "CED": AreaKind.DIVISION}
"""The beginning of ONS's column names: ``WD24CD``, ``WD24NM``."""

_OS = {
    "DIW": AreaKind.WARD,
    "LBW": AreaKind.WARD,
    "MTW": AreaKind.WARD,
    "UTW": AreaKind.WARD,
    "UTE": AreaKind.WARD,
    "CPC": AreaKind.PARISH,
    "CED": AreaKind.DIVISION,
}
"""OS Boundary-Line's area codes."""

_WORDS = {
    "ward": AreaKind.WARD,
    "parish": AreaKind.PARISH,
    "community": AreaKind.PARISH,
    "county_electoral_division": AreaKind.DIVISION,
    "division": AreaKind.DIVISION,
    "estate": AreaKind.ESTATE,
    "neighbourhood": AreaKind.NEIGHBOURHOOD,
}
"""What names of files and layers say, where the columns say nothing."""

_ENDINGS = re.compile(r"\s+(?:Ward|ED|CP)(?:\s+\((?:DET|W|N|S|E)\))?$")
_CODES, _NAMES = ("code", "census_code", "gss_code", "areacd"), ("name", "areanm", "names")


@dataclass(frozen=True, slots=True)
class Boundary:
    """An area as found, and all that the source says of it."""

    area: Area
    properties: Mapping[str, object]

    def is_within(self, council: str) -> bool:
        """True if the source says that it is this council's, by name or code."""
        wanted = council.casefold()
        return any(str(value).strip().casefold() == wanted for value in self.properties.values())


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said on the command line of all areas of a file."""

    kind: AreaKind | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def read(file: Path, terms: Terms) -> Iterator[tuple[str, Callable[[], Boundary]]]:
    """Each area of the file by a word for where it stands, with a call that gives it or raises Refused.

    Raises Refused where the file is no map at all.
    """
    found = _from_geopackage(file) if file.suffix.casefold() == ".gpkg" else _from_geojson(file)
    for where, properties, geometry, to_wgs84 in found:
        yield where, _reading(f"{where} {file.stem}", properties, geometry, to_wgs84, terms)


def within(
    found: Iterable[Boundary], wards: Iterable[Area], shares: Mapping[AreaKind, float]
) -> list[Boundary]:
    """Those of which at least that share, by kind, lies within the wards."""
    ground = shapely.union_all([shapely.make_valid(shape(ward.geometry)) for ward in wards])  # type: ignore[arg-type]
    shapely.prepare(ground)

    def share(boundary: Boundary) -> float:
        whole = shape(boundary.area.geometry)  # type: ignore[arg-type]
        return float(whole.intersection(ground).area / whole.area) if ground.intersects(whole) else 0.0

    return [boundary for boundary in found if share(boundary) >= shares[boundary.area.kind]]


def nearest_names(found: Iterable[Boundary], council: str) -> str:
    """What the source says of its areas that is spelt like this."""
    said = {value for b in found for value in b.properties.values() if isinstance(value, str)}
    by_key = {value.casefold(): value for value in said}
    near = difflib.get_close_matches(council.casefold(), by_key, n=1, cutoff=0.6)
    return by_key[near[0]] if near else ""


Shape = Callable[[], BaseGeometry]
Project = Callable[[BaseGeometry], BaseGeometry]


def _from_geopackage(file: Path) -> Iterator[tuple[str, Mapping[str, object], Shape, Project]]:
    for layer in layers_of(file):
        if len(layers_of(file)) > 1 and _kind_in(layer.name) is None:
            continue
        project = projection(layer.epsg)
        for feature in features_of(file, layer):
            yield f"{layer.name} row {feature.number}", feature.properties, _shape_of(feature), project


def _shape_of(feature: Feature) -> Shape:
    return feature.shape


def _from_geojson(file: Path) -> Iterator[tuple[str, Mapping[str, object], Shape, Project]]:
    try:
        whole = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"this is not GeoJSON ({str(error)[:80]})") from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise Refused("this GeoJSON is not a FeatureCollection")
    project = projection(_crs_of(whole.get("crs"))) if whole.get("crs") else _guessed
    for number, feature in enumerate(features, start=1):
        known = feature if isinstance(feature, dict) else {}
        properties = known.get("properties")
        yield (
            f"area {number}",
            properties if isinstance(properties, dict) else {},
            _geojson_shape(known.get("geometry")),
            project,
        )


def _geojson_shape(geometry: object) -> Shape:
    def make() -> BaseGeometry:
        try:
            return shape(geometry)  # type: ignore[arg-type]
        except (shapely.GEOSException, ValueError, TypeError, LookupError, AttributeError):
            raise Refused("its shape cannot be read") from None

    return make


def _crs_of(crs: object) -> int:
    """The EPSG number of the old ``crs`` member of GeoJSON, which GIS programs still write."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    try:
        return CRS.from_user_input(name).to_epsg() or WGS84
    except CRSError:
        raise Refused(f"the coordinate system '{name[:60]}' is not known") from None


def projection(epsg: int) -> Project:
    """From that coordinate system to WGS84 degrees. Raises Refused for one that nobody knows."""
    if epsg == WGS84:
        return _rounded
    try:
        transformer = to_degrees(epsg)
    except CRSError:
        raise Refused(f"the coordinate system EPSG:{epsg} is not known") from None

    def to_degrees_(metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(metres[:, 0], metres[:, 1]))

    def project(geometry: BaseGeometry) -> BaseGeometry:
        return _rounded(shapely.transform(shapely.force_2d(geometry), to_degrees_))

    return project


def _guessed(geometry: BaseGeometry) -> BaseGeometry:
    """GeoJSON is WGS84 by its standard; numbers beyond 180 can only be the National Grid."""
    coordinates = shapely.get_coordinates(geometry)
    if coordinates.size and np.abs(coordinates).max() > 180:
        return projection(27700)(geometry)
    return _rounded(geometry)


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Rounding keeps the corners that neighbours share the same."""

    def to_six(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(coordinates, DECIMALS)

    return shapely.transform(shapely.force_2d(geometry), to_six)


def _reading(
    where: str, properties: Mapping[str, object], geometry: Shape, project: Project, terms: Terms
) -> Callable[[], Boundary]:
    def read_one() -> Boundary:
        kind = terms.kind or _kind(where, properties)
        code, name = _code(properties, kind), _name(properties, kind)
        area = Area(code, name, kind, _polygons(project(geometry())))
        return Boundary(replace(area, valid_from=terms.valid_from, valid_to=terms.valid_to), properties)

    return read_one


def _kind(where: str, properties: Mapping[str, object]) -> AreaKind:
    for key in properties:
        ons = re.fullmatch(r"([A-Z]{2,6})\d{2}CD", key.upper())
        if ons and ons[1] in _ONS:
            return _ONS[ons[1]]
    code = next((str(v) for k, v in properties.items() if k.casefold() == "area_code"), "")
    kind = _OS.get(code) or _kind_in(where)
    if kind is None:
        raise Refused("it is not said what it is; add --kind ward, parish or division")
    return kind


def _kind_in(words: str) -> AreaKind | None:
    plain = words.casefold()
    return next((kind for word, kind in _WORDS.items() if word in plain), None)


def _code(properties: Mapping[str, object], kind: AreaKind) -> str:
    found = _property(properties, kind, "CD", _CODES)
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", found):
        raise Refused(f"it has no code ('{found[:40]}')" if found else "it has no code")
    return found


def _name(properties: Mapping[str, object], kind: AreaKind) -> str:
    found = _ENDINGS.sub("", " ".join(_property(properties, kind, "NM", _NAMES).split()))
    if not found:
        raise Refused("it has no name")
    return found


def _property(properties: Mapping[str, object], kind: AreaKind, ending: str, plain: tuple[str, ...]) -> str:
    """The value that ONS's column for that kind has, or else the one with a plain name."""
    starts = [start for start, meant in _ONS.items() if meant is kind]
    for key, value in properties.items():
        ons = re.fullmatch(rf"([A-Z]{{2,6}})\d{{2}}{ending}", key.upper())
        if ons and ons[1] in starts and value:
            return str(value).strip()
    lower = {key.casefold(): value for key, value in properties.items()}
    return next((str(lower[key]).strip() for key in plain if lower.get(key)), "")


def _polygons(geometry: BaseGeometry) -> object:
    """The GeoJSON of a sound polygon in the British Isles. Raises Refused for anything else."""
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        raise Refused(f"it is a {geometry.geom_type or 'nothing'}, not a polygon")
    west, south, east, north = geometry.bounds
    if not (
        SOUTH_NORTH[0] <= south <= north <= SOUTH_NORTH[1] and WEST_EAST[0] <= west <= east <= WEST_EAST[1]
    ):
        raise Refused("it does not lie in the British Isles")
    if not geometry.is_valid:
        geometry = _mended(geometry)
    return mapping(geometry)


def _mended(geometry: BaseGeometry) -> BaseGeometry:
    mended = shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(mended) if part.geom_type in ("Polygon", "MultiPolygon")]
    whole = shapely.union_all(parts)
    if whole.is_empty or abs(whole.area - geometry.area) > 0.01 * abs(geometry.area):
        raise Refused("its shape crosses itself")
    return whole
