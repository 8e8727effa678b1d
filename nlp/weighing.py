"""Weighs what a text says for each of a pack's categories.

With a trained model its probabilities count, the word tables are one voice in them, and categories that
it never saw come in by their words and examples (:mod:`nlp.newcomers`). Without one the word tables
are all there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from casework.packs import Category, ExcludedMatter
from nlp.common_words import OTHER
from nlp.features import Floats
from nlp.heads import log_softmax
from nlp.homes import homes_of
from nlp.newcomers import Newcomers
from nlp.phrases import clean
from nlp.pipeline import Found, Pipeline
from nlp.redaction import mask_plates
from nlp.trained import TrainedModel
from nlp.vocabulary import EXCLUDED_FROM, Folding, Weights, excluded_weights, pack_weights

LONGEST = 4000
"""Characters of a text that are weighed."""


class Matters(Protocol):
    """What messages may be about: a ``casework.packs.Pack``, or the part of it that counts here."""

    @property
    def code(self) -> str:
        """The authority's code: the trained model knows how some authorities' residents choose."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories, in the pack's order."""

    @property
    def excluded(self) -> tuple[ExcludedMatter, ...]:
        """The matters with their own route."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a text says for the categories.

    ``strength`` is the evidence (log odds) for the likeliest code before priors, ``words`` how
    many tokens were looked at, ``excluded`` the excluded matter that outweighs the categories.
    """

    probabilities: Mapping[str, float]
    likeliest: str
    confidence: float
    strength: float
    words: int
    excluded: str | None


class Weigher:
    """The evidence of one pack's words, examples, the default tables and, if given, a trained model."""

    def __init__(self, pack: Matters, model: TrainedModel | None = None) -> None:
        codes = [category.code for category in pack.categories] or [OTHER]
        self._folding = Folding(codes)
        self._weights = pack_weights(pack.categories)
        self._excluded = excluded_weights(pack.excluded, self._weights)
        self._pipeline = Pipeline([*self._weights, *self._excluded], model, pack.code)
        self._fallback = OTHER if OTHER in codes else codes[0]
        self._trained = _Trained(model, pack, codes) if model is not None else None

    def weigh(self, text: str, quick: bool = False) -> Weighing:
        """The weight of the text's words for each category; ``quick`` leaves the encoder out."""
        text = text[:LONGEST]
        found = self._pipeline.find(clean(mask_plates(text), LONGEST), text, quick)
        scores = scores_of(found.phrases, self._weights)
        strength = max(scores.values(), default=0.0)
        probabilities = self._probabilities(text, found, scores, quick)
        likeliest = self._fallback
        if strength > 0 or found.odds is not None:
            likeliest = max(probabilities, key=lambda code: probabilities[code])
        return Weighing(
            probabilities=probabilities,
            likeliest=likeliest,
            confidence=probabilities[likeliest],
            strength=strength,
            words=found.tokens,
            excluded=self._excluded_matter(found.phrases, strength),
        )

    def _probabilities(
        self, text: str, found: Found, scores: Mapping[str, float], quick: bool
    ) -> dict[str, float]:
        if self._trained is None or found.odds is None:
            return self._folding.probabilities(scores)
        return self._trained.probabilities(text, found.odds, scores, quick)

    def _excluded_matter(self, phrases: Iterable[str], strength: float) -> str | None:
        scores = scores_of(phrases, self._excluded)
        matter = max(scores, key=lambda code: scores[code], default=None)
        if matter is None or scores[matter] < max(EXCLUDED_FROM, strength):
            return None
        return matter


class _Trained:
    """The trained model's classes brought home to a pack's categories."""

    def __init__(self, model: TrainedModel, pack: Matters, codes: list[str]) -> None:
        self._model = model
        self._authority = pack.code
        self._codes = codes
        self._homes = homes_of(model, pack.categories)
        seen = frozenset(home for home in self._homes.values() if home)
        known = seen & frozenset(code for code, home in self._homes.items() if home == code)
        renamed = seen - known - {OTHER}
        self._newcomers = Newcomers(model, pack.categories, frozenset(codes) - known - renamed - {OTHER})

    def probabilities(
        self, text: str, odds: Floats, scores: Mapping[str, float], quick: bool
    ) -> dict[str, float]:
        """Of each of the pack's codes; what is about nothing, or at home nowhere, is left out of the sum."""
        weight = self._model.mixing(self._authority, quick).evidence
        evidence = np.array([self._evidence(code, scores) for code in self._model.classes])
        shares = np.exp(log_softmax((odds + weight * evidence).astype(np.float32)))
        likely = self._newcomers.odds(text, scores, float(shares.max()), quick)
        new = {code: float(np.exp(value)) for code, value in likely.items()}
        whole = 1.0 + sum(new.values())
        found = dict.fromkeys(self._codes, 0.0)
        for code, share in zip(self._model.classes, shares, strict=True):
            home = self._homes.get(code)
            if home is not None:
                found[home] += float(share) / whole
        for code, share in new.items():
            found[code] += share / whole
        return found

    def _evidence(self, code: str, scores: Mapping[str, float]) -> float:
        """What the words say for a class, under its own code or under the one that it has here."""
        home = self._homes.get(code)
        return max(scores.get(code, 0.0), scores.get(home, 0.0) if home and home != OTHER else 0.0)


def scores_of(phrases: Iterable[str], weights: Weights) -> dict[str, float]:
    """What the phrases found weigh for each code, summed up."""
    scores: defaultdict[str, float] = defaultdict(float)
    for key in phrases:
        for code, weight in weights.get(key, {}).items():
            scores[code] += weight
    return scores
