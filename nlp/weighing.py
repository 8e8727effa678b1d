"""Weighs what a text says for each of a pack's categories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.packs import Pack
from nlp.common_words import OTHER
from nlp.phrases import clean, phrase_of
from nlp.pipeline import Pipeline
from nlp.redaction import mask_plates
from nlp.vocabulary import EXCLUDED_WORD, Folding, excluded_keys, pack_weights

LONGEST = 4000
"""Characters of a text that are weighed."""


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

    def __init__(self, pack: Pack) -> None:
        codes = [category.code for category in pack.categories] or [OTHER]
        self._folding = Folding(codes)
        self._weights = pack_weights(pack.categories)
        self._excluded = excluded_keys(pack.excluded)
        keys = [*self._weights, *self._excluded]
        known = {part for key in keys for part in key.split() if not part.endswith("*")}
        self._pipeline = Pipeline({key: phrase for key in keys if (phrase := phrase_of(key))}, known)
        self._fallback = OTHER if OTHER in codes else codes[0]

    def weigh(self, text: str) -> Weighing:
        """The weight of the text's words for each category."""
        found = self._pipeline.find(clean(mask_plates(text[:LONGEST]), LONGEST))
        scores = self._scores(found.phrases)
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
            words=len(found.forms),
            excluded=self._excluded_matter(found.phrases, strength),
        )

    def _scores(self, phrases: Iterable[str]) -> dict[str, float]:
        scores: defaultdict[str, float] = defaultdict(float)
        for key in phrases:
            for code, weight in self._weights.get(key, {}).items():
                scores[code] += weight
        return scores

    def _excluded_matter(self, phrases: Iterable[str], strength: float) -> str | None:
        matters = [self._excluded[key] for key in sorted(phrases) if key in self._excluded]
        if not matters or strength > EXCLUDED_WORD * len(matters):
            return None
        return max(matters, key=matters.count)
