"""The names of places of one pack and where they are: an SQLite index made once from the pack.

Streets, landmarks and named buildings are *entries*: a name, a locality and points. Names are
found by their key (``geo.text.key``), misspelt ones by their stem, addresses and postcodes by
value, neighbours by an R*Tree.
"""

import heapq
import json
import math
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.packs import Pack
from casework.places import Point, distance_m
from geo.areas import degrees_around
from geo.index_file import IN_MEMORY, LANDMARKS, build, fill, path_of
from geo.indexing import STEP_M, EntryKind
from geo.spellings import LENGTHS, marks_for

MOST_NAMESAKES = 60
"""Entries that are given of one name: there are thousands of High Streets, and "which one?" is the answer."""

NEAREST = 8
"""Spellings that are given of a misspelt name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A named place; ``points`` follow the line if ``is_line``, else they are known points of it.

    ``what`` is a landmark's kind as the pack has it ("pub"); ``radius_m`` how large it is, 0 if not known.
    """

    id: int
    kind: EntryKind
    name: str
    locality: str
    points: tuple[Point, ...]
    is_line: bool
    what: str = ""
    radius_m: float = 0.0


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
        self._small = self._one("SELECT value FROM figure WHERE name = 'names'")[0] <= names_in_memory
        if self._small:
            self._load()

    @classmethod
    def open(cls, pack: Pack, folder: Path) -> "Gazetteer":
        """The pack's index in that folder, built first if it is not there.

        A broken file is built anew; where the folder cannot be written the index is in memory.
        """
        path = path_of(pack, folder)
        with suppress(OSError, sqlite3.Error):
            return cls._from_file(pack, path)
        with suppress(OSError, sqlite3.Error):
            path.unlink(missing_ok=True)
            return cls._from_file(pack, path)
        return cls.in_memory(pack)

    @classmethod
    def _from_file(cls, pack: Pack, path: Path) -> "Gazetteer":
        if not path.exists():
            build(pack, path)
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
        fill(connection, [pack.gazetteer], names_in_memory)
        return cls(connection, pack.code, names_in_memory)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def named(self, keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """The entries of those of the keys that are names."""
        if self._small:
            return {k: tuple(self._entries[i] for i in self._keys[k]) for k in keys if k in self._keys}
        return self._named_by_sql(list(keys))

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
        return held or _entry(self._one(f"SELECT {_COLUMNS} FROM entry WHERE id = ?", number))

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
        # A line passes between two of its points.
        high, wide = degrees_around(point, metres + STEP_M)
        rows = self._all(
            "SELECT DISTINCT entry FROM place WHERE south >= ? AND north <= ? AND west >= ? AND east <= ?",
            point.latitude - high,
            point.latitude + high,
            point.longitude - wide,
            point.longitude + wide,
        )
        entries = (self.entry(i) for (i,) in rows)
        distances = [(distance_to(e, point), e) for e in entries]
        return sorted((d for d in distances if d[0] <= metres), key=lambda d: (d[0], d[1].id))

    @cached_property
    def localities(self) -> dict[str, tuple[Point, ...]]:
        """The localities that streets and landmarks name, with known points in each."""
        rows = self._all("SELECT name, points FROM locality")
        return {name: tuple(Point(*point) for point in json.loads(points)) for name, points in rows}

    @cached_property
    def centre(self) -> Point | None:
        """The middle of all streets, None where there are none."""
        figures = dict(self._all("SELECT name, value FROM figure"))
        latitude, longitude = figures["latitude"], figures["longitude"]
        return Point(latitude, longitude) if latitude is not None else None

    def _spelt_like(self, stem: str, suffix: str | None, edits: int) -> list[Similar]:
        if not self._small:
            return self._spelt_like_by_marks(stem, suffix, edits)
        stems, held = self._stems_by_suffix.get(suffix, ((), ()))
        found = process.extract(
            stem, stems, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=NEAREST
        )
        return [
            Similar(self._entries[i], suffix_, int(distance))
            for _, distance, place in found
            for i, suffix_ in held[place]
        ]

    def _named_by_sql(self, keys: list[str]) -> dict[str, tuple[Entry, ...]]:
        asked = json.dumps(keys)
        known = self._all(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM name WHERE key = value)", asked
        )
        return {key_: self._namesakes(key_, asked) for (key_,) in known}

    def _namesakes(self, key_: str, asked: str) -> tuple[Entry, ...]:
        """The entries of a name; of very many, those whose locality is asked for too come first."""
        query = f"SELECT {_COLUMNS} FROM name JOIN entry ON entry.id = name.entry WHERE key = ?"
        rows = self._all(f"{query} LIMIT {MOST_NAMESAKES + 1}", key_)
        if len(rows) > MOST_NAMESAKES:
            near = f"{query} AND name.locality IN (SELECT value FROM json_each(?)) LIMIT {MOST_NAMESAKES}"
            rows = (self._all(near, key_, asked) + rows)[:MOST_NAMESAKES]
        entries = {row[0]: _entry(row) for row in rows}
        return tuple(entries[number] for number in sorted(entries))

    def _spelt_like_by_marks(self, stem: str, suffix: str | None, edits: int) -> list[Similar]:
        if edits:
            found = self._all(
                "SELECT id, stem FROM stem WHERE id IN (SELECT stem / :lengths FROM mark"
                " WHERE mark IN (SELECT value FROM json_each(:marks))"
                " AND stem % :lengths BETWEEN :shortest AND :longest)",
                {
                    "marks": json.dumps(list(marks_for(stem, edits))),
                    "lengths": LENGTHS,
                    "shortest": len(stem) - edits,
                    "longest": len(stem) + edits,
                },
            )
        else:
            found = self._all("SELECT id, stem FROM stem WHERE stem = ?", stem)
        near = ((OSA.distance(stem, s, score_cutoff=edits), number) for number, s in found)
        best = heapq.nsmallest(3 * NEAREST, (d for d in near if d[0] <= edits))
        held = ((self._entries_spelt(number, suffix), distance) for distance, number in best)
        spelt = [(entries, distance) for entries, distance in held if entries][:NEAREST]
        return [Similar(entry, x, distance) for entries, distance in spelt for entry, x in entries]

    def _entries_spelt(self, stem: int, suffix: str | None) -> list[tuple[Entry, str]]:
        wanted, values = ("suffix = ?", (suffix,)) if suffix else ("suffix != ?", (LANDMARKS,))
        rows = self._all(
            f"SELECT spelling.suffix, {_COLUMNS} FROM spelling JOIN entry ON entry.id = spelling.entry"
            f" WHERE spelling.stem = ? AND spelling.{wanted} LIMIT {MOST_NAMESAKES}",
            stem,
            *values,
        )
        return [(_entry(row[1:]), row[0]) for row in rows]

    @cached_property
    def _stems_by_suffix(
        self,
    ) -> dict[str | None, tuple[tuple[str, ...], tuple[tuple[tuple[int, str], ...], ...]]]:
        rows = self._all(
            "SELECT stem.stem, suffix, entry FROM spelling JOIN stem ON stem.id = spelling.stem"
            " ORDER BY spelling.rowid"
        )
        grouped: dict[str | None, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for stem, suffix, entry in rows:
            grouped[suffix][stem].append((entry, suffix))
            if suffix != LANDMARKS:
                grouped[None][stem].append((entry, suffix))
        return {s: (tuple(by), tuple(tuple(v) for v in by.values())) for s, by in grouped.items()}

    def _load(self) -> None:
        for row in self._all(f"SELECT {_COLUMNS} FROM entry"):
            self._entries[row[0]] = _entry(row)
        keys: dict[str, list[int]] = defaultdict(list)
        for key_, entry in self._all("SELECT DISTINCT key, entry FROM name ORDER BY entry"):
            keys[key_].append(entry)
        self._keys = {k: tuple(ids) for k, ids in keys.items()}
        _ = self._stems_by_suffix

    def _all(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        """The rows; the only value may be a mapping of names."""
        named = values[0] if values and isinstance(values[0], dict) else values
        with self._lock:
            return self._connection.execute(sql, named).fetchall()

    def _first(self, sql: str, *values: object) -> tuple | None:  # type: ignore[type-arg]
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _one(self, sql: str, *values: object) -> tuple:  # type: ignore[type-arg]
        return self._all(sql, *values)[0]


def distance_to(entry: Entry, point: Point) -> float:
    """Metres from a point to the nearest part of an entry: of its line, if it has one."""
    nearest = min(distance_m(point, p) for p in entry.points)
    if not entry.is_line or nearest > 2 * STEP_M:
        return nearest
    pieces = ((a, b) for a, b in pairwise(entry.points) if distance_m(a, b) <= 1.5 * STEP_M)
    return min(nearest, *(_distance_to_piece(point, a, b) for a, b in pieces))


def _distance_to_piece(point: Point, a: Point, b: Point) -> float:
    """Metres to a short straight piece of a line."""
    narrowing = math.cos(math.radians(point.latitude))
    along, up = (b.longitude - a.longitude) * narrowing, b.latitude - a.latitude
    to_x, to_y = (point.longitude - a.longitude) * narrowing, point.latitude - a.latitude
    length = along * along + up * up
    part = min(1.0, max(0.0, (to_x * along + to_y * up) / length)) if length else 0.0
    nearest = Point(a.latitude + up * part, a.longitude + (b.longitude - a.longitude) * part)
    return distance_m(point, nearest)


_COLUMNS = "entry.id, kind, name, entry.locality, points, is_line, what, radius_m"


def _entry(row: Sequence) -> Entry:  # type: ignore[type-arg]
    points = tuple(Point(lat, lon) for lat, lon in json.loads(row[4]))
    return Entry(row[0], EntryKind(row[1]), row[2], row[3], points, bool(row[5]), row[6], row[7])
