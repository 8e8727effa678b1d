"""NaPTAN: bus stops, stations, taxi ranks and ferries of Great Britain."""

from collections.abc import Iterator, Mapping

from casework.packs import Landmark
from casework.places import Point
from geo.importing.points import from_degrees, from_grid
from geo.importing.refusing import NoPlace
from geo.importing.writing import name

NEEDED = frozenset({"atcocode", "commonname", "stoptype"})

KINDS = {
    "BCT": "bus_stop",
    "BCS": "bus_stop",
    "BCQ": "bus_stop",
    "BST": "bus_station",
    "BCE": "bus_station",
    "RLY": "station",
    "RSE": "station",
    "MET": "station",
    "PLT": "tram_stop",
    "TMU": "tram_stop",
    "FER": "ferry",
    "FTD": "ferry",
    "TXR": "taxi_rank",
    "STR": "taxi_rank",
    "GAT": "airport",
    "AIR": "airport",
}
"""By stop type; platforms and other insides of stations are left out."""

GONE = frozenset({"inactive", "ina", "del"})


def read(row: Mapping[str, str]) -> Iterator[Landmark]:
    """The stop of a row."""
    kind = KINDS.get(row["stoptype"].strip().upper())
    if kind is None or row.get("status", "").strip().casefold() in GONE:
        raise NoPlace
    called = name(row["commonname"], "CommonName")
    yield Landmark(called, kind, _point(row), row.get("localityname", "").strip())


def _point(row: Mapping[str, str]) -> Point:
    if row.get("latitude", "").strip():
        return from_degrees(row["latitude"], row.get("longitude", ""))
    return from_grid(row.get("easting", ""), row.get("northing", ""))
