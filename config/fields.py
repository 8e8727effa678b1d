"""What may be written in one place of a pack: a code, a date, an e-mail address.

Each check raises ValueError with the rest of a sentence that begins with the place's name.
"""

import re
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, StringConstraints

from casework.places import Point
from config.faults import did_you_mean

LONGEST_CODE = 40
"""A button's id, such as ``category:CODE``, has at most 64 bytes (Telegram Bot API)."""

BRITISH_ISLES = ((49.0, 61.5), (-11.0, 2.5))
"""Latitudes and longitudes between which every pack lies."""

_CODE = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}")
_LIKE_A_PHONE = re.compile(r"[0-9]{7,15}")
"""The audit trail keeps codes and nothing personal, so it refuses such a number."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})")
_BRITISH_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")


def code(value: str) -> str:
    """The value if it can be a code."""
    if not _CODE.fullmatch(value):
        raise ValueError(
            f"'{value}' is not a code; use up to {LONGEST_CODE} letters, digits, hyphens and underscores"
        )
    if _LIKE_A_PHONE.fullmatch(value):
        raise ValueError(f"'{value}' could be a telephone number; put a letter in the code")
    return value


def email(value: str) -> str:
    """The value if it can be one e-mail address."""
    if not _EMAIL.fullmatch(value) or ".." in value:
        raise ValueError(f"'{value}' is not an e-mail address; write one such as bins@ashmere.example")
    return value


def website(value: str) -> str:
    """The value if it can be a website's address, or empty."""
    if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError(f"'{value}' is not a web address; write one that begins with https://")
    return value


def prefix(value: str) -> str:
    """The value if it can begin a reference."""
    if not re.fullmatch(r"[A-Z]{1,4}", value):
        raise ValueError(f"'{value}' cannot begin a reference; use one to four capital letters, such as AM")
    return value


def time_zone(value: str) -> str:
    """The value if the time zone exists."""
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        near = did_you_mean(value, available_timezones()) or "; write Europe/London"
        raise ValueError(f"'{value}' is not a time zone{near}") from None
    return value


def language(value: str) -> str:
    """The value if it is the code of a language."""
    try:
        Locale.parse(value, sep="-" if "-" in value else "_")
    except (UnknownLocaleError, ValueError):
        raise ValueError(
            f"'{value}' is not the code of a language; write en for English, cy for Welsh"
        ) from None
    return value


def phrase(value: str) -> str:
    """The value if it can be a word or phrase that points to a category."""
    if not value.strip():
        raise ValueError("has an empty word; take it out")
    if not all(re.fullmatch(r"[^*]+\*?", word) for word in value.split()):
        raise ValueError(f"'{value}' has a * in the wrong place; it can only end a word, as in 'dump*'")
    return value


def day(value: object) -> object:
    """A date as TOML or a table writes it."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"'{value}' is not a date; write {_as_we_write_it(str(value))}") from None


def later(end: date | None, start: date | None, name: str) -> date | None:
    """The end if it comes after the start."""
    if start and end and end <= start:
        raise ValueError(f"{end} is not after {name} {start}; correct one of the two")
    return end


def _as_we_write_it(value: str) -> str:
    found = _BRITISH_DATE.fullmatch(value)
    if not found:
        return "it like 2026-05-07"
    number, month, year = found.groups()
    return f"{year}-{month:0>2}-{number:0>2}"


def postcode(value: str) -> str:
    """The value as postcodes are written, ``SE13 6AA``, if it has the shape of one; or empty."""
    found = _POSTCODE.fullmatch(value.strip().upper())
    if value and not found:
        raise ValueError(f"'{value}' is not a full postcode; write one such as SE13 6AA")
    return f"{found[1]} {found[2]}" if found else ""


def not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    """The list if something is in it."""
    if not value:
        raise ValueError("is empty; name at least one")
    return value


def listed_codes(value: object) -> object:
    """One code, or a list of them, as a list."""
    return [value] if isinstance(value, str) else value


def spaced_codes(value: str) -> object:
    """Codes separated by spaces as a list."""
    return value.split()


def misplaced(point: Point) -> str | None:
    """What is wrong with a point that cannot be in the British Isles; None if it can be."""
    if max(abs(point.latitude), abs(point.longitude)) > 180:
        return (
            "looks like metres of the British National Grid (easting and northing); "
            "convert it to WGS84 degrees, such as 51.4512, -0.0123"
        )
    if _in_british_isles(point):
        return None
    if _in_british_isles(Point(point.longitude, point.latitude)):
        return "has latitude and longitude swapped; exchange the two"
    return (
        f"lies outside the British Isles (latitude {point.latitude:g}, longitude {point.longitude:g}); "
        "correct the coordinates"
    )


def _in_british_isles(point: Point) -> bool:
    (south, north), (west, east) = BRITISH_ISLES
    return south <= point.latitude <= north and west <= point.longitude <= east


Text = Annotated[StrictStr, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[StrictStr, AfterValidator(code)]
Email = Annotated[StrictStr, AfterValidator(email)]
Website = Annotated[StrictStr, AfterValidator(website)]
Prefix = Annotated[StrictStr, AfterValidator(prefix)]
TimeZone = Annotated[StrictStr, AfterValidator(time_zone)]
Language = Annotated[StrictStr, AfterValidator(language)]
Phrase = Annotated[StrictStr, AfterValidator(phrase)]
Day = Annotated[date | None, BeforeValidator(day)]
PostcodeText = Annotated[StrictStr, AfterValidator(postcode)]
OneOrMoreCodes = Annotated[tuple[Code, ...], BeforeValidator(listed_codes)]
Languages = Annotated[tuple[Language, ...], AfterValidator(not_empty)]
Categories = Annotated[OneOrMoreCodes, AfterValidator(not_empty)]
SpacedCodes = Annotated[tuple[Code, ...], BeforeValidator(spaced_codes)]
Degrees = Annotated[float, Field(allow_inf_nan=False)]
