"""The words that work on every channel and at every step."""

import pytest

from casework.cases import Contact
from storage.tables import inbox, photos
from tests.talk import Resident, Town, picture


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody who has not written yet."""
    return town.resident("ann")


def contact_of(resident: Resident) -> Contact:
    """What is kept of somebody."""
    found = resident.town.app.store.cases.contact(resident.contact_id)
    assert found is not None
    return found


@pytest.mark.parametrize("word", ["STOP", "stop", "Stop.", "/stop", "unsubscribe", "please stop texting me"])
def test_stop_stops(ann: Resident, word: str) -> None:
    assert ann.says(word) == ["stop.done"]
    assert contact_of(ann).opted_out_at is not None


def test_after_stop_nothing_is_said_unasked(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ann.says("STOP")
    town.service_does(ann, town.act.DONE)

    assert ann.later == []


def test_stop_never_loses_a_report(ann: Resident) -> None:
    ann.says("someone dumped a sofa")
    ann.says("STOP")

    assert ann.says("1 High Street") == ["report.filed"]


def test_start_is_heard_again(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ann.says("STOP")

    assert ann.says("START") == ["start.done"]
    town.service_does(ann, town.act.SEEN)
    assert ann.later == ["told.seen"]


def test_start_greets_a_newcomer(ann: Resident) -> None:
    assert ann.says("/start") == ["hello"]


@pytest.mark.parametrize("word", ["HELP", "help", "?", "/help", "info"])
def test_help_helps_and_the_draft_goes_on(ann: Resident, word: str) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says(word) == ["help"]
    assert ann.says("1 High Street") == ["report.filed"]


def test_cancel_drops_what_is_being_told(ann: Resident) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says("CANCEL") == ["draft.dropped"]
    assert ann.says("a deep pothole in the road at Station Road") == ["report.filed"]
    assert "sofa" not in ann.report.text


def test_cancel_after_filing_says_how_to_take_it_back(ann: Resident) -> None:
    ann.says("a sofa was dumped outside 1 High Street")

    assert ann.says("cancel") == ["cancel.filed"]
    assert ann.presses("Undo") == ["report.withdrawn"]


def test_forget_me_is_asked_once(ann: Resident) -> None:
    assert ann.says("FORGET ME") == ["forget.ask"]
    assert ann.says("no") == ["forget.kept"]
    assert contact_of(ann).forgotten_at is None


@pytest.mark.parametrize("yes", ["yes", "YES", "yes please delete it"])
def test_yes_forgets(ann: Resident, yes: str) -> None:
    ann.says("forget me")

    assert ann.says(yes) == ["forget.done"]
    assert (contact_of(ann).address_hash, contact_of(ann).address) == (None, None)


def test_a_forgotten_residents_report_stays_without_them(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street, ring 07700 900123")
    reference = ann.report.reference
    ann.says("forget me")
    ann.says("yes")

    case, report = town.app.store.cases.case_by_reference(reference) or (None, None)
    assert case is not None
    assert report is not None
    assert (report.contact_id, "900123" in report.text) == (None, False)


def test_a_forgotten_residents_photos_and_messages_are_unlinked(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street", photo=picture())
    ann.says("forget me")
    ann.presses("Yes, delete")

    with town.app.database.read() as connection:
        assert connection.execute(photos.select()).mappings().one()["contact_id"] is None
        assert [row.payload for row in connection.execute(inbox.select())] == [None, None, None]


def test_a_forgotten_resident_comes_back_as_somebody_new(ann: Resident) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ann.says("forget me")
    ann.says("yes")

    assert ann.says("mine") == ["mine.none"]


def test_being_forgotten_in_the_middle_of_a_report_may_be_called_off(ann: Resident) -> None:
    ann.says("someone dumped a sofa")
    ann.says("forget me")

    assert ann.says("no") == ["forget.kept", "ask.place_again"]
    assert ann.says("1 High Street") == ["report.filed"]


def test_an_impatient_yes_yes_yes_is_one_forgetting_and_no_fault(ann: Resident, town: Town) -> None:
    ann.says("forget me")
    sent = [ann.sends("yes") for _ in range(3)]

    assert ann.reads(sent[0]) == ["forget.done"]
    assert [ann.reads(number) for number in sent[1:]] == [[], []]
    assert town.desk() == []


# --- What is no report ------------------------------------------------------------------------


def test_a_greeting_is_greeted(ann: Resident) -> None:
    assert ann.says("hello") == ["hello"]


def test_thanks_are_answered_kindly(ann: Resident) -> None:
    ann.says("a sofa was dumped outside 1 High Street")

    assert ann.says("thanks") == ["chat.thanks"]
    assert ann.says("👍") == ["chat.thanks"]


def test_a_greeting_in_the_middle_asks_the_question_again(ann: Resident) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says("hello?") == ["ask.place_of"]


def test_an_excluded_matter_is_told_where_to_go_and_the_draft_goes_on(ann: Resident) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says("my council tax bill is wrong") == ["excluded"]
    assert "Call 01632 960702." in ann.heard
    assert ann.says("1 High Street") == ["report.filed"]


@pytest.mark.parametrize(
    ("words", "answer", "kind"),
    [
        ("I suggest you put more benches in the park", "suggestion.kept", "suggestion"),
        ("the binman swore at me", "complaint.kept", "complaint"),
        ("my councillor is corrupt", "complaint.kept_councillor", "complaint"),
    ],
)
def test_suggestions_and_complaints_reach_a_person(ann: Resident, words: str, answer: str, kind: str) -> None:
    assert ann.says(words) == [answer]
    assert ann.town.desk() == [kind]


def test_a_question_is_sent_to_who_can_answer_it(ann: Resident) -> None:
    assert ann.says("when is my bin collected?") == ["question.whom"]
    assert "01632 960700" in ann.heard


def test_somebody_else_is_not_told_the_number_of_the_house(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ben = town.resident("ben")
    ben.says(ann.report.reference)

    assert "High Street" in ben.heard
    assert "1 High Street" not in ben.heard
    ann.says(ann.report.reference)
    assert "1 High Street" in ann.heard
