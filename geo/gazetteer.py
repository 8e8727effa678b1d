"""The names of places of one pack and where they are: an SQLite index made once from the pack.

Streets, landmarks and named buildings are *entries*: a name, a locality and points. Names are
found by their key (``geo.text.key``), misspelt ones by their stem, addresses and postcodes by
value, neighbours by an R*Tree.
"""

import json
import os
import sqlite3
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.packs import Pack
from casework.places import Point, distance_m
from geo.areas import degrees_around
from geo.indexing import EntryKind, EntryRow, IndexRows, rows_of
from geo.text import split_suffix

FORMAT = 2
"""Goes into the file's name: an index of another format is built anew."""

SHORTEST_LANDMARK = 6
"""Shorter names of landmarks are only found as they stand."""

IN_MEMORY = 200_000
"""Up to so many names, names are kept in dictionaries; beyond, they are asked of SQLite."""

_SCHEMA = """
CREATE TABLE entry
    (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, locality TEXT, is_line INTEGER, points TEXT);
CREATE TABLE name (key TEXT, stem TEXT, suffix TEXT, entry INTEGER);
CREATE TABLE address
    (entry INTEGER, number INTEGER, letter TEXT, latitude REAL, longitude REAL, exact INTEGER);
CREATE TABLE postcode (code TEXT PRIMARY KEY, latitude REAL, longitude REAL) WITHOUT ROWID;
CREATE VIRTUAL TABLE place USING rtree (id, south, north, west, east, +entry INTEGER);
CREATE VIRTUAL TABLE spelling USING fts5 (stem, entry UNINDEXED, suffix UNINDEXED, tokenize = 'trigram');
"""
_INDEXES = """
CREATE INDEX name_key ON name (key);
CREATE INDEX address_entry ON address (entry, number);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A named place; ``points`` follow the line if ``is_line``, else they are known points of it."""

    id: int
    kind: EntryKind
    name: str
    locality: str
    points: tuple[Point, ...]
    is_line: bool


@dataclass(frozen=True, slots=True)
class Numbered:
    """A house number's place; ``exact`` if the source had a point, else its postcode's centroid."""

    number: int
    letter: str
    point: Point
    exact: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry whose name is spelt nearly so: ``edits`` letters differ in the stem."""

    entry: Entry
    suffix: str
    edits: int


LANDMARKS = "(landmark)"
"""Stands for a last word in the spellings of landmarks, which are compared whole."""


class Gazetteer:
    """One pack's places. Reads only after opening: safe for threads and processes."""

    def __init__(
        self, connection: sqlite3.Connection, jurisdiction: str, names_in_memory: int = IN_MEMORY
    ) -> None:
        self.jurisdiction = jurisdiction
        self._connection = connection
        self._lock = threading.Lock()
        self._entries: dict[int, Entry] = {}
        self._keys: dict[str, tuple[int, ...]] = {}
        self._small = self._one("SELECT count(*) FROM name")[0] <= names_in_memory
        if self._small:
            self._load()

    @classmethod
    def open(cls, pack: Pack, folder: Path) -> "Gazetteer":
        """The pack's index in that folder, built first if it is not there.

        A broken file is built anew; where the folder cannot be written the index is in memory.
        """
        path = folder / f"gazetteer-{pack.digest[:40]}-{FORMAT}.sqlite"
        with suppress(OSError, sqlite3.Error):
            return cls._from_file(pack, path)
        with suppress(OSError, sqlite3.Error):
            path.unlink(missing_ok=True)
            return cls._from_file(pack, path)
        return cls.in_memory(pack)

    @classmethod
    def _from_file(cls, pack: Pack, path: Path) -> "Gazetteer":
        if not path.exists():
            _build_file(pack, path)
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            return cls(connection, pack.code)
        except sqlite3.Error:
            connection.close()
            raise

    @classmethod
    def in_memory(cls, pack: Pack, names_in_memory: int = IN_MEMORY) -> "Gazetteer":
        """The pack's index without a file."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, rows_of(pack.gazetteer))
        return cls(connection, pack.code, names_in_memory)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def named(self, keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """The entries of those of the keys that are names."""
        if self._small:
            return {k: tuple(self._entries[i] for i in self._keys[k]) for k in keys if k in self._keys}
        wanted = json.dumps(list(keys))
        found: dict[str, set[int]] = defaultdict(set)
        for key_, entry in self._all(
            "SELECT key, entry FROM name WHERE key IN (SELECT value FROM json_each(?))", wanted
        ):
            found[key_].add(entry)
        return {k: tuple(self.entry(i) for i in sorted(ids)) for k, ids in found.items()}

    def similar(self, stem: str, suffix: str | None, edits: int) -> list[Similar]:
        """Streets spelt like this, nearest first: at most ``edits`` letters of the stem differ.

        ``suffix`` is the compared last word ("rd"), None for any.
        """
        spelt = self._spelt_like(stem, suffix, edits)
        return sorted(spelt, key=lambda s: (s.edits, s.entry.id))

    def similar_landmarks(self, joined: str, edits: int) -> list[Similar]:
        """Landmarks and buildings spelt like this with all spaces left out, nearest first."""
        return sorted(self._spelt_like(joined, LANDMARKS, edits), key=lambda s: (s.edits, s.entry.id))

    def starting(self, stem: str) -> list[Similar]:
        """Streets whose name without its last word is exactly this (spaces left out)."""
        return self.similar(stem, None, 0)

    def entry(self, number: int) -> Entry:
        """The entry of that id."""
        held = self._entries.get(number)
        return held or _entry(
            self._one("SELECT id, kind, name, locality, is_line, points FROM entry WHERE id = ?", number)
        )

    def numbered(self, entry: Entry) -> tuple[Numbered, ...]:
        """The known house numbers of a street, ascending."""
        rows = self._all(
            "SELECT number, letter, latitude, longitude, exact FROM address WHERE entry = ?"
            " ORDER BY number, letter, exact DESC",
            entry.id,
        )
        return tuple(Numbered(n, letter, Point(lat, lon), bool(exact)) for n, letter, lat, lon, exact in rows)

    def postcode(self, code: str) -> Point | None:
        """The centroid of a whole tidy postcode."""
        row = self._first("SELECT latitude, longitude FROM postcode WHERE code = ?", code)
        return Point(*row) if row else None

    def postcodes_under(self, part: str, limit: int = 400) -> tuple[Point, ...]:
        """Centroids of the postcodes of a sector "AB1 2" or district "AB1", evenly thinned to ``limit``."""
        first = part if " " in part else part + " "
        rows = self._all(
            "SELECT latitude, longitude FROM postcode WHERE code >= ? AND code < ?", first, first + "\x7f"
        )
        step = max(1, len(rows) // limit)
        return tuple(Point(*row) for row in rows[::step])

    def near(self, point: Point, metres: float) -> list[tuple[float, Entry]]:
        """Entries with a known point within that distance, nearest first, metres."""
        high, wide = degrees_around(point, metres)
        rows = self._all(
            "SELECT DISTINCT entry FROM place WHERE south >= ? AND north <= ? AND west >= ? AND east <= ?",
            point.latitude - high,
            point.latitude + high,
            point.longitude - wide,
            point.longitude + wide,
        )
        entries = (self.entry(i) for (i,) in rows)
        distances = [(min(distance_m(point, p) for p in e.points), e) for e in entries]
        return sorted((d for d in distances if d[0] <= metres), key=lambda d: (d[0], d[1].id))

    @cached_property
    def localities(self) -> dict[str, tuple[Point, ...]]:
        """The localities that streets and landmarks name, with known points in each."""
        rows = self._all(
            "SELECT e.locality, p.south, p.west FROM entry e JOIN place p ON p.entry = e.id"
            " WHERE e.locality != '' AND e.kind != 'building'"
        )
        found: dict[str, list[Point]] = defaultdict(list)
        for locality, latitude, longitude in rows:
            found[locality].append(Point(latitude, longitude))
        return {name: tuple(points) for name, points in found.items()}

    @cached_property
    def centre(self) -> Point | None:
        """The middle of all streets, None where there are none."""
        row = self._first("SELECT avg(south), avg(west) FROM place")
        return Point(*row) if row and row[0] is not None else None

    def _spelt_like(self, stem: str, suffix: str | None, edits: int) -> list[Similar]:
        if not self._small:
            return self._spelt_like_by_trigrams(stem, suffix, edits)
        stems, held = self._stems_by_suffix.get(suffix, ((), ()))
        found = process.extract(stem, stems, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=8)
        return [
            Similar(self._entries[i], suffix_, int(distance))
            for _, distance, place in found
            for i, suffix_ in held[place]
        ]

    def _spelt_like_by_trigrams(self, stem: str, suffix: str | None, edits: int) -> list[Similar]:
        grams = " OR ".join(f'"{stem[i : i + 3]}"' for i in range(max(1, len(stem) - 2)))
        rows = self._all(
            "SELECT stem, entry, suffix FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT 60", grams
        )
        fitting = [row for row in rows if row[2] == suffix or (suffix is None and row[2] != LANDMARKS)]
        near = [(OSA.distance(stem, s, score_cutoff=edits), i, x) for s, i, x in fitting]
        return [Similar(self.entry(i), x, d) for d, i, x in near if d <= edits]

    @cached_property
    def _stems_by_suffix(
        self,
    ) -> dict[str | None, tuple[tuple[str, ...], tuple[tuple[tuple[int, str], ...], ...]]]:
        rows = self._all("SELECT stem, suffix, entry FROM spelling ORDER BY rowid")
        grouped: dict[str | None, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for stem, suffix, entry in rows:
            grouped[suffix][stem].append((entry, suffix))
            if suffix != LANDMARKS:
                grouped[None][stem].append((entry, suffix))
        return {s: (tuple(by), tuple(tuple(v) for v in by.values())) for s, by in grouped.items()}

    def _load(self) -> None:
        for row in self._all("SELECT id, kind, name, locality, is_line, points FROM entry"):
            self._entries[row[0]] = _entry(row)
        keys: dict[str, list[int]] = defaultdict(list)
        for key_, entry in self._all("SELECT DISTINCT key, entry FROM name ORDER BY entry"):
            keys[key_].append(entry)
        self._keys = {k: tuple(ids) for k, ids in keys.items()}
        _ = self._stems_by_suffix

    def _all(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _first(self, sql: str, *values: object) -> tuple | None:  # type: ignore[type-arg]
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _one(self, sql: str, *values: object) -> tuple:  # type: ignore[type-arg]
        return self._all(sql, *values)[0]


def _entry(row: Sequence) -> Entry:  # type: ignore[type-arg]
    points = tuple(Point(lat, lon) for lat, lon in json.loads(row[5]))
    return Entry(row[0], EntryKind(row[1]), row[2], row[3], points, bool(row[4]))


def _build_file(pack: Pack, path: Path) -> None:
    """Build beside the final name and rename: other processes see nothing or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        try:
            _fill(connection, rows_of(pack.gazetteer))
        finally:
            connection.close()
        Path(name).replace(path)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _fill(connection: sqlite3.Connection, rows: IndexRows) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    with connection:
        for entry in rows.entries:
            _insert_entry(connection, entry)
        connection.executemany("INSERT INTO address VALUES (?, ?, ?, ?, ?, ?)", rows.addresses)
        connection.executemany("INSERT OR IGNORE INTO postcode VALUES (?, ?, ?)", rows.postcodes)
        connection.executescript(_INDEXES)


def _insert_entry(connection: sqlite3.Connection, entry: EntryRow) -> None:
    points = json.dumps([[round(p.latitude, 6), round(p.longitude, 6)] for p in entry.points])
    connection.execute(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
        (entry.id, entry.kind, entry.name, entry.locality, entry.is_line, points),
    )
    for key_ in entry.keys:
        stem, suffix = split_suffix(key_)
        connection.execute("INSERT INTO name VALUES (?, ?, ?, ?)", (key_, stem, suffix, entry.id))
        if entry.kind is EntryKind.STREET:
            connection.execute("INSERT INTO spelling VALUES (?, ?, ?)", (stem, entry.id, suffix))
        elif entry.kind is not EntryKind.STOP and len(key_) >= SHORTEST_LANDMARK:
            joined = key_.replace(" ", "")
            connection.execute("INSERT INTO spelling VALUES (?, ?, ?)", (joined, entry.id, LANDMARKS))
    connection.executemany(
        "INSERT INTO place (south, north, west, east, entry) VALUES (?, ?, ?, ?, ?)",
        [(p.latitude, p.latitude, p.longitude, p.longitude, entry.id) for p in entry.points],
    )
