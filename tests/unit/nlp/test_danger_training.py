"""What the scorer of danger learns from, and where its threshold is put."""

import csv
import random

import numpy as np

from casework.understanding import Danger
from nlp.danger_features import piece_buckets, words_of
from nlp.danger_scorer import shipped
from nlp.danger_training import PHRASES, REPORTS_PER_ALARM, disguise, threshold

OTHERS = ["The bins are full. Please come.", "pothole on the corner"]


def test_a_disguised_phrase_still_holds_most_of_its_words() -> None:
    chance = random.Random(1)
    for _ in range(200):
        words = set(words_of(disguise("there is smoke in the stairs and nobody comes", OTHERS, chance)))
        assert len(words & {"there", "smoke", "stairs", "nobody", "comes"}) >= 4


def test_the_same_seed_disguises_alike() -> None:
    told = [
        [disguise("smoke in the stairs", OTHERS, chance) for _ in range(50)]
        for chance in (random.Random(3), random.Random(3))
    ]
    assert told[0] == told[1]
    assert len(set(told[0])) > 10


def test_one_report_in_so_many_passes_the_threshold() -> None:
    scores = np.arange(REPORTS_PER_ALARM * 10, dtype=np.float64)
    assert (scores >= threshold(scores)).sum() == 10


def test_the_phrases_name_known_dangers_and_many_that_are_none() -> None:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        dangers = [row["danger"] for row in csv.DictReader(file)]
    assert set(dangers) - {""} == {danger.value for danger in Danger}
    assert dangers.count("") > 500


def test_a_misspelt_word_shares_most_of_its_pieces() -> None:
    right, wrong = set(piece_buckets(["collapsed"])), set(piece_buckets(["colapsed"]))
    assert len(right & wrong) > len(right) / 3


def test_an_empty_text_scores_nothing_but_the_offset() -> None:
    assert shipped().score("") == shipped().offset
