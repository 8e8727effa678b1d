"""A place is read from all that was told."""

from bot.conversation.gathering import with_what_was_told
from casework.drafts import Draft, Step
from casework.places import PlaceDecision, PlaceReading
from tests.unit.geo.factories import TODAY
from tests.unit.geo.test_finder import FINDER, label, ward


def answered(told: str, answer: str) -> PlaceReading:
    before = FINDER.find(told, TODAY)
    draft = Draft("ann", step=Step.WHICH_PLACE, text=told, places=before.candidates)
    alone = FINDER.find(answer, TODAY, answer=True)
    return with_what_was_told(FINDER, alone, draft, answer, TODAY)


def test_a_shop_with_two_branches_tells_which_part_of_the_street() -> None:
    assert FINDER.find("potholes on Long Mile Road", TODAY).decision is PlaceDecision.ASK
    assert FINDER.find("near the co-op", TODAY, answer=True).decision is PlaceDecision.ASK
    reading = answered("potholes on Long Mile Road", "near the co-op")
    assert (ward(reading), reading.decision) == ("W2", PlaceDecision.ACCEPT)
    assert "Long Mile Road" in label(reading)


def test_a_place_that_settles_nothing_is_read_by_itself() -> None:
    assert label(answered("rubbish somewhere", "Hazel Grove")) == "Hazel Grove"
