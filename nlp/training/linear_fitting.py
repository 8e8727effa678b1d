"""Fits the linear model: logistic regression on hashed words and pieces, a prior for each authority."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from nlp.features import Floats, Hashes, piece_hashes, term_counts, word_hashes, words_of
from nlp.linear import LinearModel, Table
from nlp.training.reports import Report

SHARED_BY = {"words": 3, "pieces": 5}
"""Reports that must share a word or a piece of one before it is kept."""

STRENGTH = 5.0
"""The inverse of the regularisation."""

AUTHORITY = 2.0
"""How freely each authority's own mix of categories is learnt."""

ROUNDS = 60
_MOST_INT8 = 127

Terms = Sequence[tuple[Hashes, Floats]]


@dataclass(frozen=True, slots=True)
class FittedLinear:
    """The model and the log odds of each class before a word is read, for each authority."""

    model: LinearModel
    tables: dict[str, Table]
    priors: Floats
    """One row for each authority, the last one for all others."""


def fit(reports: Sequence[Report], classes: Sequence[str], authorities: Sequence[str]) -> FittedLinear:
    """The linear model of these reports."""
    terms = {name: [term_counts(hashes) for hashes in lists] for name, lists in _hashes(reports).items()}
    known = {name: _known(terms[name], SHARED_BY[name]) for name in terms}
    blocks = [_matrix(terms[name], *known[name]) for name in terms]
    regression = _regress([*blocks, _owners(reports, authorities)], reports, classes)
    weights = np.zeros((len(classes), regression.coef_.shape[1]), dtype=np.float32)
    base = np.full(len(classes), float(regression.intercept_.min()) - 1.0, dtype=np.float32)
    weights[regression.classes_], base[regression.classes_] = regression.coef_, regression.intercept_
    tables, start = {}, 0
    for name, (hashes, rarity) in known.items():
        tables[name] = _table(hashes, rarity, weights[:, start : start + len(hashes)].T)
        start += len(hashes)
    own = weights[:, start:].T * AUTHORITY
    priors = base + np.vstack([own, own.mean(axis=0, keepdims=True)])
    return FittedLinear(LinearModel(**tables), tables, priors.astype(np.float32))


def _hashes(reports: Sequence[Report]) -> dict[str, list[list[int]]]:
    words = [words_of(report.text) for report in reports]
    pieces = {word: piece_hashes(word) for found in words for word in found}
    return {
        "words": [word_hashes(found) for found in words],
        "pieces": [[one for word in found for one in pieces[word]] for found in words],
    }


def _known(terms: Terms, least: int) -> tuple[Hashes, Floats]:
    """The hashes that enough reports share, and how rare each is."""
    found, counts = np.unique(np.concatenate([hashes for hashes, _ in terms]), return_counts=True)
    kept = counts >= least
    rarity = np.log((1 + len(terms)) / (1 + counts[kept])) + 1
    return found[kept], rarity.astype(np.float32)


def _matrix(terms: Terms, known: Hashes, rarity: Floats) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for row, (hashes, counts) in enumerate(terms):
        places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        kept = known[places] == hashes
        shares = counts[kept] * rarity[places[kept]]
        columns.append(places[kept])
        values.append(shares / max(float(np.linalg.norm(shares)), 1e-9))
        rows.append(np.full(len(shares), row))
    shape = (len(terms), len(known))
    flat = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_matrix((np.concatenate(values), flat), shape=shape)


def _owners(reports: Sequence[Report], authorities: Sequence[str]) -> sparse.csr_matrix:
    """Whose report each is; what is nobody's is a little everybody's."""
    owners = np.full((len(reports), len(authorities)), AUTHORITY / len(authorities))
    for row, report in enumerate(reports):
        if report.authority in authorities:
            owners[row] = 0.0
            owners[row, authorities.index(report.authority)] = AUTHORITY
    return sparse.csr_matrix(owners)


def _regress(
    blocks: Sequence[sparse.csr_matrix], reports: Sequence[Report], classes: Sequence[str]
) -> LogisticRegression:
    numbers = {code: number for number, code in enumerate(classes)}
    wanted = np.array([numbers[report.category] for report in reports])
    return LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(sparse.hstack(blocks).tocsr(), wanted)


def _table(hashes: Hashes, rarity: Floats, weights: NDArray[np.float32]) -> Table:
    """The weights in whole numbers, each row with its scale."""
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / _MOST_INT8
    whole = np.round(weights / scales[:, None]).astype(np.int8)
    return Table(hashes, rarity, whole, scales.astype(np.float32))
