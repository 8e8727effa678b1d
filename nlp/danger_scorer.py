"""A small trained judge of danger beside the rules: it has seen many ways to tell of one.

Linear on purpose: it looks at every new message before any queue order and takes a tenth of a
millisecond. ``python -m nlp.danger_training`` makes its weights from the phrases in
``nlp/learnt/danger_phrases.csv`` and the reports, and chooses the thresholds on reports held out.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from casework.understanding import Danger
from nlp.danger_features import piece_buckets, word_buckets, words_of

WEIGHTS = Path(__file__).parent / "learnt" / "danger.npz"
"""The weights that ship."""

FEWEST_WORDS = 7
"""Shorter messages are mostly answers, such as where something is: only the rules judge those."""

KIND_BUCKETS = 1 << 14
"""Buckets of the table that tells the kinds of danger apart."""


@dataclass(frozen=True, slots=True)
class Table:
    """For each bucket how rare it is and its weight, as bytes: ``rarity`` times one scale, and
    ``weights`` (128 is nought) times another."""

    rarity: bytes
    weights: bytes
    scale: float

    def score(self, buckets: list[int]) -> float:
        """The weights of these buckets, each by its share of the text's length."""
        summed = length = 0.0
        for bucket, count in Counter(buckets).items():
            rare = self.rarity[bucket]
            if rare:
                share = rare if count == 1 else rare * (1 + math.log(count))
                length += share * share
                summed += share * (self.weights[bucket] - 128)
        return self.scale * summed / math.sqrt(length) if length else 0.0


@dataclass(frozen=True, slots=True)
class Scorer:
    """Log odds that a text tells of danger, and of which."""

    words: Table
    pieces: Table
    offset: float
    dangers: tuple[Danger, ...]
    kinds: tuple[tuple[int, ...], ...]
    threshold: float

    def score(self, text: str) -> float:
        """Log odds that the text tells of a danger now."""
        words = words_of(text)
        return self.offset + self.words.score(word_buckets(words)) + self.pieces.score(piece_buckets(words))

    def danger(self, text: str) -> Danger | None:
        """The danger that the text tells of, or None; of a few words it knows too little."""
        if len(words_of(text)) < FEWEST_WORDS:
            return None
        return self.kind(text) if self.score(text) > self.threshold else None

    def kind(self, text: str) -> Danger:
        """The likeliest danger, given that there is one."""
        words = words_of(text)
        buckets = {b % KIND_BUCKETS for b in (*word_buckets(words), *piece_buckets(words))}
        summed = [sum(column) for column in zip(*(self.kinds[b] for b in buckets), strict=True)]
        return self.dangers[summed.index(max(summed))] if summed else self.dangers[0]


@lru_cache(1)
def shipped() -> Scorer:
    """The scorer that ships."""
    return load(WEIGHTS)


def load(path: Path) -> Scorer:
    """The scorer in an ``npz`` file."""
    with np.load(path, allow_pickle=False) as held:
        words, pieces = (
            Table(held[f"{name}_rarity"].tobytes(), held[f"{name}_weights"].tobytes(), float(held["scale"]))
            for name in ("words", "pieces")
        )
        return Scorer(
            words,
            pieces,
            offset=float(held["offset"]),
            dangers=tuple(Danger(name) for name in str(held["dangers"]).split()),
            kinds=tuple(tuple(row) for row in held["kinds"].tolist()),
            threshold=float(held["threshold"]),
        )
