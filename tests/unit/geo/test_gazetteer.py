"""The index of names, in memory."""

import pytest

from casework.packs import Address, Landmark, Postcode
from casework.places import Point, distance_m
from geo.gazetteer import MOST_NAMESAKES, Gazetteer, distance_to
from geo.indexing import STEP_M, EntryKind, filled
from tests.unit.geo.factories import at, pack, street

PACK = pack(
    streets=[
        street("Hazel Grove", at(0.5, 0.5)),
        street("Hazel Road", at(0.9, 0.9)),
        street("Long Mile Road", at(0.3, 0.1), at(0.3, 0.9)),
        street("Split Lane", at(0.1, 0.1)),
        street("Split Lane", at(0.2, 0.1)),
        street("Split Lane", at(1.9, 1.9)),
        street("3 Rose Cottages", at(0.1, 0.1)),
    ],
    addresses=[
        Address("", "1 - 3", "HAZEL GROVE", "", "TS1 2AB"),
        Address("", "7a", "Hazel Grove", "", "", at(0.51, 0.5)),
        Address("", "2", "Unlisted Street", "", "TS1 2AB"),
        Address("", "2", "Nowhere Street", "", "TS5 5XX"),
        Address("Flat 1", "MARIGOLD HOUSE", "Hazel Grove", "", "TS1 2AB"),
        Address("Flat 2", "Marigold House", "Hazel Grove", "", "TS1 2AB"),
    ],
    postcodes=[
        Postcode("ts12ab", at(0.5, 0.5)),
        Postcode("TS1 3AB", at(1, 1)),
        Postcode("TS11 2AB", at(1.5, 1)),
    ],
    landmarks=[
        Landmark("The Red Lion", "pub", at(0.6, 0.6)),
        Landmark("Hazel Road / Elm Row", "bus_stop", at(0.92, 0.9)),
    ],
)


@pytest.fixture(params=[True, False], ids=["dictionaries", "sql"], scope="module")
def gazetteer(request: pytest.FixtureRequest) -> Gazetteer:
    """The same index with its names in dictionaries, and asked of SQLite as a large one is."""
    return Gazetteer.in_memory(PACK) if request.param else Gazetteer.in_memory(PACK, names_in_memory=0)


def test_names_are_found_by_their_key(gazetteer: Gazetteer) -> None:
    found = gazetteer.named(["hazel grove", "no such lane", "red lion", "hazelgrove"])
    assert {k: [e.name for e in entries] for k, entries in found.items()} == {
        "hazel grove": ["Hazel Grove"],
        "hazelgrove": ["Hazel Grove"],
        "red lion": ["The Red Lion"],
    }


def test_near_parts_of_one_name_are_one_street_and_far_ones_two(gazetteer: Gazetteer) -> None:
    assert [len(e.points) for e in gazetteer.named(["split la"])["split la"]] == [2, 1]


def test_a_line_is_filled_so_that_every_part_of_it_is_near_a_point(gazetteer: Gazetteer) -> None:
    entry = gazetteer.named(["long mile rd"])["long mile rd"][0]
    steps = [distance_m(a, b) for a, b in zip(entry.points, entry.points[1:], strict=False)]
    assert entry.is_line
    assert max(steps) < 1.5 * STEP_M


def test_spellings_with_few_letters_wrong_are_similar(gazetteer: Gazetteer) -> None:
    assert [(s.entry.name, s.edits) for s in gazetteer.similar("hazl", "grove", 1)] == [("Hazel Grove", 1)]
    assert gazetteer.similar("hazl", "grove", 0) == []


def test_landmarks_are_compared_whole(gazetteer: Gazetteer) -> None:
    assert [s.entry.name for s in gazetteer.similar_landmarks("marygoldhse", 1)] == ["Marigold House"]
    assert gazetteer.similar("marigoldhse", None, 1) == []


def test_a_stem_finds_all_last_words(gazetteer: Gazetteer) -> None:
    assert {s.entry.name for s in gazetteer.starting("hazel")} == {"Hazel Grove", "Hazel Road"}


def test_house_numbers_are_in_order_with_both_ends_of_a_range(gazetteer: Gazetteer) -> None:
    entry = gazetteer.named(["hazel grove"])["hazel grove"][0]
    assert [(n.number, n.letter, n.exact) for n in gazetteer.numbered(entry)] == [
        (1, "", False),
        (3, "", False),
        (7, "a", True),
    ]


def test_a_street_that_only_addresses_or_stops_name_is_found_too(gazetteer: Gazetteer) -> None:
    found = gazetteer.named(["unlisted st", "nowhere st", "elm row"])
    assert set(found) == {"unlisted st", "elm row"}


def test_a_bus_stop_is_a_known_point_of_its_streets(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.named(["hazel rd"])["hazel rd"][0].points) == 2


def test_a_named_building_is_found_once(gazetteer: Gazetteer) -> None:
    found = gazetteer.named(["marigold hse"])["marigold hse"]
    assert [(e.name, e.kind) for e in found] == [("Marigold House", EntryKind.BUILDING)]


def test_a_building_that_is_a_landmark_too_is_one_place() -> None:
    addresses = [Address("1", "Larch Court", "Hazel Grove", "", "", at(0.5, 0.5))]
    both = pack(addresses=addresses, landmarks=[Landmark("Larch Court", "flats", at(0.5, 0.51))])
    assert len(Gazetteer.in_memory(both).named(["larch ct"])["larch ct"]) == 1


def test_what_is_a_house_is_no_street(gazetteer: Gazetteer) -> None:
    assert gazetteer.named(["3 rose cottages"]) == {}


def test_postcodes_are_found_whole_and_by_part(gazetteer: Gazetteer) -> None:
    assert gazetteer.postcode("TS1 2AB") == at(0.5, 0.5)
    assert gazetteer.postcode("TS1 9ZZ") is None
    assert len(gazetteer.postcodes_under("TS1")) == 2
    assert len(gazetteer.postcodes_under("TS1 2")) == 1


def test_the_nearest_entries_come_first(gazetteer: Gazetteer) -> None:
    near = gazetteer.near(at(0.5, 0.5), 300)
    assert near[0][1].name in {"Hazel Grove", "Marigold House"}
    assert [d for d, _ in near] == sorted(d for d, _ in near)
    assert gazetteer.near(Point(50, 0), 300) == []


def test_a_line_of_one_point_stays_one() -> None:
    assert filled([at(0, 0)]) == [at(0, 0)]


def test_a_point_beside_a_street_adds_nothing_to_its_line() -> None:
    both = pack(
        streets=[street("Long Mile Road", at(0.3, 0.5)), street("Long Mile Road", at(0.3, 0.1), at(0.3, 0.9))]
    )
    (entry,) = Gazetteer.in_memory(both).named(["long mile rd"])["long mile rd"]
    assert entry.is_line
    assert entry.points[0] == at(0.3, 0.1)


def test_the_distance_to_a_street_is_that_to_its_line(gazetteer: Gazetteer) -> None:
    entry = gazetteer.named(["long mile rd"])["long mile rd"][0]
    between = Point(entry.points[3].latitude, (entry.points[3].longitude + entry.points[4].longitude) / 2)
    assert distance_to(entry, between) < 0.01
    assert [e.name for _, e in gazetteer.near(between, 1)] == ["Long Mile Road"]


def test_villages_are_localities_and_no_landmarks() -> None:
    places = [Landmark("Nether Tarn", "village", at(0.2, 0.2), "", ("Tarn Isaf",))]
    found = Gazetteer.in_memory(pack(landmarks=places))
    assert found.localities.keys() == {"Nether Tarn", "Tarn Isaf"}
    assert found.named(["nether tarn"]) == {}


def test_a_landmark_keeps_its_kind_and_size() -> None:
    places = [Landmark("Tarn Park", "park", at(0.2, 0.2), "", (), 400.0)]
    (park,) = Gazetteer.in_memory(pack(landmarks=places)).named(["tarn pk"])["tarn pk"]
    assert (park.what, park.radius_m) == ("park", 400.0)


def test_of_a_name_in_many_towns_those_in_the_town_that_is_named_come_first() -> None:
    far_and_wide = [
        street("High Street", at(0.01 * n, 3 * n), locality=f"Town {chr(65 + n // 26)}{chr(65 + n % 26)}")
        for n in range(100)
    ]
    many = Gazetteer.in_memory(pack(streets=far_and_wide), names_in_memory=0)
    assert len(many.named(["high st"])["high st"]) == MOST_NAMESAKES
    with_town = many.named(["high st", "town dv"])["high st"]
    assert "Town DV" in {entry.locality for entry in with_town}
