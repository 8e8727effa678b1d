"""What was understood wrongly is put right in a few words."""

import pytest

from tests.talk import MILL_LANE_SOUTH, Resident, Town, picture

NORTH, SOUTH = "E99100001", "E99100002"


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody whose sofa was just reported."""
    resident = town.resident("ann")
    resident.says("a sofa was dumped outside 1 High Street")
    return resident


@pytest.mark.parametrize(
    "words", ["no, it's graffiti", "No its graffiti!", "not rubbish, graffiti", "actually it is graffiti"]
)
def test_no_its_graffiti_changes_the_category(ann: Resident, words: str) -> None:
    assert ann.says(words) == ["report.corrected"]
    assert ann.report.category == "graffiti"
    assert "Graffiti, 1 High Street" in ann.heard


def test_a_correction_holds_hours_later(ann: Resident, town: Town) -> None:
    town.later(hours=3)

    assert ann.says("no, it's graffiti") == ["report.corrected"]


def test_a_corrected_category_is_promised_anew_and_the_old_promise_ends(ann: Resident) -> None:
    ann.says("no, it's graffiti")

    assert len(ann.case.open_promises) == 1
    assert ann.case.open_promises[0].category == "graffiti"


def test_wrong_category_is_asked_about(ann: Resident) -> None:
    assert ann.says("wrong category") == ["ask.category"]
    assert "Dumped rubbish" not in ann.choices
    assert ann.presses("Graffiti") == ["report.corrected"]


def test_wrong_category_may_be_answered_in_words(ann: Resident) -> None:
    ann.says("wrong category")

    assert ann.says("graffiti") == ["report.corrected"]
    assert ann.report.category == "graffiti"


@pytest.mark.parametrize("words", ["none", "dunno mate", "something else"])
def test_a_category_that_nobody_can_name_is_left_to_a_person(ann: Resident, words: str) -> None:
    ann.says("wrong category")

    assert ann.says(words) == ["correct.left"]
    assert ann.town.desk() == ["unsure_category"]


@pytest.mark.parametrize("words", ["wrong street, it's Station Road", "sorry I meant Station Road"])
def test_a_wrong_street_is_put_right_in_one_message(ann: Resident, words: str) -> None:
    assert ann.says(words) == ["report.corrected"]
    assert (ann.report.ward, ann.report.label) == (SOUTH, "Station Road")


def test_a_wrong_street_alone_asks_where_it_is(ann: Resident) -> None:
    assert ann.says("wrong street") == ["ask.place"]
    assert ann.says("Station Road") == ["report.corrected"]


def test_a_photo_sent_while_the_place_is_put_right_is_kept(ann: Resident) -> None:
    ann.says("wrong street")

    assert ann.says(photo=picture()) == ["report.added", "ask.place"]
    assert ann.says("Station Road") == ["report.corrected"]
    assert ann.photos == 1


def test_what_was_said_while_a_place_was_never_found_is_kept_whole(ann: Resident) -> None:
    for words in ("wrong street", "dunno", "by the old oak"):
        ann.says(words)

    (*_, added) = ann.town.app.store.cases.history(ann.report.cluster_id)
    assert added.words == "dunno\nby the old oak"


def test_a_new_pin_moves_the_report(ann: Resident) -> None:
    assert ann.says(pin=MILL_LANE_SOUTH) == ["report.corrected"]
    assert ann.report.ward == SOUTH


def test_an_unclear_new_place_is_a_choice(ann: Resident) -> None:
    assert ann.says("wrong street, it's School Lane") == ["ask.which_place"]
    assert ann.says("Southend") == ["report.corrected"]


def test_a_new_place_that_is_never_found_is_left_to_a_person(ann: Resident) -> None:
    answers = [ann.says("wrong street"), ann.says("dunno"), ann.says("by the old oak")]

    assert answers == [["ask.place"], ["ask.place_again"], ["correct.left"]]
    assert (ann.report.ward, ann.town.desk()) == (NORTH, ["unsure_place"])


@pytest.mark.parametrize("words", ["no", "wrong", "that's wrong", "no thats not right"])
def test_a_bare_no_asks_what_to_put_right(ann: Resident, words: str) -> None:
    assert ann.says(words) == ["correct.what"]


def test_cancelling_a_correction_keeps_the_report(ann: Resident) -> None:
    ann.says("wrong street")

    assert ann.says("cancel") == ["correct.kept"]
    assert (ann.state, ann.report.label) == ("confirmed", "1 High Street")


def test_undo_takes_the_report_back(ann: Resident) -> None:
    assert ann.says("undo") == ["report.withdrawn"]
    assert ann.state == "cancelled"


def test_undo_in_the_middle_of_a_correction_takes_the_report_back(ann: Resident) -> None:
    ann.says("wrong street")

    assert ann.says("undo") == ["report.withdrawn"]


def test_undo_twice_says_that_there_is_nothing_more(ann: Resident) -> None:
    ann.presses("Undo")

    assert ann.says(button="undo") == ["undo.nothing"]


def test_undo_takes_back_all_that_one_message_told(town: Town) -> None:
    bob = town.resident("bob")
    bob.says("graffiti on the wall at 1 High Street and someone dumped a sofa")
    bob.says("undo")

    assert [str(report.own_state) for report in bob.reports] == ["cancelled", "cancelled"]


def test_the_undo_button_takes_back_the_report_that_it_stood_under(ann: Resident) -> None:
    ann.says("there is a deep pothole in the road too")

    assert ann.says(button="undo") == ["report.withdrawn", "ask.place_of"]
    assert ann.says("Station Road") == ["report.filed"]


def test_the_word_undo_drops_what_is_being_told(ann: Resident) -> None:
    ann.says("there is a deep pothole in the road too")

    assert ann.says("undo") == ["draft.dropped"]
    assert ann.state == "confirmed"


def test_words_that_add_to_the_same_problem_are_no_new_report(ann: Resident) -> None:
    assert ann.says("and a fridge too") == ["report.added"]
    assert len(ann.reports) == 1


def test_the_same_words_again_file_nothing_again(ann: Resident) -> None:
    answers = [ann.says("a sofa was dumped outside 1 High Street") for _ in range(4)]

    assert answers == [["report.known"]] * 4
    assert len(ann.reports) == 1


def test_a_correction_after_it_was_sent_on_reaches_the_service(ann: Resident, town: Town) -> None:
    town.send_on(ann)
    ann.says("no, it's graffiti")

    assert town.mail() == ["service.new_report", "service.corrected"]


def test_a_closed_case_is_not_changed_and_says_so(ann: Resident, town: Town) -> None:
    town.service_does(ann, town.act.UNABLE, "private land")

    assert ann.says("no, it's graffiti") == ["correct.over"]


def test_news_is_asked_for_in_the_middle_of_a_correction(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("a sofa was dumped outside 1 High Street")
    assert ann.says("wrong street") == ["ask.place"]

    assert ann.says("any news about my report?") == ["status.promised"]
    assert ann.says("on Orchard Way") == ["report.corrected"]
