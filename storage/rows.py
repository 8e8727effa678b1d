"""Between dataclasses and rows: the same field names, enums put right."""

import dataclasses
import types
from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar, cast, get_args, get_type_hints

from sqlalchemy import RowMapping

T = TypeVar("T")


@cache
def _enums(cls: Hashable) -> Mapping[str, type[StrEnum]]:
    """The fields of a dataclass that are enums, by name."""
    found = {}
    for name, hint in get_type_hints(cls).items():
        options = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        for option in options:
            if isinstance(option, type) and issubclass(option, StrEnum):
                found[name] = option
    return found


@cache
def field_names(cls: Hashable) -> tuple[str, ...]:
    """The names of a dataclass's fields, in order."""
    return tuple(field.name for field in dataclasses.fields(cast(type, cls)))


def to_row(entity: object) -> dict[str, object]:
    """The row of a flat dataclass."""
    cls: Callable[..., object] = type(entity)
    row = {name: getattr(entity, name) for name in field_names(cls)}
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in row.items()}


def from_row(cls: Callable[..., T], row: RowMapping) -> T:
    """The dataclass of a row; other columns are passed over."""
    values = {name: row[name] for name in field_names(cls)}
    for name, enum in _enums(cls).items():
        if values[name] is not None:
            values[name] = enum(values[name])
    return cls(**values)
