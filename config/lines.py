"""On which line of a file something stands: the parsers do not say."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""The way to a value: ``("body", 0, "service", 2, "email")``."""

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|\n|[\[\]{},=]|[^\s\[\]{},=#\"']+",
    re.DOTALL,
)
_OPENING, _CLOSING = frozenset("[{"), frozenset("]}")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


@dataclass(slots=True)
class _Finder:
    """Walks through the statements of a TOML text and notes where each value begins."""

    lines: dict[Path, int] = field(default_factory=dict)
    last: dict[Path, int] = field(default_factory=dict)
    table: Path = ()

    def header(self, statement: list[_Token]) -> None:
        many = len(statement) > 1 and statement[1].text == "["
        names = _names(token.text for token in statement if token.text not in "[]")
        path = self._resolve(names[:-1]) + names[-1:]
        if many:
            self.last[path] = self.last.get(path, -1) + 1
            path = (*path, self.last[path])
        self.table = path
        self.lines.setdefault(path, statement[0].line)

    def value(self, statement: list[_Token]) -> None:
        texts = [token.text for token in statement]
        equals = texts.index("=") if "=" in texts else len(texts)
        path = self.table + _names(texts[:equals])
        self.lines.setdefault(path, statement[0].line)
        for number, element in enumerate(_elements(statement[equals + 1 :])):
            self.lines.setdefault((*path, number), element.line)
            self.lines.setdefault((*path, element.text.strip("\"'")), element.line)

    def _resolve(self, names: tuple[str, ...]) -> Path:
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self.last:
                path = (*path, self.last[path])
        return path


def toml_lines(text: str) -> Mapping[Path, int]:
    """The line of every table, key and element of a list in a valid TOML text.

    An element is found by its number and by its own text.
    """
    finder = _Finder()
    for statement in _statements(text):
        if statement[0].text == "[":
            finder.header(statement)
        else:
            finder.value(statement)
    return finder.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of the value, or of the nearest thing around it whose line is known."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _statements(text: str) -> Iterator[list[_Token]]:
    """The text cut at the ends of lines, except within brackets and long strings."""
    statement: list[_Token] = []
    depth = 0
    for token in _tokens(text):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.text != "\n":
            statement.append(token)
        elif statement and depth <= 0:
            yield statement
            statement, depth = [], 0
    if statement:
        yield statement


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not token.startswith("#"):
            yield _Token(token, line)
        line += token.count("\n")


def _names(parts: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in "".join(parts).split("."))


def _elements(value: list[_Token]) -> Iterator[_Token]:
    """The first token of each element, if the value is a list."""
    if not value or value[0].text != "[":
        return
    depth, awaited = 0, False
    for token in value:
        if awaited and depth == 1 and token.text not in ("]", ","):
            yield token
            awaited = False
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        awaited = awaited or (depth == 1 and token.text in ("[", ","))


def feature_lines(text: str) -> tuple[int, ...]:
    """The line on which each feature of a valid GeoJSON text begins."""
    start = re.search(r'"features"\s*:\s*\[', text)
    return tuple(_lines_of_items(text, start.end())) if start else ()


def _lines_of_items(text: str, at: int) -> Iterator[int]:
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while (begin := _next_item(text, at)) is not None:
        line, counted = line + text.count("\n", counted, begin), begin
        try:
            _, at = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            return
        yield line


def _next_item(text: str, at: int) -> int | None:
    found = re.compile(r"[\s,]*").match(text, at)
    begin = found.end() if found else at
    return begin if begin < len(text) and text[begin] != "]" else None
