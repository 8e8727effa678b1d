"""TOML files: their tables as entries with lines."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from config.entries import Listing, Placed, fit, listing_of, needed, warn_of_strangers
from config.faults import Faults, did_you_mean, listed
from config.lines import Path, toml_lines
from config.schema import Entry
from config.texts import decode

E = TypeVar("E", bound=Entry)
Table = Mapping[str, object]

CAUSES: Mapping[str, str] = {
    "Invalid value": "put text in quotes, and write dates like 2026-05-07",
    "Cannot overwrite": "the same name is given twice; take one out",
    "Cannot declare": "the same heading is given twice; lists need double brackets, as in [[route]]",
    "Expected '=' after a key": "write name = value; a comment begins with #",
    "Unclosed array": "a list lacks its closing bracket ]",
    "Unterminated string": "a closing quotation mark is missing",
    "Illegal character": "a closing quotation mark is missing, or a character that does not belong here",
    "Expected newline": 'begin a new line after each value; quotation marks within text are written \\"',
}
"""What to do, by the beginning of the parser's message."""


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file as read; ``whole`` is False where it could not be."""

    file: str
    root: Table = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)
    whole: bool = True

    def placed(self, value: Table, path: Path) -> Placed[Table]:
        """A table of the document with its place."""
        whole = Placed(value, self.file, 1, path, self.lines)
        return Placed(value, self.file, whole.at(), path, self.lines)


def read_document(file: str, content: bytes | None, faults: Faults) -> Document:
    """The document; no content is taken for a file that is missing and was said to be."""
    if content is None:
        return Document(file, whole=False)
    text = decode(file, content, faults).removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        return Document(file, tomllib.loads(text), toml_lines(text))
    except (ValueError, RecursionError) as error:
        line, why = _explain(str(error), text)
        faults.error(file, line, why)
        return Document(file, whole=False)


def _explain(message: str, text: str) -> tuple[int, str]:
    found = re.search(r"at line (\d+)", message)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    hint = next((hint for start, hint in CAUSES.items() if message.startswith(start)), "")
    return line, f"this line cannot be read; {hint or 'look at its quotation marks and brackets'}"


def read_list(document: Document, path: Path, model: type[E], faults: Faults, *also: str) -> Listing[E]:
    """The entries of a list of tables; ``also`` names the keys that are read elsewhere."""
    entries, faulty = [], []
    for table in tables_in(document, path, faults):
        warn_of_strangers(model, table, faults, also)
        entry = read_entry(table, model, faults)
        if entry:
            entries.append(entry)
        else:
            faulty.append(table.value)
    return listing_of(model, entries, faulty, document.whole)


def read_entry(table: Placed[Table], model: type[E], faults: Faults) -> Placed[E] | None:
    """The table as an entry, if it fits."""
    value = fit(model, table.value, lambda place, words: faults.error(table.file, table.at(*place), words))
    return Placed(value, table.file, table.line, table.path, table.lines) if value else None


def read_heading(document: Document, name: str, model: type[E], faults: Faults) -> E | None:
    """The entry of a single table such as ``[digest]``, which may be left out if nothing in it must be."""
    found = document.root.get(name, {})
    table = document.placed(found if isinstance(found, Mapping) else {}, (name,))
    must = listed(needed(model))
    if not isinstance(found, Mapping):
        faults.error(document.file, table.line, f"{name} must be a heading of its own: [{name}]")
        return None
    if must and name not in document.root:
        faults.error(document.file, 1, f"[{name}] is missing; add it with {must}")
        return None
    warn_of_strangers(model, table, faults)
    entry = read_entry(table, model, faults)
    return entry.value if entry else None


def warn_of_strange_headings(document: Document, known: tuple[str, ...], faults: Faults) -> None:
    """Warn of keys and headings at the top of a document that nobody reads."""
    top = document.placed(document.root, ())
    for key in document.root.keys() - set(known):
        hint = did_you_mean(key, known) or f"; known here are {listed(known, 12)}"
        faults.warning(document.file, top.at(key), f"'{key}' is not known and is not read{hint}")


def tables_in(document: Document, path: Path, faults: Faults) -> Iterator[Placed[Table]]:
    """The tables of a list, wherever in the document it is."""
    found: object = document.root
    for part in path:
        found = _step(found, part)
    if not isinstance(found, list):
        found = [found]
    for number, value in enumerate(found):
        place = (*path, number)
        if isinstance(value, Mapping):
            yield document.placed(value, place)
        else:
            name = ".".join(str(part) for part in path if isinstance(part, str))
            line = document.placed({}, place).line
            faults.error(document.file, line, f"{name} must be a list of headings: [[{name}]]")


def _step(value: object, part: str | int) -> object:
    if isinstance(value, Mapping) and isinstance(part, str):
        return value.get(part, [])
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return []
