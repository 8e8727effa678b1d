"""The linear model's features and sums, worked out by hand."""

import numpy as np
import pytest

from nlp.features import piece_hashes, term_counts, word_hashes, words_of
from nlp.linear import LinearModel, Table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pothole, in ROAD!", ["pothole", "in", "road"]),
        ("a 12b Café", ["00b", "cafe"]),
        ("", []),
        ("x" * 100, ["x" * 24]),
    ],
)
def test_words_are_small_plain_and_without_numbers(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_number_leaves_no_trace() -> None:
    assert word_hashes(words_of("flat 41")) == word_hashes(words_of("flat 97"))


def test_a_misspelling_shares_most_pieces() -> None:
    right, wrong = set(piece_hashes("graffiti")), set(piece_hashes("grafiti"))
    assert len(right & wrong) > len(right) / 3


def test_a_word_that_is_repeated_counts_less_than_twice() -> None:
    _, counts = term_counts([7, 7, 9])
    assert counts.tolist() == pytest.approx([1 + np.log(2), 1.0])


def table(*words: str, weights: list[list[int]]) -> Table:
    hashes = np.array([word_hashes([word])[0] for word in words], dtype=np.uint32)
    order = np.argsort(hashes)
    ones = np.ones(len(words), dtype=np.float32)
    return Table(hashes[order], ones, np.array(weights, dtype=np.int8)[order], ones)


NONE = Table(
    *(np.zeros(0, dtype=kind) for kind in (np.uint32, np.float32)),
    np.zeros((0, 2), np.int8),
    np.zeros(0, np.float32),
)


def test_known_words_weigh_by_their_share() -> None:
    model = LinearModel(table("pothole", "sofa", weights=[[10, 0], [0, 10]]), NONE)
    assert model.scores("pothole").tolist() == pytest.approx([10, 0])
    assert model.scores("pothole sofa").tolist() == pytest.approx([10 / np.sqrt(2), 10 / np.sqrt(2)])


@pytest.mark.parametrize("text", ["", "nothing known here", "😀", "\ud800"])
def test_unknown_words_say_nothing(text: str) -> None:
    model = LinearModel(table("pothole", weights=[[10, 0]]), NONE)
    assert model.scores(text).tolist() == [0, 0]
