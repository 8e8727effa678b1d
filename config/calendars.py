"""Bank holidays of the four nations."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

from casework.packs import Calendar

SUBDIVISIONS: Mapping[str, str] = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}

YEARS = range(2010, 2046)
"""The years whose bank holidays every calendar knows."""

KNOWN_YEARS = range(1972, 2100)
"""The years for which there are bank holidays as we know them (Banking and Financial Dealings Act 1971)."""


@cache
def bank_holidays(nation: str, years: range = YEARS) -> frozenset[date]:
    """The nation's bank holidays, substitute days included; KeyError for an unknown nation."""
    return frozenset(country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years))


def calendar_around(nation: str, day: date) -> Calendar:
    """A calendar of the nation that is good from that day to the end of the year after it.

    For whoever has no pack. KeyError for an unknown nation.
    """
    return Calendar("Europe/London", bank_holidays(nation, range(day.year, day.year + 2)))
