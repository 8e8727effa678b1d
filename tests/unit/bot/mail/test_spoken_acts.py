import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.spoken_acts import service_in, spoken_act
from casework.acting import Act
from tests.factories import HOUSING, ROADS, make_pack


@pytest.mark.parametrize(
    ("words", "act", "rest"),
    [
        ("Done", Act.DONE, ""),
        ("DONE.", Act.DONE, ""),
        ("Done - collected this morning", Act.DONE, "collected this morning"),
        ("Completed: swept\nBy the night crew", Act.DONE, "swept\nBy the night crew"),
        ("Fixed!\n\nThanks for telling us", Act.DONE, "Thanks for telling us"),
        ("In progress", Act.IN_PROGRESS, ""),
        ("in  progress, the part is on order", Act.IN_PROGRESS, "the part is on order"),
        ("Seen", Act.SEEN, ""),
        ("Not ours: Highways", Act.NOT_OURS, "Highways"),
        ("NOT OURS", Act.NOT_OURS, ""),
        ("Unable - it is on private land", Act.UNABLE, "it is on private land"),
    ],
)
def test_a_clear_first_line_is_an_act(words: str, act: Act, rest: str) -> None:
    found = spoken_act(words)

    assert found is not None
    assert (found.act, found.words) == (act, rest)


@pytest.mark.parametrize(
    "words",
    ["", "Done?", "Not done", "Done nothing yet", "Done, but not the fridge", "Done - except the fridge",
     "Done. We didn't find the rest", "Done\nOnly half of it", "It is done", "We will get it done", "Donegal",
     "Which side of the road is it?", "Hello\nDone", "Thanks", "Not ours to say when it will be done"],
)  # fmt: skip
def test_anything_less_clear_is_for_a_person(words: str) -> None:
    assert spoken_act(words) is None


@given(st.text())
def test_any_words_can_be_looked_at(words: str) -> None:
    spoken_act(words)


def test_a_service_is_known_by_its_whole_name() -> None:
    pack = make_pack()

    assert service_in(pack, "highways.\nthanks") == ROADS
    assert service_in(pack, "Repairs") == HOUSING
    assert service_in(pack, "Highways I think") is None
    assert service_in(pack, "") is None
