"""Postcodes in a text: whole ones, sectors and districts."""

import re
from dataclasses import dataclass

_OUT = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_WHOLE = re.compile(
    rf"(?<![A-Z0-9])({_OUT})[ \t\u00a0-]{{0,2}}([0-9O] ?[ABD-HJLNP-UW-Z]{{2}})(?![A-Z0-9])", re.IGNORECASE
)
_PART = re.compile(rf"(?<![A-Z0-9])({_OUT})(?:[ \t]([0-9]))?(?![A-Z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenPostcode:
    """A postcode as written: ``code`` is "AB1 2CD", a sector "AB1 2" or a district "AB1"."""

    code: str
    whole: bool
    start: int
    end: int


def tidy(postcode: str) -> str:
    """A postcode in capitals with one space; other text in capitals."""
    bare = re.sub(r"\s+", "", postcode).upper()
    return f"{bare[:-3]} {bare[-3:]}" if 5 <= len(bare) <= 7 else bare


def sector(postcode: str) -> str:
    """The sector "AB1 2" of a tidy postcode "AB1 2CD"."""
    return postcode[:-2]


def district(postcode: str) -> str:
    """The district "AB1" of a tidy postcode, sector or district."""
    return postcode.split(" ")[0]


def _whole(found: re.Match[str]) -> str:
    inward = found[2].replace(" ", "").upper()
    return f"{found[1].upper()} {inward[0].replace('O', '0')}{inward[1:]}"


def postcodes_in(text: str) -> list[WrittenPostcode]:
    """All postcodes of a text; parts of one only where no whole one stands there."""
    found = [WrittenPostcode(_whole(m), True, m.start(), m.end()) for m in _WHOLE.finditer(text)]
    taken = [(p.start, p.end) for p in found]
    for m in _PART.finditer(text):
        if not any(m.start() < end and start < m.end() for start, end in taken):
            code = m[1].upper() + (f" {m[2]}" if m[2] else "")
            found.append(WrittenPostcode(code, False, m.start(), m.end()))
    return found
