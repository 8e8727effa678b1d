"""CSV files: their rows as entries with lines, however a spreadsheet wrote them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from config.entries import Listing, Placed, fit, names, needed, words_in
from config.faults import Faults, did_you_mean, listed
from config.schema import Entry
from config.texts import decode

E = TypeVar("E", bound=Entry)

DELIMITERS = ",;\t"
MOST_FAULTS = 100
"""Faulty rows that are listed for one file; the others are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, with its cells by column; empty cells are left out."""

    line: int
    cells: Mapping[str, object]


@dataclass(slots=True)
class Rows:
    """The lines of a table; ``faulty`` are the cells of those with too many or too few."""

    sound: list[Row] = field(default_factory=list)
    faulty: list[list[str]] = field(default_factory=list)
    whole: bool = True


def read_table(file: str, content: bytes | None, model: type[E], faults: Faults) -> Listing[E]:
    """The rows; no content is taken for a file that is missing and was said to be."""
    if content is None:
        return Listing(whole=False)
    rows = read_rows(file, decode(file, content, faults), model, faults)
    entries = tuple(_entries(file, rows.sound, model, faults))
    sound = {entry.line for entry in entries}
    faulty = [list(row.cells.values()) for row in rows.sound if row.line not in sound]
    return Listing(entries, words_in([*faulty, *rows.faulty]), rows.whole)


def read_rows(file: str, text: str, model: type[Entry], faults: Faults) -> Rows:
    """The rows by the columns of the class."""
    found = Rows()
    lines = _lines(file, text.removeprefix("\ufeff"), found, faults)
    line, header = next(lines, (1, []))
    columns = [cell.strip().lower() for cell in header]
    if not _check_header(file, line, columns, model, faults):
        return Rows(whole=False)
    wanted = set(names(model))
    places = [(place, column) for place, column in enumerate(columns) if column in wanted]
    for line, cells in lines:
        if _check_width(file, line, cells, len(columns), faults):
            row = {column: text for place, column in places if (text := cells[place].strip())}
            found.sound.append(Row(line, row))
        else:
            found.faulty.append(cells)
    return found


def _entries(file: str, rows: Iterable[Row], model: type[E], faults: Faults) -> Iterator[Placed[E]]:
    wrong = 0
    for row in rows:
        value, said = _fit_row(model, row)
        if value is not None:
            yield Placed(value, file, row.line)
            continue
        wrong += 1
        for words in said if wrong <= MOST_FAULTS else ():
            faults.error(file, row.line, words)
    if wrong > MOST_FAULTS:
        faults.error(file, 1, f"{wrong} rows are faulty; the first {MOST_FAULTS} are listed")


def _fit_row(model: type[E], row: Row) -> tuple[E | None, list[str]]:
    said: list[str] = []
    return fit(model, row.cells, lambda _, words: said.append(words), "is empty; fill it in"), said


def _lines(file: str, text: str, rows: Rows, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not blank, with its number: the one on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        rows.whole = False
        faults.error(
            file,
            line,
            "this row cannot be read; look for a quotation mark without its partner, "
            'and write a quotation mark within text as ""',
        )


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _check_header(file: str, line: int, columns: Sequence[str], model: type[Entry], faults: Faults) -> bool:
    """Say which columns are missing or double; False if the table cannot be read so."""
    known = names(model)
    missing = [name for name in needed(model) if name not in columns]
    strangers = [column for column in columns if column and column not in known]
    for name in missing:
        near = did_you_mean(name, strangers).replace("did you mean", "is it the one called")
        faults.error(
            file, line, f"the column '{name}' is missing{near or '; the first line must name the columns'}"
        )
    for column in strangers:
        if near := did_you_mean(column, set(known) - set(columns) - set(missing)):
            faults.warning(file, line, f"the column '{column}' is not read{near}")
    twice = sorted({column for column in columns if column in known and columns.count(column) > 1})
    if twice:
        faults.error(file, line, f"there are two columns named {listed(twice)}; take one out")
    return not missing and not twice


def _check_width(file: str, line: int, cells: list[str], width: int, faults: Faults) -> bool:
    """Say if a row has too few or too many cells; False if it cannot be read so."""
    if len(cells) < width:
        faults.error(
            file, line, f"this row has {len(cells)} cells and the first line {width}; add the missing commas"
        )
        return False
    if any(cell.strip() for cell in cells[width:]):
        faults.error(
            file,
            line,
            f"this row has {len(cells)} cells and the first line {width}; "
            "put text that holds a comma in quotation marks",
        )
        return False
    return True
