"""What ``streetcall import --into index`` left: places too many for a pack's CSV files.

``geo.importing.staging`` writes the file; the gazetteer's index is built from it square by square,
so that all of Great Britain needs no more memory than its busiest square.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from casework.packs import Address, GazetteerSource, Landmark, Postcode, Street
from casework.places import Point

TILE = 0.5
"""Degrees of a side of the squares."""

KINDS = ("street", "postcode", "address", "landmark")
"""The tables of the file."""


def imported_path(folder: Path, jurisdiction: str) -> Path:
    """The file of a pack in the folder of indexes."""
    return folder / f"imported-{jurisdiction}.sqlite"


def tile_of(point: Point) -> int:
    """The number of the square that holds a point."""
    return int((point.latitude + 90) / TILE) * 1_000 + int((point.longitude + 180) / TILE)


def wkt(line: Sequence[Point]) -> str:
    """A line as well-known text, longitude first, "" for none."""
    corners = ", ".join(f"{p.longitude:.6f} {p.latitude:.6f}" for p in line)
    return f"LINESTRING ({corners})" if corners else ""


def line_of(text: str) -> tuple[Point, ...]:
    """The points of what ``wkt`` wrote."""
    if not text:
        return ()
    inner = text[text.index("(") + 1 : -1]
    corners = (corner.split() for corner in inner.split(", "))
    return tuple(Point(float(lat), float(lon)) for lon, lat in corners)


def tiles(path: Path) -> Iterator[tuple[int, GazetteerSource]]:
    """Everything in a finished file, square by square, with the squares' numbers."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        known = " UNION ".join(f"SELECT tile FROM {kind}" for kind in KINDS)
        numbers = [n for (n,) in connection.execute(f"{known} ORDER BY 1") if n is not None]
        for number in numbers:
            yield number, gathered(connection, "tile = ?", number)


def gathered(connection: sqlite3.Connection, condition: str, value: object) -> GazetteerSource:
    """The places of the file that fulfil an SQL condition on a value, each once."""

    def rows(kind: str, columns: str) -> list[tuple]:  # type: ignore[type-arg]
        query = f"SELECT DISTINCT {columns} FROM {kind} WHERE {condition} ORDER BY {columns}"
        return connection.execute(query, (value,)).fetchall()

    return GazetteerSource(
        streets=tuple(
            Street(name, locality, Point(lat, lon), line_of(line))
            for name, locality, lat, lon, line in rows("street", "name, locality, latitude, longitude, line")
        ),
        postcodes=tuple(
            Postcode(code, Point(lat, lon))
            for code, lat, lon in rows("postcode", "code, latitude, longitude")
        ),
        addresses=tuple(
            Address(saon, paon, street, locality, code, Point(lat, lon) if lat is not None else None)
            for street, paon, saon, locality, code, lat, lon in rows(
                "address", "street, paon, saon, locality, postcode, latitude, longitude"
            )
        ),
        landmarks=tuple(
            Landmark(name, kind, Point(lat, lon), locality, tuple(filter(None, aliases.split(";"))), radius)
            for name, kind, lat, lon, locality, aliases, radius in rows(
                "landmark", "name, kind, latitude, longitude, locality, aliases, radius_m"
            )
        ),
    )
