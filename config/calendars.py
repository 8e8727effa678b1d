"""Bank holidays of the four nations."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

SUBDIVISIONS: Mapping[str, str] = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}

YEARS = range(2010, 2046)
"""The years whose bank holidays every calendar knows."""


@cache
def bank_holidays(nation: str) -> frozenset[date]:
    """The nation's bank holidays, substitute days included; KeyError for an unknown nation."""
    return frozenset(country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=YEARS))
