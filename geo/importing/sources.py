"""What an officer names on the command line, as files to read and items to take from them."""

import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geo.importing import openstreetmap, postcode_directory
from geo.importing.refusing import Refused
from geo.importing.tables import TABLES, Table, Thing, rows_of, table_of, text_of

OPENSTREETMAP, PACKAGE, BOUNDARIES = "openstreetmap", "ons-package", "boundaries"
WORD = "postcodes"
"""Names the installed package on the command line."""

TITLES = {
    **{table.name: table.title for table in TABLES},
    OPENSTREETMAP: "OpenStreetMap",
    PACKAGE: "ONS postcodes (installed)",
    BOUNDARIES: "boundaries",
}
"""What each format is called to people."""

_MAPS = (".geojson", ".json", ".gpkg")
_OSM = (".osm", ".pbf", ".osm.gz", ".osm.bz2")
_TABLES = (".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or one within a zip, what it is (a name in ``TITLES``), and its size in bytes."""

    format: str
    path: Path
    size: int
    member: str = ""

    @property
    def name(self) -> str:
        """How it is called in messages."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def identity(self) -> str:
        """Changes when the file does."""
        known = self.path.stat()
        return f"{self.path.resolve()}/{self.member}:{known.st_size}:{known.st_mtime_ns}"


@dataclass(frozen=True, slots=True)
class Item:
    """A row or an element: where it stands, how far that is into the file, and how it is read.

    ``read`` raises Refused or NoPlace.
    """

    where: str
    at: int
    read: Callable[[], Iterable[Thing]]


def _source(format_: str, path: Path) -> Source:
    return Source(format_, path, path.stat().st_size)


def expand(named: str, as_format: str = "") -> list[Source]:
    """The files to read for a file, a zip, a folder or ``WORD``.

    Raises Refused for what is not there or is not known; files of a zip or folder that nothing is
    known about (documents, lists of codes) are left out.
    """
    path = Path(named)
    if named == WORD and not path.exists():
        return [_source(PACKAGE, file) for file in postcode_directory.package_files()]
    if not path.exists():
        raise Refused(f"there is no file called {named}")
    if path.is_dir():
        inside = [file for file in sorted(path.rglob("*")) if file.is_file()]
        found = [s for file in inside for s in _expand_file(file, as_format, quiet=True)]
    else:
        found = _expand_file(path, as_format, quiet=False)
    if not found:
        raise Refused(f"{named} holds nothing that is known here")
    return _without_copies(found)


def _expand_file(path: Path, as_format: str, quiet: bool) -> list[Source]:
    name = path.name.casefold()
    if name.endswith(".zip"):
        return _expand_zip(path, as_format)
    format_ = as_format or _format_of(path)
    if format_ is None and not quiet:
        raise Refused(f"it is not known what {path.name} is; say it with --as")
    return [_source(format_, path)] if format_ else []


def _format_of(path: Path) -> str | None:
    name = path.name.casefold()
    if name.endswith(_MAPS):
        return BOUNDARIES
    if name.endswith(_OSM):
        return OPENSTREETMAP
    if name.endswith(_TABLES):
        with path.open("rb") as stream:
            return _format_of_line(stream.readline(100_000))
    return None


def _format_of_line(line: bytes) -> str | None:
    table = table_of(text_of(line))
    return table.name if table else None


def _expand_zip(path: Path, as_format: str) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            found = []
            for member in sorted(archive.namelist()):
                if member.casefold().endswith(_TABLES):
                    with archive.open(member) as stream:
                        format_ = as_format or _format_of_line(stream.readline(100_000))
                    size = archive.getinfo(member).file_size
                    found += [Source(format_, path, size, member)] if format_ else []
            return found
    except zipfile.BadZipFile:
        raise Refused(f"{path.name} is not a whole zip file; download it again") from None


def _without_copies(found: list[Source]) -> list[Source]:
    """The postcode directory comes whole and cut up by postcode area in one download."""
    whole = [s for s in found if "multi_csv" not in s.member and "multi_csv" not in s.path.parts]
    return whole or found


def items(source: Source) -> Iterator[Item]:
    """The rows or elements of a source. Raises Refused for a file that cannot be read at all."""
    if source.format == OPENSTREETMAP:
        for where, read in openstreetmap.read(source.path):
            yield Item(where, 0, read)
    elif source.format == PACKAGE:
        yield from _package_items(source)
    else:
        table = next(table for table in TABLES if table.name == source.format)
        yield from _table_items(source, table)


def _table_items(source: Source, table: Table) -> Iterator[Item]:
    at = 0

    def counted(lines: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal at
        for line in lines:
            at += len(line)
            yield line

    with closing(_lines(source)) as lines:
        for number, read in enumerate(rows_of(table, counted(lines)), start=1):
            yield Item(f"line {number}", at, read)


def _lines(source: Source) -> Generator[bytes, None, None]:
    if not source.member:
        with source.path.open("rb") as stream:
            yield from stream
        return
    with zipfile.ZipFile(source.path) as archive, archive.open(source.member) as member:
        yield from member


def _package_items(source: Source) -> Iterator[Item]:
    for number, row in enumerate(postcode_directory.package_rows(source.path), start=1):
        yield Item(f"row {number}", 0, lambda row=row: postcode_directory.read_package_row(row))  # type: ignore[misc]
