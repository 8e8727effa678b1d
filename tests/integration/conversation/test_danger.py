"""Danger first: the number to call comes before anything else, and the report is not lost."""

import pytest

from bot.worker import CONTACTS_AT_ONCE
from tests.talk import HIGH_STREET, Resident, Town, picture

FIRE = "there is a fire in the alley behind High Street"


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody who has not written yet."""
    return town.resident("ann")


def test_the_number_to_call_is_said_first(ann: Resident) -> None:
    assert ann.says("I smell gas outside 1 High Street")[0] == "danger.gas"
    assert "0800 111 999" in ann.worded[0].text


@pytest.mark.parametrize(
    "before",
    [
        [],
        ["someone dumped a sofa"],
        ["a sofa was dumped on School Lane"],
        ["it is horrible outside 1 High Street"],
        ["a sofa was dumped outside 1 High Street"],
        ["a sofa was dumped outside 1 High Street", "wrong street"],
        ["forget me"],
        ["STOP"],
    ],
)
def test_danger_comes_first_whatever_was_being_said(ann: Resident, before: list[str]) -> None:
    for words in before:
        ann.says(words)

    assert ann.says(FIRE)[0] == "danger.fire"


def test_the_draft_goes_on_after_the_advice(ann: Resident) -> None:
    assert ann.says("I can smell gas") == ["danger.gas", "ask.place_danger"]
    assert ann.says("1 High Street")[0].startswith("report.filed")
    assert "smell gas" in ann.report.text


def test_somebody_in_danger_is_not_asked_what_it_is_about(ann: Resident) -> None:
    ann.says("I can smell gas")
    answers = ann.says("1 High Street")

    assert "ask.category" not in answers


def test_danger_in_the_words_of_a_photo_and_a_pin_is_seen(ann: Resident) -> None:
    assert ann.says(FIRE, photo=picture(), pin=HIGH_STREET)[0] == "danger.fire"


def test_danger_while_a_correction_is_made_is_a_report_of_its_own(ann: Resident) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    ann.says("wrong street")
    ann.says("I smell gas at Station Road")

    assert len(ann.reports) == 2
    assert ann.reports[0].label != ann.reports[1].label


def test_the_authoritys_own_advice_takes_the_place_of_ours(ann: Resident) -> None:
    ann.says("water is coming into my house, we are flooding")

    assert ann.worded[0].text == "Call 999. For sandbags call 01632 960799."


def test_danger_is_answered_before_the_messages_of_others_who_wrote_earlier(town: Town) -> None:
    waiting = [town.resident(f"r{n}").sends("someone dumped a sofa") for n in range(CONTACTS_AT_ONCE + 2)]
    ann = town.resident("ann")
    danger = ann.sends(FIRE)
    town.worker.step()

    handled = town.app.store.inbox.is_handled
    assert handled(danger)
    assert not all(map(handled, waiting))


def test_danger_told_in_polish_is_answered_in_polish_and_english(town: Town) -> None:
    ann = town.resident("ann")
    assert ann.says("pali sie na klatce schodowej, nie mozemy wyjsc")[:2] == ["tongue.pl", "danger.fire"]


def test_who_begins_in_another_language_reads_in_it_what_to_send(town: Town) -> None:
    ann = town.resident("ann")
    assert ann.says("bu hafta \u00e7\u00f6p\u00fcm\u00fcz\u00fc almad\u0131lar")[0] == "tongue.tr"
    assert "tongue.tr" not in ann.says("High Street")


def test_a_message_in_another_language_that_no_list_knows_gets_a_menu(town: Town) -> None:
    ann = town.resident("ann")
    assert ann.says("prosz\u0119, jest tutaj problem przed domem")[0] == "tongue.pl"
    assert "ask.category" in ann.says("High Street")
