"""Writes the gazetteer's index: an SQLite file with an R*Tree, made once from a pack and its imports."""

import json
import os
import sqlite3
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from casework.packs import Address, GazetteerSource, Landmark, Pack, Postcode, Street
from geo.imported import imported_path, tile_of, tiles
from geo.importing.streets import with_localities
from geo.indexing import EntryKind, EntryRow, IndexRows, rows_of
from geo.postcodes import tidy
from geo.spellings import marks_of, told
from geo.text import key, split_suffix

FORMAT = 3
"""Goes into the file's name: an index of another format is built anew."""

IN_MEMORY = 20_000
"""Up to so many names, names are kept in dictionaries; beyond, they are asked of SQLite."""

SHORTEST_LANDMARK = 6
"""Shorter names of landmarks are only found as they stand."""

LANDMARKS = "(landmark)"
"""Stands for a last word in the spellings of landmarks, which are compared whole."""

_AT_ONCE = 100_000

MOST_LOCALITY_POINTS = 200_000
"""Points that are kept of all localities together, evenly thinned."""

_SCHEMA = """
CREATE TABLE entry
    (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, locality TEXT, what TEXT, is_line INTEGER,
     radius_m REAL, points TEXT);
CREATE TABLE name (key TEXT, locality TEXT, entry INTEGER, PRIMARY KEY (key, locality, entry)) WITHOUT ROWID;
CREATE TABLE address
    (entry INTEGER, number INTEGER, letter TEXT, latitude REAL, longitude REAL, exact INTEGER);
CREATE TABLE postcode (code TEXT PRIMARY KEY, latitude REAL, longitude REAL) WITHOUT ROWID;
CREATE TABLE settlement (name TEXT, latitude REAL, longitude REAL);
CREATE TABLE locality (name TEXT PRIMARY KEY, points TEXT) WITHOUT ROWID;
CREATE TABLE stem (id INTEGER PRIMARY KEY, stem TEXT);
CREATE TABLE spelling (stem INTEGER, suffix TEXT, entry INTEGER);
CREATE TABLE mark (mark INTEGER, stem INTEGER, PRIMARY KEY (mark, stem)) WITHOUT ROWID;
CREATE TABLE figure (name TEXT PRIMARY KEY, value REAL);
CREATE VIRTUAL TABLE place USING rtree (id, south, north, west, east, +entry INTEGER);
"""
_INDEXES = """
CREATE INDEX address_entry ON address (entry, number);
CREATE INDEX spelling_stem ON spelling (stem, suffix);
CREATE INDEX stem_stem ON stem (stem);
"""


def path_of(pack: Pack, folder: Path) -> Path:
    """Where the index of a pack, with what was imported for it, belongs."""
    imported = imported_path(folder, pack.code)
    stamp = f"-{pack.code}.{imported.stat().st_mtime_ns:x}" if imported.exists() else ""
    return folder / f"gazetteer-{pack.digest[:40]}{stamp}-{FORMAT}.sqlite"


def build(pack: Pack, path: Path) -> None:
    """Build beside the final name and rename: other processes see nothing or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection:
            fill(connection, parts_of(pack, path.parent))
        Path(name).replace(path)
        _remove_older(pack, path)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _remove_older(pack: Pack, path: Path) -> None:
    """An index with imports may be a gigabyte: those that this one takes the place of go."""
    for older in path.parent.glob(f"gazetteer-*-{pack.code}.*.sqlite"):
        if older != path:
            # A process that still has it open keeps it until it is done.
            older.unlink(missing_ok=True)


def parts_of(pack: Pack, folder: Path | None = None) -> Iterator[GazetteerSource]:
    """The pack's places and those that were imported for it, square by square if there are any of those."""
    imported = imported_path(folder, pack.code) if folder else None
    if imported is None or not imported.exists():
        yield pack.gazetteer
        return
    own = _by_tile(pack.gazetteer)
    for tile, found in tiles(imported):
        located = replace(found, streets=tuple(with_localities(found.streets, found.landmarks)))
        yield _joined(own.pop(tile, GazetteerSource()), located)
    yield from own.values()


def _joined(one: GazetteerSource, other: GazetteerSource) -> GazetteerSource:
    return GazetteerSource(
        streets=one.streets + other.streets,
        addresses=one.addresses + other.addresses,
        postcodes=one.postcodes + other.postcodes,
        landmarks=one.landmarks + other.landmarks,
    )


def _by_tile(source: GazetteerSource) -> dict[int, GazetteerSource]:
    """A pack's places by square; an address without coordinates is in its postcode's."""
    squares = {tidy(p.postcode): tile_of(p.point) for p in source.postcodes}
    streets: dict[int, list[Street]] = defaultdict(list)
    for street in source.streets:
        streets[tile_of(street.point)].append(street)
    addresses: dict[int, list[Address]] = defaultdict(list)
    for address in source.addresses:
        known = tile_of(address.point) if address.point else squares.get(tidy(address.postcode), 0)
        addresses[known].append(address)
    postcodes: dict[int, list[Postcode]] = defaultdict(list)
    for postcode in source.postcodes:
        postcodes[tile_of(postcode.point)].append(postcode)
    landmarks: dict[int, list[Landmark]] = defaultdict(list)
    for landmark in source.landmarks:
        landmarks[tile_of(landmark.point)].append(landmark)
    return {
        tile: GazetteerSource(
            tuple(streets[tile]), tuple(addresses[tile]), tuple(postcodes[tile]), tuple(landmarks[tile])
        )
        for tile in sorted({*streets, *addresses, *postcodes, *landmarks})
    }


class Stems:
    """The different stems, numbered as they come.

    ``parted`` are those that have been parted from a last word, and names of landmarks: only these are
    looked for misspelt. "Hazelgrove" is a stem too, for those who write it as one word.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.parted: set[str] = set()

    def number(self, stem: str, suffix: str, entry: EntryRow) -> tuple[int, str, int]:
        """The row of a spelling; a new stem gets its number."""
        if suffix or len(entry.keys) == 1:
            self.parted.add(stem)
        return self.numbers.setdefault(stem, len(self.numbers) + 1), suffix, entry.id


def fill(
    connection: sqlite3.Connection, sources: Iterable[GazetteerSource], names_in_memory: int = IN_MEMORY
) -> None:
    """Write the index of all of the sources into an empty database."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    stems = Stems()
    entries = names = 0
    with connection:
        for source in sources:
            rows = rows_of(source, entries + 1)
            entries += len(rows.entries)
            names += sum(len(entry.keys) for entry in rows.entries)
            _insert(connection, rows, stems)
        connection.executemany(
            "INSERT INTO stem VALUES (?, ?)", ((n, stem) for stem, n in stems.numbers.items())
        )
        if names > names_in_memory:
            _insert_marks(connection, stems)
        _insert_localities(connection)
        connection.execute("INSERT INTO figure SELECT 'names', ?", (names,))
        connection.execute("INSERT INTO figure SELECT 'latitude', avg(south) FROM place")
        connection.execute("INSERT INTO figure SELECT 'longitude', avg(west) FROM place")
        connection.executescript(_INDEXES)


def _insert(connection: sqlite3.Connection, rows: IndexRows, stems: Stems) -> None:
    insert = connection.executemany
    insert("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_entry, rows.entries))
    insert("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", _names(rows.entries))
    insert("INSERT INTO spelling VALUES (?, ?, ?)", _spellings(rows.entries, stems))
    insert(
        "INSERT INTO place (south, north, west, east, entry) VALUES (?, ?, ?, ?, ?)", _places(rows.entries)
    )
    insert("INSERT INTO address VALUES (?, ?, ?, ?, ?, ?)", rows.addresses)
    insert("INSERT OR IGNORE INTO postcode VALUES (?, ?, ?)", sorted(rows.postcodes))
    insert("INSERT INTO settlement VALUES (?, ?, ?)", rows.settlements)


def _entry(entry: EntryRow) -> tuple[object, ...]:
    points = json.dumps([[round(p.latitude, 6), round(p.longitude, 6)] for p in entry.points])
    named = (entry.id, entry.kind, entry.name, entry.locality, entry.what)
    return (*named, entry.is_line, entry.radius_m, points)


def _names(entries: Iterable[EntryRow]) -> Iterator[tuple[str, str, int]]:
    for entry in entries:
        place = key(entry.locality)
        for key_ in entry.keys:
            yield key_, place, entry.id


def _spellings(entries: Iterable[EntryRow], stems: Stems) -> Iterator[tuple[int, str, int]]:
    """Stems by number, with the last word and the entry."""
    for entry in entries:
        for key_ in entry.keys:
            if entry.kind is EntryKind.STREET:
                yield stems.number(*split_suffix(key_), entry)
            elif entry.kind is not EntryKind.STOP and len(key_) >= SHORTEST_LANDMARK:
                yield stems.number(key_.replace(" ", ""), LANDMARKS, entry)


def _places(entries: Iterable[EntryRow]) -> Iterator[tuple[float, float, float, float, int]]:
    for entry in entries:
        for p in entry.points:
            yield p.latitude, p.latitude, p.longitude, p.longitude, entry.id


def _insert_marks(connection: sqlite3.Connection, stems: Stems) -> None:
    """In order: a tree that grows at its end is written once, one that grows all over many times."""
    numbers = array("Q")
    for stem in stems.parted:
        number = told(stems.numbers[stem], stem)
        numbers.extend(mark << 32 | number for mark in marks_of(stem))
    ordered = np.sort(np.frombuffer(numbers, dtype=np.uint64))
    for start in range(0, len(ordered), _AT_ONCE):
        batch = ordered[start : start + _AT_ONCE]
        pairs = zip((batch >> np.uint64(32)).tolist(), (batch & np.uint64(0xFFFFFFFF)).tolist(), strict=True)
        connection.executemany("INSERT OR IGNORE INTO mark VALUES (?, ?)", pairs)


def _insert_localities(connection: sqlite3.Connection) -> None:
    """Each locality with points all over it."""
    count = connection.execute("SELECT count(DISTINCT locality) FROM entry").fetchone()[0]
    most = max(1, MOST_LOCALITY_POINTS // max(1, count))
    found = connection.execute(
        "SELECT e.locality, p.south, p.west FROM entry e JOIN place p ON p.entry = e.id"
        " WHERE e.locality != '' AND e.kind != 'building'"
        " UNION ALL SELECT name, latitude, longitude FROM settlement ORDER BY 1"
    )
    for name, rows in groupby(found, key=lambda row: row[0]):
        points = [(latitude, longitude) for _, latitude, longitude in rows]
        thinned = points[:: -(-len(points) // most)]
        connection.execute("INSERT INTO locality VALUES (?, ?)", (name, json.dumps(thinned)))
