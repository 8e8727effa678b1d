"""What is unsure is a choice: by button, by number or in words, and there is always a way out."""

import pytest

from tests.talk import HIGH_STREET, Resident, Town

UNSURE = "it is horrible outside 1 High Street"
TWO_PLACES = "a sofa was dumped on School Lane"


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody who has not written yet."""
    return town.resident("ann")


def test_the_likeliest_categories_are_offered_where_it_is_quite_unsure(ann: Resident) -> None:
    assert ann.says(UNSURE) == ["ask.category"]
    assert len(ann.choices) <= 5
    assert ann.choices[-1] == "Something else"


def test_a_category_is_picked_by_its_button(ann: Resident) -> None:
    ann.says(UNSURE)

    assert ann.presses("Dumped rubbish") == ["report.filed"]
    assert (ann.report.category, ann.report.confidence) == ("fly_tipping", 1.0)


def test_a_category_is_picked_by_its_number(ann: Resident) -> None:
    ann.says(UNSURE)
    number = ann.choices.index("Dumped rubbish") + 1

    assert ann.says(str(number)) == ["report.filed"]
    assert ann.report.category == "fly_tipping"


@pytest.mark.parametrize("words", ["graffiti", "it's graffiti", "there is graffiti on the wall"])
def test_a_category_is_picked_in_words(ann: Resident, words: str) -> None:
    ann.says(UNSURE)

    assert ann.says(words) == ["report.filed"]
    assert ann.report.category == "graffiti"


@pytest.mark.parametrize("words", ["something else", "none", "no"])
def test_something_else_is_left_to_a_person_and_not_asked_again(ann: Resident, words: str) -> None:
    ann.says(UNSURE)

    assert ann.says(words) == ["report.filed_other"]
    assert ann.choices == ["Undo"]
    assert ann.town.desk() == ["unsure_category"]


def test_an_answer_that_says_nothing_is_not_asked_about_twice(ann: Resident) -> None:
    ann.says(UNSURE)

    assert ann.says("its just awful") == ["report.filed_other"]


def test_a_likely_category_is_filed_for_triage_with_the_others_as_buttons(ann: Resident) -> None:
    assert ann.says("a fridge outside 1 High Street") == ["report.filed_unsure"]
    assert ann.choices[0] == "Dumped rubbish"
    assert ann.state == "for triage"


def test_yes_confirms_what_was_guessed_and_sends_it_on_its_way(ann: Resident) -> None:
    ann.says("a fridge outside 1 High Street")

    assert ann.says("yes") == ["report.confirmed"]
    assert (ann.state, ann.town.desk()) == ("confirmed", [])


def test_the_button_of_the_guess_confirms_it_too(ann: Resident) -> None:
    ann.says("a fridge outside 1 High Street")

    assert ann.presses("Dumped rubbish") == ["report.confirmed"]


def test_another_button_puts_the_guess_right(ann: Resident) -> None:
    ann.says("a fridge outside 1 High Street")

    assert ann.presses("Potholes") == ["report.corrected"]
    assert (ann.report.category, ann.state) == ("road_surface", "confirmed")


def test_several_places_are_a_choice(ann: Resident) -> None:
    assert ann.says(TWO_PLACES) == ["ask.which_place"]
    assert len(ann.choices) == 3


def test_a_place_is_picked_by_its_number(ann: Resident) -> None:
    ann.says(TWO_PLACES)
    number = next(n for n, label in enumerate(ann.choices, start=1) if "Northend" in label)

    assert ann.says(str(number)) == ["report.filed"]
    assert ann.report.ward == "E99100001"


@pytest.mark.parametrize("words", ["the one in Northend", "Northend", "northend please"])
def test_a_place_is_picked_in_words(ann: Resident, words: str) -> None:
    ann.says(TWO_PLACES)

    assert ann.says(words) == ["report.filed"]
    assert ann.report.ward == "E99100001"


def test_a_pin_settles_which_place(ann: Resident) -> None:
    ann.says(TWO_PLACES)

    assert ann.says(pin=HIGH_STREET) == ["report.filed"]


@pytest.mark.parametrize("words", ["none", "no", "3"])
def test_none_of_the_places_asks_once_more_in_words(ann: Resident, words: str) -> None:
    ann.says(TWO_PLACES)

    assert ann.says(words) == ["ask.place_again"]
    assert ann.says("1 High Street") == ["report.filed"]


def test_a_choice_that_is_not_made_ends_with_a_person(ann: Resident) -> None:
    ann.says(TWO_PLACES)
    answers = [ann.says("what?"), ann.says("I have no idea")]

    assert answers == [["ask.place_again"], ["report.filed_no_place"]]


def test_a_number_that_was_sent_twice_does_not_answer_the_next_question(ann: Resident, town: Town) -> None:
    ann.says(TWO_PLACES)
    sent = [ann.sends("1") for _ in range(5)]
    town.later(seconds=3)

    assert [ann.reads(message) for message in sent] == [["report.filed"], *[["report.known"]] * 4]


def test_a_number_never_takes_a_report_back(ann: Resident) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ann.says("1")

    assert ann.reports[0].own_state is None


@pytest.mark.parametrize("button", ["place:1:E99100001", "none", "yes", "whatever", "category:graffiti"])
def test_a_button_of_long_ago_leads_back_to_the_open_question(ann: Resident, button: str) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says(button=button) == ["ask.place_of"]


@pytest.mark.parametrize("button", ["place:1:E99100001", "none", "category:graffiti", "fixed:yes:TN-222-222"])
def test_a_button_of_long_ago_is_said_to_be_gone_where_nothing_is_open(ann: Resident, button: str) -> None:
    assert ann.says(button=button) == ["choice.gone"]


def test_a_category_pressed_while_the_next_problem_is_told_corrects_the_first(ann: Resident) -> None:
    ann.says("a fridge outside 1 High Street")
    ann.says("there is a deep pothole in the road too")

    assert ann.says(button="category:graffiti") == ["report.corrected", "ask.place_of"]
    assert ann.says("Station Road") == ["report.filed"]


@pytest.mark.parametrize("words", ["yes", "its near the entrance", "the side by the shops"])
def test_the_one_place_offered_is_taken_unless_it_is_denied(ann: Resident, words: str) -> None:
    assert ann.says("a sofa was dumped on Hihg Street") == ["ask.this_place"]

    assert ann.says(words) == ["report.filed"]


@pytest.mark.parametrize("words", ["no", "nope, the other end of town"])
def test_the_one_place_offered_is_asked_for_again_where_it_is_denied(ann: Resident, words: str) -> None:
    ann.says("a sofa was dumped on Hihg Street")

    assert ann.says(words) == ["ask.place_again"]
