"""One entry of a file against its class: what does not fit becomes a fault in an officer's words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.faults import Faults, did_you_mean, listed, one_of
from config.lines import Path, line_of
from config.schema import Entry

T = TypeVar("T", covariant=True)
E = TypeVar("E", bound=Entry)
Place = tuple[int | str, ...]

SENTENCES: Mapping[str, str] = {
    "string_type": "must be text in quotes",
    "string_too_short": "is empty; fill it in",
    "bool_type": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes",
    "date_type": "must be a date such as 2026-05-07",
    "tuple_type": "must be a list in square brackets",
    "float_type": "must be a number, such as 51.4512",
    "float_parsing": "'{input}' is not a number; write degrees such as 51.4512",
    "finite_number": "'{input}' is not a number; write degrees such as 51.4512",
    "greater_than_equal": "is {input}; it must be at least {ge}",
    "less_than_equal": "is {input}; it must be at most {le}",
}
"""The rest of a sentence for each way in which pydantic refuses a value."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something read from a file, and where it stands there."""

    value: T
    file: str
    line: int
    path: Path = ()
    lines: Mapping[Path, int] = field(default_factory=dict, repr=False, compare=False)

    def at(self, *place: int | str) -> int:
        """The line of one of its keys, or of an element of it."""
        return line_of(self.lines, (*self.path, *place)) if self.lines else self.line


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """The sound entries of one kind.

    ``faulty`` holds every word of the entries that are not sound, so that what they were about is
    not called missing; ``whole`` is False where a file could not be read, so that nothing can.
    """

    entries: tuple[Placed[T], ...] = ()
    faulty: frozenset[str] = frozenset()
    whole: bool = True

    @property
    def values(self) -> tuple[T, ...]:
        """The entries without their places."""
        return tuple(entry.value for entry in self.entries)


def listing_of(
    model: type[Entry],
    entries: Iterable[Placed[T]],
    faulty: Sequence[Mapping[str, object]],
    whole: bool = True,
) -> Listing[T]:
    """The sound entries of a class; not whole if the code of a faulty one cannot be told."""
    nameless = "code" in model.model_fields and not all(isinstance(raw.get("code"), str) for raw in faulty)
    return Listing(tuple(entries), words_in(faulty), whole and not nameless)


def words_in(value: object) -> frozenset[str]:
    """Every text within a value that a parser read."""
    if isinstance(value, str):
        return frozenset({value})
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return frozenset(word for part in inner for word in words_in(part))


def fit(
    model: type[E],
    raw: Mapping[str, object],
    say: Callable[[Place, str], None],
    missing: str = "is missing; add it",
) -> E | None:
    """The entry, or None after a fault was said for each of its places that does not fit."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            say(detail["loc"], _sentence(detail, missing))
        return None


def warn_of_strangers(
    model: type[Entry], raw: Placed[Mapping[str, object]], faults: Faults, also: Sequence[str] = ()
) -> None:
    """Warn of keys that nobody reads."""
    known = {*names(model), *also}
    for key in raw.value.keys() - known:
        hint = did_you_mean(key, known) or f"; known here are {listed(sorted(known), 12)}"
        faults.warning(raw.file, raw.at(key), f"'{key}' is not known and is not read{hint}")


def names(model: type[Entry]) -> tuple[str, ...]:
    """What an officer calls the fields of a class."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def needed(model: type[Entry]) -> tuple[str, ...]:
    """The fields that may not be left out."""
    return tuple(field.alias or name for name, field in model.model_fields.items() if field.is_required())


def _sentence(detail: ErrorDetails, missing: str) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    key = next((str(part) for part in detail["loc"] if isinstance(part, str)), "this entry")
    if kind == "missing":
        return f"'{key}' {missing}"
    if kind in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = did_you_mean(str(given), choices)
        rest = f"{near} It" if near else "; it"
        return f"{key} '{_short(given)}' is not known{rest} can be {one_of(choices)}"
    if kind == "value_error":
        return f"{key} {context['error']}"
    sentence = SENTENCES.get(kind, "is not right: " + detail["msg"])
    return f"{key} " + sentence.format_map({**context, "input": _short(given)})


def _short(given: object) -> str:
    text = str(given)
    return text if len(text) <= 60 else text[:57] + "…"
