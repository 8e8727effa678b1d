"""When we fall silent towards another machine."""

from datetime import timedelta

from casework.loops import MOST, MOST_ALIKE, Said, answers_of, is_loop, silenced
from casework.outcomes import Notice, Outcome
from tests.factories import NOW

THANKS = Said("chat.thanks", {"name": "Ashmere"}, NOW)


def before(n: int, minutes: float = 1, **parameters: object) -> list[Said]:
    return [Said("chat.thanks", parameters or {"name": "Ashmere"}, NOW - timedelta(minutes=minutes))] * n


def test_the_same_answer_a_few_times_is_given_again() -> None:
    assert not is_loop([THANKS], before(MOST_ALIKE - 1), NOW)


def test_the_same_answer_too_often_within_minutes_is_a_loop() -> None:
    assert is_loop([THANKS], before(MOST_ALIKE), NOW)


def test_the_same_answer_over_a_day_is_no_loop() -> None:
    assert not is_loop([THANKS], before(MOST_ALIKE, minutes=60), NOW)


def test_answers_about_different_things_are_no_loop() -> None:
    assert not is_loop([THANKS], before(MOST_ALIKE, name="Millbrook"), NOW)


def test_something_new_beside_the_same_again_is_said() -> None:
    assert not is_loop([THANKS, Said("report.filed", {}, NOW)], before(MOST_ALIKE), NOW)


def test_too_many_answers_of_any_kind_are_a_loop() -> None:
    many = [Said("report.added", {"reference": str(n)}, NOW) for n in range(MOST)]
    assert is_loop([THANKS], many, NOW)


def test_a_message_without_an_answer_is_no_loop() -> None:
    assert not is_loop([], before(MOST), NOW)


def test_lists_compare_as_they_come_back_from_storage() -> None:
    said = Said("mine.list", {"lines": ({"key": "mine.line"},)}, NOW)
    stored = Said("mine.list", {"lines": [{"key": "mine.line"}]}, NOW)
    assert is_loop([said], [stored] * MOST_ALIKE, NOW)


def test_silence_keeps_what_is_told_to_others() -> None:
    answer = Notice("contact:c", "chat.thanks", reply=True)
    mail = Notice("service:s", "service.new")
    outcome = Outcome(notices=(answer, mail))
    assert silenced(outcome).notices == (mail,)
    assert [said.key for said in answers_of(outcome, NOW)] == ["chat.thanks"]
