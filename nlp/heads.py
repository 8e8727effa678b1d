"""What a text's vector says for each class: one head for all authorities, a correction for each.

A further head knows each authority's own, finer categories; their probabilities are summed up to
the classes.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import Vector

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int64]

_LEAST = 1e-4
"""A class's least probability by the finer categories: some classes have none."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights (classes, width) and biases (classes); ``own_`` with a first axis of authorities.

    ``finer_owners`` and ``finer_classes`` are the authority and the class of each finer category.
    """

    common_weights: Matrix
    common_bias: Matrix
    own_weights: Matrix
    own_bias: Matrix
    finer_weights: Matrix
    finer_bias: Matrix
    finer_owners: Numbers
    finer_classes: Numbers

    @classmethod
    def load(cls, path: Path) -> "Heads":
        """From an ``npz`` file."""
        with np.load(path, allow_pickle=False) as held:
            return cls(**{field.name: held[field.name] for field in fields(cls)})

    def save(self, path: Path) -> None:
        """Into an ``npz`` file."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    def scores(self, vector: Vector, authority: int | None) -> Vector:
        """Log probabilities of the classes; ``authority`` is its number, None for one never seen."""
        scores = self.common_weights @ vector + self.common_bias
        if authority is not None:
            scores = scores + self.own_weights[authority] @ vector + self.own_bias[authority]
        return log_softmax(scores)

    def finer_scores(self, vector: Vector, authority: int) -> Vector | None:
        """Log probabilities of the classes by the authority's own categories; None if it has none."""
        owned = self.finer_owners == authority
        if not owned.any():
            return None
        shares = np.exp(log_softmax(self.finer_weights[owned] @ vector + self.finer_bias[owned]))
        summed = np.full(len(self.common_bias), _LEAST, dtype=np.float32)
        np.add.at(summed, self.finer_classes[owned], shares)
        return log_softmax(np.log(summed))


def log_softmax(scores: Vector) -> Vector:
    """Scores to log probabilities."""
    shifted = scores - scores.max()
    normed: Vector = shifted - np.log(np.exp(shifted).sum())
    return normed
