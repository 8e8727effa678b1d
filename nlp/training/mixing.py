"""Chooses, on held-out reports, how readings are weighed together and from when they are trusted.

Weights, the weight of the word tables and what is added for each authority are a multinomial
regression on the readings' log probabilities. Thresholds come from probabilities that were fitted on
other reports than they are measured on (five parts).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]
Numbers = NDArray[np.int64]

ADDED_PENALTY = 1.0
"""How much is held against what is added for an authority: old mixes of categories pass."""

PARTS = 5
PRECISION = 0.95
"""How often what is accepted must be right."""

MARGIN = 0.003
"""What is asked above that, since the next year is not quite as the last."""

ASKED_FIRST = 0.2
"""The share of reports, the least sure, whose residents are asked first (design, section 7)."""

_EDGES = 40


@dataclass(frozen=True, slots=True)
class Held:
    """What is mixed: readings (reports, rows, classes) as log probabilities, the word tables' evidence
    (reports, classes), the right class, and the number of the authority whose report it is."""

    readings: Matrix
    evidence: Matrix
    wanted: Numbers
    owners: Numbers

    def part(self, chosen: NDArray[np.bool_]) -> "Held":
        """Some of the reports."""
        return Held(self.readings[chosen], self.evidence[chosen], self.wanted[chosen], self.owners[chosen])

    @property
    def rows(self) -> Matrix:
        """Readings and evidence together: (reports, rows + 1, classes)."""
        return np.concatenate([self.readings, self.evidence[:, None]], axis=1)


@dataclass(frozen=True, slots=True)
class Mixture:
    """The weight of each row and, for each authority, what is added to each class."""

    weights: Matrix
    added: Matrix

    def odds(self, held: Held) -> Matrix:
        """Log probabilities: (reports, classes)."""
        mixed: Matrix = np.einsum("r,nrk->nk", self.weights, held.rows)
        return _log_softmax(mixed + self.added[held.owners])


def fit(held: Held, authorities: int) -> Mixture:
    """The mixture under which the right classes are likeliest."""
    rows = held.rows
    count, classes = rows.shape[1], rows.shape[2]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        mixture = _unflatten(flat, count, authorities, classes)
        odds = mixture.odds(held)
        shares = np.exp(odds)
        shares[np.arange(len(shares)), held.wanted] -= 1
        added = np.zeros((authorities, classes))
        np.add.at(added, held.owners, shares)
        added[:, -1] = 0.0  # reports say nothing of what is said about nothing
        value = -odds[np.arange(len(odds)), held.wanted].sum() + ADDED_PENALTY * (mixture.added**2).sum()
        slope = np.concatenate(
            [np.einsum("nk,nrk->r", shares, rows), (added + 2 * ADDED_PENALTY * mixture.added).ravel()]
        )
        return value / len(rows), slope / len(rows)

    begin = np.concatenate([np.full(count, 1 / count), np.zeros(authorities * classes)])
    return _unflatten(minimize(loss, begin, jac=True, method="L-BFGS-B").x, count, authorities, classes)


def _unflatten(flat: Matrix, count: int, authorities: int, classes: int) -> Mixture:
    return Mixture(flat[:count], flat[count:].reshape(authorities, classes))


def cross_fitted(held: Held, authorities: int) -> Matrix:
    """Log probabilities of each report by a mixture that was fitted without it."""
    part = np.random.default_rng(0).integers(0, PARTS, len(held.wanted))
    odds = np.zeros(held.evidence.shape)
    for number in range(PARTS):
        odds[part == number] = fit(held.part(part != number), authorities).odds(held.part(part == number))
    return odds


def accept_from(confidence: Matrix, right: NDArray[np.bool_]) -> float:
    """The least confidence from which what is accepted is right often enough; above 1 if there is none."""
    order = np.argsort(-confidence, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision[_EDGES:] >= PRECISION + MARGIN)
    return round(float(confidence[order[_EDGES + enough[-1]]]), 4) if len(enough) else 1.01


def ask_below(confidence: Matrix) -> float:
    """The confidence below which a fifth of the reports lie."""
    return round(float(np.quantile(confidence, ASKED_FIRST)), 4)


def _log_softmax(odds: Matrix) -> Matrix:
    shifted = odds - odds.max(axis=1, keepdims=True)
    normed: Matrix = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normed


def stacked(rows: Sequence[NDArray[np.float32]]) -> Matrix:
    """Rows of equal shape as one array of doubles."""
    return np.stack(rows).astype(np.float64)
