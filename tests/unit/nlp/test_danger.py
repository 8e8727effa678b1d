"""Dangers are seen whatever the spelling, and harmless words are not taken for them."""

import csv
import time
from pathlib import Path

import pytest

from casework.understanding import Danger
from nlp.danger import screen

FOLDER = Path(__file__).parent


def phrases(name: str = "danger_phrases.csv") -> list[tuple[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [(row["danger"], row["text"]) for row in csv.DictReader(file)]


DANGEROUS = [(danger, text) for danger, text in phrases() if danger]
HARMLESS = [text for danger, text in phrases() if not danger]


OUTSIDE = phrases("danger_phrases_outside.csv")
"""Written by somebody who never saw the rules; the scorer has learnt from them since."""


def test_the_dangers_told_by_somebody_else_are_seen_too() -> None:
    dangerous = [text for danger, text in OUTSIDE if danger]
    missed = [text for text in dangerous if screen(text) is None]
    assert len(dangerous) >= 200
    assert len(missed) <= 0.02 * len(dangerous), missed


def test_few_words_that_only_sound_dangerous_raise_an_alarm() -> None:
    harmless = [text for danger, text in OUTSIDE if not danger]
    alarms = [text for text in harmless if screen(text) is not None]
    assert len(alarms) <= 0.04 * len(harmless), alarms


def test_nearly_all_of_them_are_called_by_their_right_kind() -> None:
    wrong = [(danger, text) for danger, text in OUTSIDE if danger and screen(text) not in {danger, None}]
    assert len(wrong) <= 0.15 * len(OUTSIDE), wrong


def test_the_frozen_phrases_cover_every_danger_with_three_hundred_phrasings() -> None:
    assert len(DANGEROUS) >= 300
    assert len(HARMLESS) >= 100
    assert {danger for danger, _ in DANGEROUS} == {danger.value for danger in Danger}


def test_at_least_98_percent_of_the_frozen_dangers_are_seen() -> None:
    missed = [text for _, text in DANGEROUS if screen(text) is None]
    assert len(missed) <= 0.02 * len(DANGEROUS), missed


def test_nearly_all_dangers_are_called_by_their_right_kind() -> None:
    wrong = [(danger, text) for danger, text in DANGEROUS if screen(text) != danger]
    assert len(wrong) <= 0.04 * len(DANGEROUS), wrong


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_are_no_danger(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize("shape", [str.upper, str.title, lambda text: f"hi there. {text}!!! pls hurry"])
def test_capitals_greetings_and_shouting_do_not_hide_a_danger(shape: "type[str]") -> None:
    for text in ("theres a fire in the bin store", "I can smell gas", "my husband hits me"):
        assert screen(shape(text)) is not None


def test_a_danger_in_the_second_sentence_is_seen() -> None:
    assert screen("The bins are full again. Also I can smell gas in the hall.") is Danger.GAS


def test_a_past_fire_is_no_emergency_but_a_fire_now_is() -> None:
    assert screen("the shed was on fire last week and needs clearing") is None
    assert screen("the shed was on fire last week and it is on fire right now") is Danger.FIRE


def test_the_gravest_of_several_dangers_is_told() -> None:
    assert screen("the wall has collapsed and there is a gas leak") is Danger.GAS


def test_screening_is_quick() -> None:
    text = (
        "There is a lot of rubbish dumped by the bins outside the flats on Mill Lane, please collect it. " * 2
    )
    start = time.perf_counter()
    for _ in range(500):
        screen(text)
    assert (time.perf_counter() - start) / 500 < 0.001


def test_a_very_long_message_takes_no_longer_than_its_beginning() -> None:
    start = time.perf_counter()
    screen("fire man wall child water gas old lady is " * 25_000)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    "text",
    [
        "domestic violence at number 6",
        "there is domestic abuse next door",
        "a man exposed himself in the park",
        "they are being held hostage",
    ],
)
def test_violence_is_seen_by_what_it_is_called(text: str) -> None:
    assert screen(text) is Danger.VIOLENCE


def test_child_abuse_is_seen_by_what_it_is_called() -> None:
    assert screen("child abuse in the flat upstairs") is Danger.CHILD


@pytest.mark.parametrize(
    "text", ["people shouting at each other all night", "kids shouting at my neighbours"]
)
def test_a_word_of_its_own_is_not_mended_into_a_danger(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize(
    "answer",
    [
        "the one by the chip shop",
        "down the road by my nans",
        "near the school",
        "next to my mums house",
        "the house with red door",
        "by the kids playground",
    ],
)
def test_a_few_words_that_answer_a_question_raise_no_alarm(answer: str) -> None:
    """The trained scorer knows too little of them; the rules judge those alone."""
    assert screen(answer) is None
