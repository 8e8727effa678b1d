"""Measured on messages of every kind, written before the patterns were seen; every other one was held out."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from casework.understanding import Decision
from config.loading import load_packs
from nlp.reader import Reader

LEAST = {
    "report": 0.80,
    "question": 0.85,
    "chat": 0.80,
    "spam": 0.90,
    "status": 0.85,
    "followup": 0.80,
    "suggestion": 0.85,
    "complaint_staff": 0.60,
    "complaint_councillor": 0.90,
    "opt_out": 0.65,
}
"""The share that must be of its kind; what is under one is known to be missed."""


def texts() -> list[tuple[str, str]]:
    with (Path(__file__).parent / "kinds_texts.csv").open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["text"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def demo() -> Reader:
    return Reader(load_packs([Path("config/demo")])[0])


@pytest.mark.parametrize("kind", LEAST)
def test_messages_are_of_their_kind(demo: Reader, kind: str) -> None:
    told = Counter(demo.read(text).kind.value for which, text in texts() if which == kind)
    assert told[kind] >= LEAST[kind] * told.total(), told


def test_what_says_nothing_is_not_taken_as_read(demo: Reader) -> None:
    empty = [text for kind, text in texts() if kind == "evidence_free"]
    assert [text for text in empty if demo.read(text).decision is Decision.ACCEPT] == []


def test_none_of_them_is_an_emergency(demo: Reader) -> None:
    alarms = [text for _, text in texts() if demo.read(text).decision is Decision.EMERGENCY]
    assert len(alarms) <= 0.01 * len(texts()), alarms
