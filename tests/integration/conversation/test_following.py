"""After it was filed: how it stands, more of it, and whether it was really fixed."""

import pytest

from tests.talk import Resident, Town, picture


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody whose sofa was just reported."""
    resident = town.resident("ann")
    resident.says("a sofa was dumped outside 1 High Street")
    return resident


@pytest.fixture
def asked(ann: Resident, town: Town) -> Resident:
    """Somebody who was asked whether it is fixed."""
    town.later(days=2)
    town.service_does(ann, town.act.DONE)
    return ann


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda r: r.replace("-", ""), "what about {} please".format]
)
def test_a_reference_in_any_spelling_tells_how_it_stands(ann: Resident, write: object) -> None:
    assert callable(write)

    assert ann.says(write(ann.report.reference)) == ["status.promised"]
    assert "reported" in ann.heard


def test_any_news_is_about_the_last_report(ann: Resident) -> None:
    assert ann.says("any news?") == ["status.promised"]


def test_a_neighbour_may_ask_by_the_reference(ann: Resident, town: Town) -> None:
    assert town.resident("bob").says(ann.report.reference) == ["status.promised"]


def test_somebody_elses_private_matter_stays_private(town: Town) -> None:
    ann, bob = town.resident("ann"), town.resident("bob")
    ann.says("a gang is dealing drugs at 1 High Street")

    assert bob.says(ann.report.reference) == ["status.private"]
    assert "High Street" not in bob.heard
    assert ann.says(ann.report.reference) == ["status.promised"]


def test_a_reference_that_nobody_has_is_said_kindly(ann: Resident) -> None:
    assert ann.says("TN-222-222") == ["status.unknown"]


def test_mine_lists_my_reports_and_nobody_elses(ann: Resident, town: Town) -> None:
    town.resident("bob").says("graffiti on the wall at Station Road")
    ann.says("MINE")

    assert ann.heard == f"Your reports:\n{ann.report.reference} Dumped rubbish, 1 High Street: reported"


def test_somebody_without_reports_is_told_how_to_make_one(town: Town) -> None:
    assert town.resident("bob").says("my reports") == ["mine.none"]


def test_more_words_with_the_reference_are_added(ann: Resident, town: Town) -> None:
    town.later(days=3)
    words = f"{ann.report.reference} there are rats in it now as well"

    assert ann.says(words) == ["report.added"]
    assert town.app.store.cases.history(ann.report.cluster_id)[-1].words == words


def test_a_photo_soon_after_belongs_to_the_report(ann: Resident) -> None:
    assert ann.says(photo=picture()) == ["report.added"]
    assert ann.photos == 1


def test_a_photo_that_cannot_be_opened_adds_nothing_and_says_so(ann: Resident) -> None:
    assert ann.says(photo=b"no photo") == ["photo.not_a_photo"]


def test_its_still_there_chases_the_service_that_has_it(ann: Resident, town: Town) -> None:
    town.send_on(ann)
    town.later(days=2)

    assert ann.says("it's still there") == ["follow.chased"]
    assert town.mail() == ["service.new_report", "service.chased"]


def test_nobody_is_said_to_be_told_where_nobody_was(ann: Resident) -> None:
    assert ann.says("it's still there") == ["follow.noted"]


@pytest.mark.parametrize(
    "words", ["yes", "Yes!", "yes all done thanks", "its all gone now", "fixed now, thank you"]
)
def test_yes_marks_it_as_fixed(asked: Resident, words: str) -> None:
    assert asked.says(words) == ["answer.thanks"]
    assert asked.state == "fixed - user"


@pytest.mark.parametrize(
    "words", ["no", "no it hasnt been touched", "still there", "yes but only half of it"]
)
def test_anything_else_than_yes_is_not_taken_for_yes(asked: Resident, words: str) -> None:
    asked.says(words)

    assert asked.state != "fixed - user"


@pytest.mark.parametrize("words", ["no", "No, nobody came", "it's still there"])
def test_no_opens_it_again_and_tells_the_service(asked: Resident, town: Town, words: str) -> None:
    town.mail()

    assert asked.says(words) == ["answer.reopened"]
    assert (asked.state, town.mail()) == ("confirmed", ["service.not_fixed"])


def test_the_buttons_answer_too(asked: Resident) -> None:
    assert asked.says(button=f"fixed:yes:{asked.report.reference}") == ["answer.thanks"]


def test_the_button_works_while_something_else_is_told(asked: Resident) -> None:
    asked.says("there is a deep pothole in the road")

    assert asked.says(button=f"fixed:no:{asked.report.reference}") == ["answer.reopened"]


def test_pressing_twice_is_harmless(asked: Resident) -> None:
    button = f"fixed:yes:{asked.report.reference}"
    asked.says(button=button)

    assert asked.says(button=button) == ["answer.not_asked"]


def test_it_has_come_back_opens_it_again_even_after_yes(asked: Resident, town: Town) -> None:
    asked.says("yes")
    town.later(hours=5)

    assert asked.says("it's come back") == ["answer.reopened"]
    assert asked.state == "confirmed"


def test_nobody_answers_for_somebody_else(asked: Resident, town: Town) -> None:
    bob = town.resident("bob")

    assert bob.says(button=f"fixed:yes:{asked.report.reference}") == ["choice.gone"]
    assert asked.state == "fixed - council"


def test_yes_confirms_a_newer_guess_before_it_answers_an_older_question(asked: Resident, town: Town) -> None:
    town.later(minutes=1)
    asked.says("a fridge on Station Road")

    assert asked.says("yes") == ["report.confirmed"]


def test_a_reference_is_answered_with_what_happened(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("a sofa was dumped on High Street by Northend school")
    assert ann.says("any news?") == ["status.promised"]
    town.send_on(ann)

    assert ann.says(ann.report.reference) == ["status.promised", "status.history"]
    assert "reported\n" in ann.heard
    assert "sent to the team" in ann.heard


@pytest.mark.parametrize("reference", ["ZZ-4F7-2Q9", "zz-4f7-2q9?"])
def test_another_councils_reference_is_said_to_be_unknown(town: Town, reference: str) -> None:
    assert town.resident("bob").says(reference) == ["status.unknown"]
