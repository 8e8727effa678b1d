"""Made-up boundary files as the ONS and the Ordnance Survey publish them."""

import json
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

TO_GRID = Transformer.from_crs(4326, 27700, always_xy=True)

Areas = Sequence[tuple[Mapping[str, str], BaseGeometry]]


def square(south: float, west: float, high: float = 0.01, wide: float = 0.02) -> shapely.Polygon:
    """A rectangle, degrees."""
    return shapely.box(west, south, west + wide, south + high)


def in_grid(shape: BaseGeometry) -> BaseGeometry:
    """The shape in metres of the National Grid."""
    return shapely.transform(shape, lambda c: shapely.get_coordinates(_projected(c)))


def _projected(coordinates: object) -> BaseGeometry:
    return shapely.LineString([TO_GRID.transform(x, y) for x, y in coordinates])  # type: ignore[attr-defined]


WARDS: Areas = (
    (
        {"WD24CD": "E99100011", "WD24NM": "Moor", "LAD24CD": "E07999991", "LAD24NM": "Tarn"},
        square(53.01, 0.50),
    ),
    (
        {"WD24CD": "E99100012", "WD24NM": "Marsh", "LAD24CD": "E07999991", "LAD24NM": "Tarn"},
        square(53.00, 0.50),
    ),
    (
        {"WD24CD": "E99100013", "WD24NM": "Far", "LAD24CD": "E07999992", "LAD24NM": "Fell"},
        square(54.00, 0.50),
    ),
)


def write_geojson(path: Path, areas: Areas, crs: str = "") -> Path:
    """A FeatureCollection; ``crs`` as GIS programs still name it."""
    features = [
        {"type": "Feature", "properties": dict(properties), "geometry": shapely.geometry.mapping(shape)}
        for properties, shape in areas
    ]
    whole: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(whole))
    return path


def write_geopackage(path: Path, layers: Mapping[str, Areas], epsg: int = 27700) -> Path:
    """A GeoPackage in the National Grid, with one table for each layer."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
        )
        connection.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?)", (epsg, epsg))
        for layer, areas in layers.items():
            connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geometry', ?)", (layer, epsg))
            columns = list(areas[0][0])
            connection.execute(f"CREATE TABLE {layer} (fid INTEGER, {', '.join(columns)}, geometry BLOB)")
            marks = ", ".join("?" * (len(columns) + 2))
            connection.executemany(
                f"INSERT INTO {layer} VALUES ({marks})",
                [(n, *properties.values(), blob(shape)) for n, (properties, shape) in enumerate(areas)],
            )
    return path


def blob(shape: BaseGeometry) -> bytes:
    """A GeoPackage geometry with an envelope, as GIS programs write it."""
    west, south, east, north = shape.bounds
    header = b"GP\x00" + bytes([0b0000_0011]) + struct.pack("<i", 27700)
    return header + struct.pack("<4d", west, east, south, north) + shapely.to_wkb(shape, byte_order=1)
