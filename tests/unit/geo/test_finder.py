"""Places found in words, pins and photos."""

from collections.abc import Sequence

import pytest

from casework.packs import Address, Landmark, Postcode, Street
from casework.places import PlaceDecision, PlaceKind, PlaceReading, Point
from geo.areas import AreaIndex
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from tests.unit.geo.factories import TODAY, at, pack, street

STREETS = (
    street("Hazel Grove", at(0.5, 0.5), at(0.5, 0.6)),
    street("Lee Bank Road", at(0.4, 0.55), at(0.6, 0.55)),
    street("Quillmaker Road", at(1.5, 1.5)),
    street("Long Mile Road", at(0.3, 0.1), at(0.3, 1.9)),
    street("Tanner Street", at(0.3, 1.5), at(0.5, 1.5)),
    street("Church Lane", at(0.2, 0.3), locality="Westbrook"),
    street("Church Lane", at(1.8, 1.7), locality="Dalesend Village"),
    street("The Grove", at(1.5, 0.5)),
    street("Copperbeech Avenue", at(1.4, 0.5)),
    street("High Street", at(1.5, 1.3)),
)
LANDMARKS = (
    Landmark("Park", "park", at(1.7, 0.3)),
    Landmark("Co-op", "shop", at(0.31, 1.5), aliases=("the coop",)),
    Landmark("Co-op", "shop", at(1.6, 0.4)),
    Landmark("Larkfield Library", "library", at(0.7, 0.7)),
)
POSTCODES = (Postcode("TS1 2AB", at(0.52, 0.5)), Postcode("TS1 2AC", at(0.6, 0.6)), Postcode("TS9 9ZZ", at(1.5, 1.5)))
ADDRESSES = (
    Address("", "12", "Hazel Grove", "", "TS1 2AB"),
    Address("", "2", "Quillmaker Road", "", "", at(1.45, 1.5)),
    Address("", "20", "Quillmaker Road", "", "", at(1.55, 1.5)),
)


def finder(streets: Sequence[Street] = STREETS) -> Finder:
    here = pack(streets=streets, addresses=ADDRESSES, postcodes=POSTCODES, landmarks=LANDMARKS)
    return Finder([here], [Gazetteer.in_memory(here)], AreaIndex([here]))


@pytest.fixture(scope="module")
def shared() -> Finder:
    """One finder for all tests that only read."""
    return finder()


def ward(reading: PlaceReading) -> str | None:
    assert reading.best is not None
    return reading.best.ward


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Rubbish dumped outside 12 Hazel Grove", "12 Hazel Grove"),
        ("a mattress in hazel grove", "Hazel Grove"),
        ("a mattress in hazel grv.", "Hazel Grove"),
        ("a mattress in Hazle Grove", "Hazel Grove"),
        ("potholes on Coperbeech av", "Copperbeech Avenue"),
    ],
)
def test_a_street_is_found_however_it_is_spelt(shared: Finder, text: str, label: str) -> None:
    reading = shared.find(text, TODAY)
    assert reading.best is not None
    assert reading.best.label == label
