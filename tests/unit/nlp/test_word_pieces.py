"""Texts in pieces, with a vocabulary of a few."""

import pytest

from nlp.word_pieces import WordPieces

PIECES = WordPieces(["[CLS]", "[SEP]", "[UNK]", "pot", "##hole", "##s", "hole", "street", "!", "e"])
POT, HOLE, PLURAL, WHOLE, STREET = 3, 4, 5, 6, 7


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [0, 1]),
        ("street", [0, STREET, 1]),
        ("POTHOLES", [0, POT, HOLE, PLURAL, 1]),
        ("pot hole", [0, POT, WHOLE, 1]),
        ("street!", [0, STREET, 8, 1]),
        ("street_pot", [0, STREET, 2, POT, 1]),
        ("é", [0, 9, 1]),
        ("xyz", [0, 2, 1]),
        ("potx", [0, 2, 1]),
        ("pot" * 50, [0, 2, 1]),
        ("\ud800", [0, 2, 1]),
    ],
)
def test_a_text_falls_into_the_longest_pieces(text: str, ids: list[int]) -> None:
    assert PIECES.ids(text) == ids


def test_a_long_text_is_cut_and_still_ends() -> None:
    ids = PIECES.ids("street " * 500, most=10)
    assert len(ids) == 10
    assert (ids[0], ids[-1]) == (0, 1)
