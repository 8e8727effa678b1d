"""Weighs what a text says for each of a pack's categories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from casework.packs import Category, ExcludedMatter
from nlp.common_words import OTHER
from nlp.phrases import clean
from nlp.pipeline import Pipeline
from nlp.redaction import mask_plates
from nlp.vocabulary import EXCLUDED_FROM, Folding, Weights, excluded_weights, pack_weights

LONGEST = 4000
"""Characters of a text that are weighed."""


class Matters(Protocol):
    """What messages may be about: a ``casework.packs.Pack``, or the part of it that counts here."""

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
    """The evidence of one pack's words, examples and the default tables."""

    def __init__(self, pack: Matters) -> None:
        codes = [category.code for category in pack.categories] or [OTHER]
        self._folding = Folding(codes)
        self._weights = pack_weights(pack.categories)
        self._excluded = excluded_weights(pack.excluded, self._weights)
        self._pipeline = Pipeline([*self._weights, *self._excluded])
        self._fallback = OTHER if OTHER in codes else codes[0]

    def weigh(self, text: str) -> Weighing:
        """The weight of the text's words for each category."""
        found = self._pipeline.find(clean(mask_plates(text[:LONGEST]), LONGEST))
        scores = _scores(found.phrases, self._weights)
        probabilities = self._folding.probabilities(scores)
        strength = max(scores.values(), default=0.0)
        likeliest = self._fallback
        if strength > 0:
            likeliest = max(probabilities, key=lambda code: probabilities[code])
        return Weighing(
            probabilities=probabilities,
            likeliest=likeliest,
            confidence=probabilities[likeliest],
            strength=strength,
            words=found.tokens,
            excluded=self._excluded_matter(found.phrases, strength),
        )

    def _excluded_matter(self, phrases: Iterable[str], strength: float) -> str | None:
        scores = _scores(phrases, self._excluded)
        matter = max(scores, key=lambda code: scores[code], default=None)
        if matter is None or scores[matter] < max(EXCLUDED_FROM, strength):
            return None
        return matter


def _scores(phrases: Iterable[str], weights: Weights) -> dict[str, float]:
    scores: defaultdict[str, float] = defaultdict(float)
    for key in phrases:
        for code, weight in weights.get(key, {}).items():
            scores[code] += weight
    return scores
