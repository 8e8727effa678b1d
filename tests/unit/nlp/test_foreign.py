"""Danger told in nine languages and in Welsh, in their own script and as it is typed without it."""

import csv
from pathlib import Path

import pytest

from casework.understanding import Danger, Decision, Kind
from nlp.danger import screen
from nlp.foreign import danger_in, problem_in
from nlp.foreign_danger_words import DANGER_WORDS
from nlp.language import guess
from nlp.reader import Reader

FOLDER = Path(__file__).parent
LANGUAGES = {"cy", "pl", "ro", "bn", "ur", "so", "ar", "pt", "es", "tr"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_language_has_words_for_every_danger() -> None:
    assert set(DANGER_WORDS) == LANGUAGES
    assert all(set(words) == set(Danger) for words in DANGER_WORDS.values())


def test_the_lists_see_nearly_every_danger_written_by_somebody_else() -> None:
    dangers = rows("danger_phrases_foreign.csv")
    assert {row["language"] for row in dangers} == LANGUAGES
    missed = [row["text"] for row in dangers if screen(row["text"]) is None]
    assert len(missed) <= 0.02 * len(dangers), missed


@pytest.mark.parametrize("row", rows("problems_foreign.csv"), ids=lambda row: row["language"])
def test_everyday_problems_in_those_languages_are_no_danger(row: dict[str, str]) -> None:
    assert danger_in(row["text"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "the firing range on Arden Road",
        "accident waiting to happen",
        "Bamfurlong Lane",
        "bombarded with emails",
        "violet flowers in the park",
        "opposite the ambulance station",
        "",
        "\U0001f600" * 3,
    ],
)
def test_english_words_that_look_like_theirs_are_no_danger(text: str) -> None:
    assert danger_in(text) is None


def test_accents_and_dotless_letters_do_not_matter() -> None:
    assert danger_in("po\u017car w bloku") is Danger.FIRE
    assert danger_in("pozar w bloku") is Danger.FIRE
    assert danger_in("yan\u0131yor ev") is Danger.FIRE


def test_the_common_problems_are_recognised_and_so_is_the_language() -> None:
    problems = rows("problems_foreign.csv")
    read = [(guess(row["text"]), problem_in(row["text"], row["language"])) for row in problems]
    wrong = [
        row for row, found in zip(problems, read, strict=True) if found != (row["language"], row["category"])
    ]
    assert len(wrong) <= 0.04 * len(problems), wrong


@pytest.mark.parametrize(
    "text", ["Graffiti on bus stop", "Sofa dumped", "Drain blocked", "Gutter leaking", "shorter hair"]
)
def test_english_is_not_taken_for_another_language(text: str) -> None:
    assert guess(text) == "en"


def test_a_problem_told_in_polish_is_filed_for_a_person_with_its_category(reader: Reader) -> None:
    read = reader.read("wielka dziura w jezdni kolo szkoly")
    assert (read.language, read.category, read.kind) == ("pl", "road_surface", Kind.REPORT)
    assert read.decision is Decision.ASK
