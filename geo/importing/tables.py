"""The CSV sources: which is which, and their rows one by one with the lines they stand on."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.packs import Address, Landmark, Postcode, Street
from geo.importing import code_point, naptan, open_names, postcode_directory, price_paid
from geo.importing.refusing import Refused

Thing = Street | Address | Postcode | Landmark
Read = Callable[[Mapping[str, str]], Iterator[Thing]]


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of CSV: known by the names in its first line, or by the look of its rows.

    ``columns`` are given for files without a first line that names them.
    """

    name: str
    title: str
    read: Read
    needed: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    looks: tuple[tuple[str, str], ...] = ()
    """Columns and what their cells look like."""

    def fits(self, cells: Sequence[str]) -> bool:
        """True if these can be the cells of the file's first line."""
        named = {cell.strip().casefold() for cell in cells}
        if self.needed and self.needed <= named:
            return True
        if not self.columns or len(cells) != len(self.columns):
            return False
        row = dict(zip(self.columns, cells, strict=True))
        return self.is_header(cells) or all(re.fullmatch(look, row[c].strip()) for c, look in self.looks)

    def is_header(self, cells: Sequence[str]) -> bool:
        """True if the cells are the names of the columns."""
        named = tuple(cell.strip().casefold() for cell in cells)
        return self.needed <= frozenset(named) if self.needed else named == self.columns


TABLES: tuple[Table, ...] = (
    Table(
        "os-open-names",
        "OS Open Names",
        open_names.read,
        columns=open_names.COLUMNS,
        looks=(("geometry_x", r"[0-9.]+"), ("geometry_y", r"[0-9.]+"), ("type", r"[A-Za-z]+")),
    ),
    Table(
        "code-point-open",
        "OS Code-Point Open",
        code_point.read,
        columns=code_point.COLUMNS,
        looks=(("postcode", r"[A-Z]{1,2}[0-9][A-Z0-9]? *[0-9][A-Z]{2}"), ("eastings", r"[0-9]+")),
    ),
    Table(
        "ons-postcodes",
        "ONS Postcode Directory",
        postcode_directory.read,
        needed=postcode_directory.NEEDED,
    ),
    Table(
        "price-paid",
        "HM Land Registry price paid",
        price_paid.read,
        columns=price_paid.COLUMNS,
        looks=(("transaction", r"\{[0-9A-Fa-f-]+\}"), ("price", r"[0-9]+")),
    ),
    Table("naptan", "NaPTAN stops", naptan.read, needed=naptan.NEEDED),
)


def table_of(first_line: str) -> Table | None:
    """Which kind of CSV begins with this line."""
    try:
        cells = cells_of(first_line)
    except Refused:
        return None
    return next((table for table in TABLES if table.fits(cells)), None)


def cells_of(line: str) -> list[str]:
    """The cells of one line. Raises Refused where it cannot be read.

    A row of these sources is a line: a quotation mark without its partner spoils no other row.
    """
    if line.count('"') % 2:
        raise Refused("there is a quotation mark without its partner")
    try:
        return next(csv.reader((line,)), [])
    except csv.Error as error:
        raise Refused(f"the row cannot be read ({error})") from None


def text_of(line: bytes) -> str:
    """A line as text: UTF-8, or else as Windows wrote it."""
    try:
        return line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace").rstrip("\r\n")


def rows_of(table: Table, lines: Iterable[bytes]) -> Iterator[Callable[[], Iterable[Thing]]]:
    """A call for each line, blank ones too, that gives its places or raises Refused or NoPlace."""
    columns: Sequence[str] = table.columns
    for number, line in enumerate(lines):
        text = text_of(line)
        if number == 0 and table.is_header(cells := _header(text)):
            columns = [cell.strip().casefold() for cell in cells]
            text = ""
        yield _reading(table, columns, text)


def _header(text: str) -> list[str]:
    try:
        return cells_of(text)
    except Refused:
        return []


def _reading(table: Table, columns: Sequence[str], text: str) -> Callable[[], Iterable[Thing]]:
    def read() -> Iterable[Thing]:
        if not text.strip():
            return ()
        cells = cells_of(text)
        if len(cells) != len(columns):
            raise Refused(f"the row has {len(cells)} cells, not {len(columns)}")
        return tuple(table.read(dict(zip(columns, cells, strict=True))))

    return read
