"""OpenStreetMap extracts as people download them."""

from pathlib import Path

import osmium
import pytest

from casework.packs import Address, Landmark, Street
from geo.importing import openstreetmap
from geo.importing.openstreetmap import Thing, kind_of
from geo.importing.refusing import Refused
from geo.importing.streets import joined, with_localities
from tests.integration.geo.importing.extract import write

CLERKENWELL = Path(__file__).parents[5] / "shared" / "data" / "clerkenwell.osm"


def everything(file: Path) -> tuple[list[Thing], list[str]]:
    """What is in a file, and where what was refused stands."""
    taken: list[Thing] = []
    refused = []
    for where, read in openstreetmap.read(file):
        try:
            taken += read()
        except Refused:
            refused.append(where)
    return taken, refused


@pytest.fixture(params=["tarn.osm", "tarn.osm.pbf"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same extract in both formats."""
    return write(tmp_path / request.param)


def test_streets_come_with_lines_and_road_numbers(file: Path) -> None:
    streets = [thing for thing in everything(file)[0] if isinstance(thing, Street)]
    assert [(s.name, len(s.line)) for s in streets] == [("High Street", 2), ("A99", 2)] * 2


def test_parts_of_a_street_are_joined_and_know_their_village(file: Path) -> None:
    found = everything(file)[0]
    streets = [thing for thing in found if isinstance(thing, Street)]
    places = [thing for thing in found if isinstance(thing, Landmark)]
    whole = {street.name: street for street in joined(with_localities(streets, places))}
    assert len(whole["High Street"].lines) == 1
    assert len(whole["High Street"].lines[0]) == 3
    assert whole["High Street"].locality == "Tarn"
    assert whole["High Street"].point.latitude == pytest.approx(53.015)


def test_places_have_kinds_other_names_and_sizes(file: Path) -> None:
    places = {t.name: t for t in everything(file)[0] if isinstance(t, Landmark)}
    assert {name: place.kind for name, place in places.items()} == {
        "The Black Bull": "pub",
        "Tarn": "village",
        "High Street": "bus_stop",
        "Tarn Park": "park",
    }
    assert places["The Black Bull"].aliases == ("Bull", "The Bull Inn")
    assert places["Tarn Park"].radius_m == pytest.approx(49, abs=3)
    assert places["The Black Bull"].radius_m == 0


def test_house_numbers_are_addresses_each(file: Path) -> None:
    addresses = [t for t in everything(file)[0] if isinstance(t, Address)]
    assert [(a.paon, a.street) for a in addresses] == [("4", "High Street"), ("6", "High Street")]


def test_a_street_that_the_extract_cuts_off_is_refused_by_its_number(file: Path) -> None:
    assert everything(file)[1] == ["way 23"]


def test_what_is_no_extract_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"not OpenStreetMap")
    with pytest.raises(Refused, match="cannot be read"):
        everything(broken)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "place_of_worship", "religion": "muslim"}, "mosque"),
        ({"landuse": "residential"}, "estate"),
        ({"building": "apartments"}, "block"),
        ({"shop": "bakery"}, "shop"),
        ({"shop": "vacant"}, None),
        ({"highway": "residential"}, None),
    ],
)
def test_tags_become_kinds(tags: dict[str, str], kind: str | None) -> None:
    assert kind_of(tags) == kind


@pytest.mark.skipif(not CLERKENWELL.exists(), reason="the extract of Clerkenwell is not here")
def test_a_real_extract_gives_the_same_in_both_formats(tmp_path: Path) -> None:
    binary = tmp_path / "clerkenwell.osm.pbf"
    with osmium.SimpleWriter(str(binary)) as writer:
        for element in osmium.FileProcessor(str(CLERKENWELL)):
            writer.add(element)
    from_text, from_binary = everything(CLERKENWELL), everything(binary)
    assert from_text == from_binary
    assert len(from_text[0]) > 400
