"""Places found in words, pins and photos."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.packs import Address, Landmark, Postcode
from casework.places import (
    AreaKind,
    Marker,
    PlaceDecision,
    PlaceKind,
    PlaceReading,
    Point,
    Unresolved,
    distance_m,
)
from geo.areas import AreaIndex
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from geo.geocoders import Geocoded
from tests.unit.geo.factories import HIGH, SOUTH, TODAY, WEST, WIDE, area, at, pack, square, street, wards

STREETS = (
    street("Hazel Grove", at(0.5, 0.5), at(0.5, 0.6)),
    street("Lee Bank Road", at(0.4, 0.55), at(0.6, 0.55)),
    street("Quillmaker Road", at(1.4, 1.5), at(1.6, 1.5)),
    street("Long Mile Road", at(0.3, 0.1), at(0.3, 1.9)),
    street("Tanner Street", at(0.2, 1.5), at(0.5, 1.5)),
    street("Cooper Street", at(0.2, 1.7), at(0.5, 1.7)),
    street("Church Lane", at(0.2, 0.3), locality="Nether Wallop End"),
    street("Church Lane", at(1.8, 1.7), locality="Upper Snoring"),
    street("The Grove", at(1.5, 0.5)),
    street("Copperbeech Avenue", at(1.4, 0.5)),
    street("Farfield Road", Point(SOUTH - 0.02, WEST)),
)
LANDMARKS = (
    Landmark("Park", "park", at(1.7, 0.3)),
    Landmark("Co-op", "shop", at(0.301, 1.5), aliases=("the coop",)),
    Landmark("Co-op", "shop", at(1.6, 0.4)),
    Landmark("Larkfield Library", "library", at(0.7, 0.7)),
)
POSTCODES = (
    Postcode("TS1 2AB", at(0.52, 0.5)),
    Postcode("TS1 2AC", at(0.34, 1.6)),
    Postcode("TS9 9ZZ", at(1.5, 1.5)),
)
ADDRESSES = (
    Address("", "12", "Hazel Grove", "", "TS1 2AB"),
    Address("", "2", "Quillmaker Road", "", "", at(1.42, 1.5)),
    Address("", "20", "Quillmaker Road", "", "", at(1.52, 1.5)),
    Address("Flat 1", "Marigold House", "Tanner Street", "", "", at(0.4, 1.5)),
)
OUR_PACK = pack(streets=STREETS, addresses=ADDRESSES, postcodes=POSTCODES, landmarks=LANDMARKS)
FINDER = Finder([OUR_PACK], [Gazetteer.in_memory(OUR_PACK)], AreaIndex([OUR_PACK]))


def find(
    text: str,
    *,
    pin: Marker | Point | None = None,
    photo: Marker | Point | None = None,
    answer: bool = False,
) -> PlaceReading:
    return FINDER.find(text, TODAY, pin=pin, photo=photo, answer=answer)


def label(reading: PlaceReading) -> str:
    assert reading.best is not None
    return reading.best.label


def ward(reading: PlaceReading) -> str | None:
    assert reading.best is not None
    return reading.best.ward


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rubbish dumped outside 12 Hazel Grove", "12 Hazel Grove"),
        ("a mattress in hazel grove", "Hazel Grove"),
        ("a mattress in hazel grv.", "Hazel Grove"),
        ("A MATTRESS IN HAZEL GROVE", "Hazel Grove"),
        ("potholes on Coperbeech av", "Copperbeech Avenue"),
        ("potholes on Copper Beech Ave", "Copperbeech Avenue"),
        ("\u0645\u0631\u062d\u0628\u0627 Quillmaker rd \U0001f600\u200f", "Quillmaker Road"),
        ("Bins at marigold house overflow", "Marigold House"),
        ("smashed window at Larkfield Library", "Larkfield Library"),
    ],
)
def test_a_place_is_accepted_however_it_is_spelt(text: str, expected: str) -> None:
    reading = find(text)
    assert (label(reading), reading.decision) == (expected, PlaceDecision.ACCEPT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "here",
        "there's a park bench broken",
        "the road is bad and the street is dirty near the bench",
        "a child fell off the park bench near the park gate",
        "the grove of trees at the side of the road",
        "Grove",
        "main road by the shops",
        "park in the road",
        "\x00\x01\u202e\ufffd",
        "x" * 10_000,
    ],
)
def test_words_that_name_no_place_give_none(text: str) -> None:
    assert find(text) == PlaceReading(phrase=find(text).phrase)
    assert find(text, answer=True).decision is PlaceDecision.NONE


@pytest.mark.parametrize("text", ["glass by the park", "the park", "park", "dogs in the park again"])
def test_an_everyday_word_that_is_a_landmark_s_name_is_a_question(text: str) -> None:
    reading = find(text, answer=True)
    assert (label(reading), reading.decision) == ("Park", PlaceDecision.ASK)


def test_a_street_that_is_not_known_is_kept_as_the_phrase() -> None:
    reading = find("Fly tipping in Zebedee Terrace again")
    assert (reading.decision, reading.phrase) == (PlaceDecision.NONE, "Zebedee Terrace")


def test_a_counted_thing_is_no_house_number() -> None:
    assert label(find("3 bags on Hazel Grove")) == "Hazel Grove"


def test_a_listed_house_number_is_at_its_point() -> None:
    best = find("outside 20 Quillmaker Road").best
    assert best is not None
    assert best.kind is PlaceKind.ADDRESS
    assert distance_m(best.point, at(1.52, 1.5)) < 20


def test_a_house_number_between_two_listed_ones_is_between_them() -> None:
    best = find("outside 11 Quillmaker Road").best
    even = find("outside 10 Quillmaker Road").best
    assert best is not None
    assert even is not None
    assert distance_m(even.point, at(1.464, 1.5)) < 40
    assert even.uncertainty_m < best.uncertainty_m


def test_a_listed_house_without_a_point_is_at_its_postcode() -> None:
    best = find("12 Hazel Grove").best
    assert best is not None
    assert distance_m(best.point, at(0.52, 0.5)) < 20


@pytest.mark.parametrize(
    "text",
    [
        "corner of Long Mile Road and Tanner Street",
        "Tanner Street jct Long Mile Rd",
        "Long Mile Road / Tanner Street",
        "where Tanner Street meets Long Mile Road",
    ],
)
def test_a_junction_is_where_its_streets_cross(text: str) -> None:
    reading = find(text)
    assert reading.best is not None
    assert reading.best.kind is PlaceKind.JUNCTION
    assert distance_m(reading.best.point, at(0.3, 1.5)) < 60
    assert reading.decision is PlaceDecision.ACCEPT
    assert reading.best.label.startswith("the junction of ")


PINNED = tuple(street("Pinned Road", at(0.5, 0.2 + 0.05 * n)) for n in range(12))
"""A street that is known by pins along it, one row each."""


def test_a_street_of_many_pins_is_surer_than_one_of_a_single_point() -> None:
    single = pack(streets=[street("Pinned Road", at(0.5, 0.88))])
    many = pack(streets=[street("Pinned Road", at(0.5, 0.80 + 0.008 * n)) for n in range(12)])
    found = [
        Finder([p], [Gazetteer.in_memory(p)], AreaIndex([p])).find("hole in Pinned Road", TODAY).best
        for p in (single, many)
    ]
    assert found[0] is not None
    assert found[1] is not None
    assert found[1].probability > found[0].probability


def test_streets_that_pins_know_meet_where_their_pins_are_nearest() -> None:
    across = [street("Cross Lane", at(0.3 + 0.05 * n, 0.52)) for n in range(10)]
    ours = pack(streets=[*PINNED, *across])
    reading = Finder([ours], [Gazetteer.in_memory(ours)], AreaIndex([ours])).find(
        "jct of Pinned Road and Cross Lane", TODAY
    )
    assert reading.best is not None
    assert reading.best.label == "the junction of Pinned Road and Cross Lane"
    assert distance_m(reading.best.point, at(0.5, 0.51)) < 40


@pytest.mark.parametrize(
    "text",
    [
        "turning left from Tanner Street onto Long Mile Road",
        "Tanner Street at the entrance to Long Mile Road",
        "pothole as you exit Tanner Street onto Long Mile Road",
    ],
)
def test_a_turning_is_a_junction(text: str) -> None:
    best = find(text).best
    assert best is not None
    assert best.kind is PlaceKind.JUNCTION


def test_the_street_that_is_known_by_more_points_is_likelier_of_two_of_one_name() -> None:
    often = [street("Mill Lane", at(0.3, 0.2 + 0.02 * n)) for n in range(10)]
    once = street("Mill Lane", at(1.7, 1.7))
    ours = pack(streets=[once, *often])
    reading = Finder([ours], [Gazetteer.in_memory(ours)], AreaIndex([ours])).find("Mill Lane", TODAY)
    assert [c.ward for c in reading.candidates] == ["W1", "W4"]


def test_a_locality_before_a_street_s_name_is_no_part_of_it() -> None:
    assert find("Pot holes in Westbrook Hazel Grove").decision is PlaceDecision.ACCEPT


def test_a_house_far_beyond_the_known_numbers_is_a_vaguer_place() -> None:
    near, far = (find(f"outside {n} Quillmaker Road").best for n in (24, 50))
    assert near is not None
    assert far is not None
    assert near.uncertainty_m < far.uncertainty_m


def test_a_stretch_between_two_streets_is_on_the_third() -> None:
    reading = find("potholes on Long Mile Road between Tanner Street and Cooper Street")
    assert label(reading) == "Long Mile Road between Tanner Street and Cooper Street"
    assert ward(reading) == "W2"


def test_a_long_street_is_a_question_with_a_part_for_each_ward() -> None:
    reading = find("potholes on Long Mile Road")
    assert reading.decision is PlaceDecision.ASK
    assert {c.ward for c in reading.candidates} == {"W1", "W2"}
    assert len({c.label for c in reading.candidates}) == 2
    assert all("Long Mile Road" in c.label for c in reading.candidates)


@pytest.mark.parametrize(
    "hint", ["by Tanner Street", "near the co-op", "TS1 2AC", "in Eastbrook", "by the end of Cooper Street"]
)
def test_one_hint_settles_the_part_of_a_long_street(hint: str) -> None:
    assert ward(find(f"potholes on Long Mile Road {hint}")) == "W2"


def test_a_shop_with_two_branches_is_the_one_in_the_named_street() -> None:
    reading = find("broken glass near the co-op on Tanner Street")
    assert (ward(reading), reading.decision) == ("W2", PlaceDecision.ACCEPT)
    assert find("broken glass near the Co-op").decision is PlaceDecision.ASK


def test_two_streets_of_one_name_are_told_apart_by_their_locality() -> None:
    reading = find("Bin in Church Lane")
    assert reading.decision is PlaceDecision.ASK
    assert {c.label for c in reading.candidates} == {
        "Church Lane, Nether Wallop End",
        "Church Lane, Upper Snoring",
    }
    assert ward(find("Bin in Church Lane, Upper Snoring")) == "W4"


def test_a_postcode_and_a_street_agree() -> None:
    reading = find("Lee Bank Road, TS1 2AB")
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ACCEPT)


def test_a_part_of_a_postcode_is_a_question() -> None:
    reading = find("somewhere in TS1 2")
    assert reading.decision is PlaceDecision.ASK
    assert {c.ward for c in reading.candidates} == {"W1", "W2"}


def test_a_ward_s_name_alone_is_a_question() -> None:
    assert find("it is in Eastbrook").decision is PlaceDecision.ASK


def test_the_whole_authority_is_no_place() -> None:
    assert find("all over Testshire").decision is PlaceDecision.NONE


def test_another_street_that_ends_with_a_known_name_is_not_taken_for_it() -> None:
    assert find("glass on Hazel Grove Road").decision is not PlaceDecision.ACCEPT


def test_the_end_of_a_sentence_ends_a_name() -> None:
    assert find("hole by Quillmaker. Road is closed").decision is not PlaceDecision.ACCEPT
    assert find("rubbish in St. Hazel Grove. Road is closed").best is not None


@pytest.mark.parametrize("text", ["copperbeech", "copper beech", "quilmaker", "QuillmakerRoad"])
def test_an_answer_may_leave_words_out(text: str) -> None:
    assert find(text, answer=True).best is not None


def test_an_answer_may_misspell_a_landmark() -> None:
    reading = find("by larkfeild library", answer=True)
    assert (label(reading), reading.decision) == ("Larkfield Library", PlaceDecision.ASK)


def test_a_wrong_last_word_is_a_question() -> None:
    reading = find("hole in Quillmaker Close")
    assert (label(reading), reading.decision) == ("Quillmaker Road", PlaceDecision.ASK)


def test_a_pin_is_accepted_and_named_after_the_street_beside_it() -> None:
    reading = find("", pin=at(0.5, 0.52))
    assert (label(reading), ward(reading), reading.decision) == (
        "near Hazel Grove",
        "W1",
        PlaceDecision.ACCEPT,
    )


def test_a_pin_outweighs_vague_words() -> None:
    assert ward(find("rubbish in Westbrook", pin=at(1.5, 1.5))) == "W4"


def test_precise_words_far_from_the_pin_are_a_question() -> None:
    reading = find("rubbish outside 12 Hazel Grove", pin=at(1.5, 1.5))
    assert reading.decision is PlaceDecision.ASK
    assert [c.ward for c in reading.candidates] == ["W4", "W1"]


def test_precise_words_far_from_a_photo_come_first_in_the_question() -> None:
    reading = find("rubbish outside 12 Hazel Grove", photo=at(1.5, 1.5))
    assert reading.decision is PlaceDecision.ASK
    assert [c.ward for c in reading.candidates] == ["W1", "W4"]


def test_words_that_agree_with_the_pin_name_it() -> None:
    reading = find("rubbish outside 12 Hazel Grove", pin=at(0.51, 0.5))
    assert label(reading) == "12 Hazel Grove"
    assert reading.best is not None
    assert reading.best.point == Point(round(at(0.51, 0.5).latitude, 6), round(at(0.51, 0.5).longitude, 6))


def test_swapped_coordinates_are_mended() -> None:
    here = at(0.5, 0.5)
    assert ward(find(f"{here.longitude:.5f}, {here.latitude:.5f}")) == "W1"
    assert ward(find("", pin=Point(here.longitude, here.latitude))) == "W1"


def test_a_pin_at_zero_says_nothing() -> None:
    assert find("rubbish", pin=Point(0, 0)).decision is PlaceDecision.NONE
    assert ward(find("rubbish in Hazel Grove", pin=Point(0, 0))) == "W1"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_pin_that_is_no_number_says_nothing(value: float) -> None:
    assert find("", pin=Point(value, 0.5)).decision is PlaceDecision.NONE


def test_a_pin_just_outside_every_pack_is_accepted_without_a_ward() -> None:
    reading = find("", pin=Point(51.6, -0.2))
    assert (ward(reading), reading.decision) == (None, PlaceDecision.ACCEPT)


def test_a_street_known_only_outside_is_a_question() -> None:
    reading = find("hole in Farfield Road")
    assert (ward(reading), reading.decision) == (None, PlaceDecision.ASK)


def test_vague_coordinates_are_a_question() -> None:
    assert find("grid TQ 26 79").decision is PlaceDecision.NONE
    assert find("near TQ 320 801").decision is PlaceDecision.ACCEPT


def test_three_words_are_handed_on_as_the_phrase() -> None:
    expected = PlaceReading(phrase="///apple.pear.plum", unresolved=Unresolved.THREE_WORDS)
    assert find("///apple.pear.plum") == expected


def test_the_day_decides_which_wards_count() -> None:
    changes = date(2022, 5, 5)
    old = area("OLD", "Old", square(SOUTH, WEST, 2 * HIGH, 2 * WIDE), valid_to=changes)
    new = [replace(w, valid_from=changes) for w in wards()]
    changed = pack(areas=[old, *new], streets=STREETS)
    finder = Finder([changed], [Gazetteer.in_memory(changed)], AreaIndex([changed]))
    assert ward(finder.find("Hazel Grove", date(2022, 5, 4))) == "OLD"
    assert ward(finder.find("Hazel Grove", changes)) == "W1"


def test_a_place_in_two_packs_has_its_own_jurisdiction() -> None:
    other_areas = [area("N1", "Northwood", square(SOUTH + 2 * HIGH, WEST))]
    other = pack(areas=other_areas, streets=[street("Jasmine Way", at(2.5, 0.5))], code="nextshire")
    both = [OUR_PACK, other]
    finder = Finder(both, [Gazetteer.in_memory(p) for p in both], AreaIndex(both))
    found = [finder.find(t, TODAY).best for t in ("Jasmine Way", "Hazel Grove")]
    assert [(c.ward, c.jurisdiction) for c in found if c] == [("N1", "nextshire"), ("W1", "testshire")]


def test_an_empty_pack_finds_nothing() -> None:
    empty = pack(areas=[])
    finder = Finder([empty], [Gazetteer.in_memory(empty)], AreaIndex([empty]))
    assert finder.find("Hazel Grove", TODAY).best is None


def test_a_geocoder_is_asked_only_for_streets_that_nobody_knows_and_gives_a_question() -> None:
    asked: list[str] = []

    class Fake:
        def locate(self, phrase: str, around: Point, reach_degrees: float) -> Geocoded | None:
            asked.append(phrase)
            return Geocoded(at(1.5, 1.5), "Zebedee Terrace, Testshire")

    finder = Finder([OUR_PACK], [Gazetteer.in_memory(OUR_PACK)], AreaIndex([OUR_PACK]), Fake())
    finder.find("my name is Ada and Hazel Grove is dirty", TODAY)
    reading = finder.find("my name is Ada, there is rubbish in Zebedee Terrace", TODAY)
    assert asked == ["Zebedee Terrace"]
    assert (ward(reading), reading.decision) == ("W4", PlaceDecision.ASK)


PIECES = st.sampled_from(
    [
        "Nether Wallop End",
        "Hazel Grove",
        "Long Mile Road",
        "corner of",
        " / ",
        "TS1 2AB",
        "12",
        "near",
        "co-op",
        "51.5, -0.1",
        "51 30 0 N 0 5 0 W",
        "TQ 300 801",
        "GW42+2X",
        "///apple.pear.plum",
        "54/56",
        "between",
        "\n",
        "Eastbrook",
    ]
)
POINTS = st.builds(Point, st.floats(), st.floats())
MARKERS = st.builds(Marker, POINTS | st.just(at(0.5, 0.5)), st.floats(), st.none() | st.dates())


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=20), PIECES), max_size=12),
    st.none() | POINTS | MARKERS,
    st.none() | MARKERS,
    st.booleans(),
)
def test_nothing_that_a_resident_sends_breaks_the_finder(
    parts: list[str], pin: Marker | Point | None, photo: Marker | None, answer: bool
) -> None:
    reading = find(" ".join(parts), pin=pin, photo=photo, answer=answer)
    assert sum(c.probability for c in reading.candidates) <= 1.001
    assert len(reading.candidates) <= 4
    assert (reading.decision is PlaceDecision.NONE) == (not reading.candidates)
    assert all(c.uncertainty_m >= 0 and c.label for c in reading.candidates)
    masses = [c.probability for c in reading.candidates]
    assert masses == sorted(masses, reverse=True)


def test_many_threads_find_the_same_places() -> None:
    texts = ["Hazel Grove", "Long Mile Road", "corner of Tanner Street and Long Mile Road", "TS1 2AB"] * 5
    fresh = Finder([OUR_PACK], [Gazetteer.in_memory(OUR_PACK)], AreaIndex([OUR_PACK]))
    alone = [find(t) for t in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda t: fresh.find(t, TODAY), texts)) == alone


def test_a_neighbour_s_name_tells_that_a_street_is_outside() -> None:
    neighbour = area(
        "NB", "Farshire", square(SOUTH - HIGH * 3, WEST, HIGH * 2.5, WIDE * 2), AreaKind.NEIGHBOUR
    )
    near = pack(areas=[*wards(), neighbour], streets=STREETS)
    finder = Finder([near], [Gazetteer.in_memory(near)], AreaIndex([near]))
    assert ward(finder.find("hole in Farfield Road, Farshire", TODAY)) is None
