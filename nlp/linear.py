"""The linear model: hashed words and pieces of words, each with a weight for each class.

By itself it answers in a fraction of a millisecond (``STREETCALL_NLP=small``); beside the sentence
encoder it knows what the encoder's small vocabulary tears apart.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.features import Floats, Hashes, piece_hashes, term_counts, word_hashes, words_of

_CACHED_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """Which hashes are known (ascending), how rare each is, and its weight for each class.

    A weight is a row of whole numbers times its ``scale``.
    """

    hashes: Hashes
    rarity: Floats
    weights: NDArray[np.int8]
    scales: Floats

    def scores(self, hashes: Hashes, counts: Floats) -> Floats | None:
        """The weights of these terms summed, each by its share; None if none is known."""
        if not len(self.hashes):
            return None
        rows = np.searchsorted(self.hashes, hashes)
        rows[rows == len(self.hashes)] = 0
        known = self.hashes[rows] == hashes
        rows, shares = rows[known], counts[known]
        shares = shares * self.rarity[rows]
        length = float(np.sqrt(shares @ shares))
        if not length:
            return None
        summed: Floats = (shares * self.scales[rows] / length) @ self.weights[rows].astype(np.float32)
        return summed


class LinearModel:
    """Texts to one score (log odds) for each class, before any prior."""

    def __init__(self, words: Table, pieces: Table) -> None:
        self._words = words
        self._pieces = pieces
        self._classes = words.weights.shape[1]
        self._piece_hashes = lru_cache(_CACHED_WORDS)(_known_pieces)

    @classmethod
    def load(cls, path: Path) -> "LinearModel":
        """The model in an ``npz`` file."""
        with np.load(path, allow_pickle=False) as held:
            tables = [
                Table(*(held[f"{name}_{part}"] for part in ("hashes", "rarity", "weights", "scales")))
                for name in ("words", "pieces")
            ]
        return cls(*tables)

    def scores(self, text: str) -> Floats:
        """What the text says for each class."""
        words = words_of(text)
        found = np.zeros(self._classes, dtype=np.float32)
        if not words:
            return found
        pieces = np.concatenate([self._piece_hashes(word) for word in words])
        for table, hashes in ((self._words, word_hashes(words)), (self._pieces, pieces)):
            summed = table.scores(*term_counts(hashes))
            if summed is not None:
                found += summed
        return found


def _known_pieces(word: str) -> Hashes:
    return np.array(piece_hashes(word), dtype=np.uint32)
