"""What an import has read so far: an SQLite file that a killed import goes on from.

The same file, finished, is what a gazetteer too large for a pack's CSV files is built from.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.packs import Address, GazetteerSource, Landmark, Postcode, Street
from casework.places import Point
from geo.imported import KINDS, gathered, tile_of, wkt
from geo.importing.refusing import Refused
from geo.importing.sources import Source
from geo.importing.tables import Thing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source
    (identity TEXT PRIMARY KEY, name TEXT, format TEXT, items INTEGER, finished INTEGER,
     taken INTEGER, outside INTEGER, refused INTEGER);
CREATE TABLE IF NOT EXISTS street
    (format TEXT, tile INTEGER, name TEXT, locality TEXT, latitude REAL, longitude REAL, line TEXT);
CREATE TABLE IF NOT EXISTS postcode
    (format TEXT, tile INTEGER, code TEXT, latitude REAL, longitude REAL);
CREATE TABLE IF NOT EXISTS address
    (format TEXT, tile INTEGER, saon TEXT, paon TEXT, street TEXT, locality TEXT, postcode TEXT,
     latitude REAL, longitude REAL);
CREATE TABLE IF NOT EXISTS landmark
    (format TEXT, tile INTEGER, name TEXT, kind TEXT, latitude REAL, longitude REAL, locality TEXT,
     aliases TEXT, radius_m REAL);
CREATE TABLE IF NOT EXISTS refused (source TEXT, place TEXT, reason TEXT);
"""


@dataclass(slots=True)
class Counts:
    """How a source was read."""

    items: int = 0
    taken: int = 0
    outside: int = 0
    refused: int = 0


@dataclass(slots=True)
class Batch:
    """What is written in one transaction."""

    things: list[Thing] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


class Staging:
    """An import's file. One process at a time: another gets Refused.

    ``terms`` say what is taken of a source: what was read on other terms is read again.
    """

    def __init__(self, path: Path, terms: str = "") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._terms = terms
        self._connection = sqlite3.connect(path, timeout=0.5)
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
        except sqlite3.OperationalError:
            self._connection.close()
            raise Refused("another import for this pack is running; wait until it is done") from None
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise Refused(f"{path} is broken ({error}); delete it and give the command again") from None

    @classmethod
    def open(cls, path: Path, published: Path, adds: bool, terms: str) -> "Staging":
        """The file of an import that was interrupted, or a new one.

        If ``adds``, a new one starts with what was published before.
        """
        if adds and published.exists() and not path.exists():
            copy = path.with_name(path.name + ".copy")
            shutil.copyfile(published, copy)
            copy.replace(path)
        return cls(path, terms)

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def publish(self, path: Path) -> Path:
        """Finish the file and put it where the gazetteer looks for it."""
        self.finish()
        self._close()
        return self.path.replace(path)

    def discard(self) -> None:
        """Take the file away: what was in it is elsewhere now."""
        self._close()
        self.path.unlink()

    def _close(self) -> None:
        """Let go of the file, all in one piece."""
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def _identity(self, source: Source) -> str:
        return f"{source.identity}|{self._terms}"

    def progress(self, source: Source) -> tuple[Counts, bool]:
        """How far this source was read before, and whether to its end."""
        row = self._connection.execute(
            "SELECT items, taken, outside, refused, finished FROM source WHERE identity = ?",
            (self._identity(source),),
        ).fetchone()
        return (Counts(*row[:4]), bool(row[4])) if row else (Counts(), False)

    def drop_others(self, sources: Sequence[Source]) -> None:
        """Forget what earlier imports took from other files of these formats, or did not finish."""
        formats = {source.format for source in sources}
        kept = {self._identity(source) for source in sources}
        known = self._connection.execute("SELECT identity, format, finished FROM source").fetchall()
        stale = {f for i, f, finished in known if i not in kept and (f in formats or not finished)}
        with self._connection:
            for format_ in stale:
                self._forget(format_)

    def _forget(self, format_: str) -> None:
        for kind in KINDS:
            self._connection.execute(f"DELETE FROM {kind} WHERE format = ?", (format_,))
        self._connection.execute("DELETE FROM source WHERE format = ?", (format_,))

    def write(self, source: Source, batch: Batch, counts: Counts, finished: bool) -> None:
        """Keep a batch, and how far that was, in one transaction."""
        with self._connection as connection:
            for kind, rows in _rows(source.format, batch.things).items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {kind} VALUES ({marks})", rows)
            connection.executemany(
                "INSERT INTO refused VALUES (?, ?, ?)",
                [(source.name, where, reason) for where, reason in batch.refused],
            )
            connection.execute(
                "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._identity(source),
                    source.name,
                    source.format,
                    counts.items,
                    finished,
                    counts.taken,
                    counts.outside,
                    counts.refused,
                ),
            )

    def finish(self) -> None:
        """Give addresses without coordinates their postcode's square, and make reading by squares quick."""
        with self._connection as connection:
            connection.execute("DELETE FROM refused")
            connection.execute("CREATE INDEX IF NOT EXISTS postcode_code ON postcode (code)")
            connection.execute(
                "UPDATE address SET tile = (SELECT p.tile FROM postcode p WHERE p.code = address.postcode)"
                " WHERE tile IS NULL"
            )
            for kind in KINDS:
                connection.execute(f"CREATE INDEX IF NOT EXISTS {kind}_tile ON {kind} (tile)")

    def postcodes(self) -> frozenset[str]:
        """The postcodes that were taken."""
        return frozenset(code for (code,) in self._connection.execute("SELECT code FROM postcode"))

    def refused(self) -> list[tuple[str, str, str]]:
        """Source, place and reason of everything that was not taken because it is wrong."""
        return self._connection.execute("SELECT source, place, reason FROM refused ORDER BY rowid").fetchall()

    def formats(self, kind: str) -> list[str]:
        """The formats that have something of that kind."""
        return [f for (f,) in self._connection.execute(f"SELECT DISTINCT format FROM {kind} ORDER BY 1")]

    def source_of(self, format_: str) -> GazetteerSource:
        """Everything of one format, each thing once."""
        return gathered(self._connection, "format = ?", format_)


def _street(format_: str, street: Street) -> tuple[object, ...]:
    place = street.point
    return (format_, tile_of(place), street.name, street.locality, *_at(place), wkt(street.line))


def _postcode(format_: str, postcode: Postcode) -> tuple[object, ...]:
    return (format_, tile_of(postcode.point), postcode.postcode, *_at(postcode.point))


def _address(format_: str, address: Address) -> tuple[object, ...]:
    named = (address.saon, address.paon, address.street, address.locality, address.postcode)
    if address.point is None:
        return (format_, None, *named, None, None)
    return (format_, tile_of(address.point), *named, *_at(address.point))


def _landmark(format_: str, landmark: Landmark) -> tuple[object, ...]:
    place = (tile_of(landmark.point), landmark.name, landmark.kind, *_at(landmark.point))
    return (format_, *place, landmark.locality, ";".join(landmark.aliases), landmark.radius_m)


def _rows(format_: str, things: Iterable[Thing]) -> Mapping[str, list[tuple[object, ...]]]:
    """The rows of things by table."""
    rows: dict[str, list[tuple[object, ...]]] = {kind: [] for kind in KINDS}
    for thing in things:
        match thing:
            case Street():
                rows["street"].append(_street(format_, thing))
            case Postcode():
                rows["postcode"].append(_postcode(format_, thing))
            case Address():
                rows["address"].append(_address(format_, thing))
            case Landmark():
                rows["landmark"].append(_landmark(format_, thing))
    return rows


def _at(point: Point) -> tuple[float, float]:
    return point.latitude, point.longitude
