"""Points and words that mislead: each gets a sensible question, never a wrong ward in silence."""

from datetime import timedelta

import pytest

from casework.packs import Landmark
from casework.places import (
    Marker,
    PlaceDecision,
    PlaceReading,
    Point,
    Unresolved,
)
from geo.areas import AreaIndex
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from tests.unit.geo.factories import TODAY, at, pack, street
from tests.unit.geo.test_finder import OUR_PACK, find, label, ward

LAST_YEAR = TODAY - timedelta(days=365)


@pytest.mark.parametrize("far", [Point(52.0, -1.0), Point(52.0, 3.0), Point(-33.9, 18.4)])
def test_a_pin_far_away_or_in_the_sea_is_a_question(far: Point) -> None:
    reading = find("", pin=far)
    assert (ward(reading), reading.decision) == (None, PlaceDecision.ASK)
    assert label(reading).endswith(" km away")


def test_words_outweigh_a_pin_far_away() -> None:
    reading = find("rubbish in Hazel Grove", pin=Point(52.0, 3.0))
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ACCEPT)


def test_a_lost_minus_sign_is_asked_about() -> None:
    here = at(0.5, 0.5)
    reading = find(f"{here.latitude:.5f}, {-here.longitude:.5f}")
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ASK)
    assert ward(find(f"{-here.longitude:.5f}, {here.latitude:.5f}")) == "W1"


def test_a_short_plus_code_is_found_near_the_pack() -> None:
    # 9C3XGW52+22 without the letters of its degree.
    reading = find("pothole at GW52+22, Testshire")
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ACCEPT)


def test_a_pin_of_five_kilometres_is_no_place() -> None:
    assert find("rubbish", pin=Marker(at(1.0, 1.0), 5_000)) == PlaceReading(unresolved=Unresolved.WIDE_PIN)


def test_a_pin_of_a_kilometre_is_a_question() -> None:
    assert find("rubbish", pin=Marker(at(0.5, 0.5), 1_000)).decision is PlaceDecision.ASK


def test_a_wide_pin_leaves_namesakes_elsewhere_out_of_the_question() -> None:
    reading = find("Bin in Church Lane", pin=Marker(at(1.8, 1.7), 2_000))
    assert reading.decision is PlaceDecision.ASK
    assert [c.ward for c in reading.candidates] == ["W4"]


def test_a_wide_pin_leaves_words_that_lie_in_it_alone() -> None:
    assert find("rubbish in Hazel Grove", pin=Marker(at(1.0, 1.0), 5_000)) == find("rubbish in Hazel Grove")


def test_words_outside_a_wide_pin_are_a_question() -> None:
    reading = find("rubbish in Hazel Grove", pin=Marker(Point(51.56, -0.1), 2_000))
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ASK)


def test_a_photo_of_last_year_is_a_question() -> None:
    reading = find("", photo=Marker(at(0.5, 0.5), taken=LAST_YEAR))
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ASK)
    fresh = find("", photo=Marker(at(0.5, 0.5), taken=TODAY - timedelta(days=1)))
    assert fresh.decision is PlaceDecision.ACCEPT


def test_words_outweigh_a_photo_of_last_year() -> None:
    old = Marker(at(1.5, 1.5), taken=LAST_YEAR)
    assert find("rubbish in Hazel Grove", photo=old) == find("rubbish in Hazel Grove")


def test_a_street_in_fifty_towns_is_a_question_of_four() -> None:
    many = [street("Mill Road", at(0.1 + 0.036 * n, 0.04 * n), locality=f"Town {n}") for n in range(50)]
    ours = pack(streets=many)
    reading = Finder([ours], [Gazetteer.in_memory(ours)], AreaIndex([ours])).find("Mill Road", TODAY)
    assert reading.decision is PlaceDecision.ASK
    assert 1 < len(reading.candidates) <= 4


def test_a_park_of_two_kilometres_is_a_question() -> None:
    large = pack(landmarks=[Landmark("Great Common", "park", at(1.0, 1.0))])
    reading = Finder([large], [Gazetteer.in_memory(large)], AreaIndex([large])).find("Great Common", TODAY)
    assert reading.decision is PlaceDecision.ASK
    assert len({c.ward for c in reading.candidates}) > 1


def test_a_house_number_that_does_not_exist_is_somewhere_on_its_street() -> None:
    best = find("outside 900 Quillmaker Road").best
    assert best is not None
    assert best.uncertainty_m > 60


@pytest.mark.parametrize("text", ["here", "over here!", "right where I am standing", "lamp column 15"])
def test_here_without_a_pin_is_no_place(text: str) -> None:
    assert find(text, answer=True).decision is PlaceDecision.NONE


def test_a_shortened_link_is_no_place_and_says_why() -> None:
    assert find("it is https://maps.app.goo.gl/Abc1").unresolved is Unresolved.MAP_LINK
    assert find("Hazel Grove https://maps.app.goo.gl/Abc1").unresolved is None


class KnowsWhere:
    """A fake of the service that resolves three words."""

    def __init__(self, point: Point | None) -> None:
        self.where = point
        self.asked: list[str] = []

    def point(self, words: str) -> Point | None:
        """What it was made with."""
        self.asked.append(words)
        return self.where


def with_three_words(knows: KnowsWhere) -> Finder:
    return Finder([OUR_PACK], [Gazetteer.in_memory(OUR_PACK)], AreaIndex([OUR_PACK]), three_words=knows)


def test_three_words_are_a_pin_where_their_owner_may_be_asked() -> None:
    knows = KnowsWhere(at(0.5, 0.5))
    reading = with_three_words(knows).find("my name is Ada, pothole at ///apple.pear.plum", TODAY)
    assert knows.asked == ["///apple.pear.plum"]
    assert (ward(reading), reading.decision) == ("W1", PlaceDecision.ACCEPT)


def test_three_words_that_nobody_resolves_leave_the_other_words() -> None:
    finder = with_three_words(KnowsWhere(None))
    assert ward(finder.find("Hazel Grove ///apple.pear.plum", TODAY)) == "W1"
    assert finder.find("///apple.pear.plum", TODAY).unresolved is Unresolved.THREE_WORDS


@pytest.mark.parametrize(
    "text", ["in my street", "outside our house", "by my front gate", "where I live", "outside mine"]
)
def test_a_home_is_spoken_of(text: str) -> None:
    assert find(f"rubbish {text}").unresolved is Unresolved.HOME


@pytest.mark.parametrize(
    "text", ["by my nan's house", "in the street", "my car in Hazel Grove", "the house", "my house's"]
)
def test_another_s_home_is_none(text: str) -> None:
    assert find(f"rubbish {text}").unresolved is None
