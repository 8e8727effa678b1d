"""GeoPackage files: their layers of areas. They are SQLite, so that no further library is needed.

OGC 12-128r19: a geometry is a header of 8 bytes, an envelope, then WKB.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.importing.refusing import Refused

_HEADER = 8
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the envelope by the bits of the header that name its kind."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A table of areas; ``epsg`` is the number of its coordinate system."""

    name: str
    column: str
    epsg: int


@dataclass(frozen=True, slots=True)
class Feature:
    """A row of a layer: what is said of it, and its shape in the layer's coordinates."""

    layer: Layer
    number: int
    properties: Mapping[str, object]
    geometry: bytes

    def shape(self) -> BaseGeometry:
        """Its shape. Raises Refused where there is none."""
        return geometry_of(self.geometry)


def layers_of(file: Path) -> list[Layer]:
    """The layers of a file. Raises Refused for a file that is no GeoPackage."""
    query = (
        "SELECT g.table_name, g.column_name, coalesce(s.organization_coordsys_id, g.srs_id)"
        " FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
    )
    with closing(_opened(file)) as connection:
        try:
            return [Layer(*row) for row in connection.execute(query)]
        except sqlite3.DatabaseError as error:
            raise Refused(f"this is not a GeoPackage ({error})") from None


def features_of(file: Path, layer: Layer) -> Iterator[Feature]:
    """The rows of one layer."""
    with closing(_opened(file)) as connection:
        connection.row_factory = sqlite3.Row
        quoted = layer.name.replace('"', '""')
        for number, row in enumerate(connection.execute(f'SELECT * FROM "{quoted}"'), start=1):
            properties = {name: row[name] for name in row.keys() if name != layer.column}  # noqa: SIM118
            yield Feature(layer, number, properties, row[layer.column] or b"")


def geometry_of(blob: bytes) -> BaseGeometry:
    """The shape of a GeoPackage geometry. Raises Refused where it cannot be read."""
    envelope = _ENVELOPES.get((blob[3] >> 1) & 7) if blob[:2] == b"GP" and len(blob) > _HEADER else None
    if envelope is None:
        raise Refused("it has no shape")
    try:
        return shapely.from_wkb(blob[_HEADER + envelope :])
    except shapely.GEOSException:
        raise Refused("its shape cannot be read") from None


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
