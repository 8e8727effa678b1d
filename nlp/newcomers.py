"""Categories that the trained model never saw: told by their words and by likeness to their examples.

Each gets log odds against all that the model knows together. Likeness is the cosine of the text's
meaning to the category's examples, less that to the nearest example of any other category.
"""

import threading
from collections.abc import Mapping, Sequence

import numpy as np

from casework.packs import Category
from nlp.features import Floats
from nlp.trained import TrainedModel

WORDS, MOST_WORDS = 1.0, 5.0
"""What a category's own evidence (log odds) adds to its odds, and the most that it adds."""

LIKENESS, MOST_LIKENESS = 12.0, 0.2
"""What likeness beyond every other category's adds, a whole one, and the most that counts."""

AGAINST = 0.5
"""Log odds against a newcomer before anything is said for it."""

SURENESS = 8.0
"""Log odds against it where the model is quite sure of a category that it knows."""

NEAREST = 2
"""Examples of a category that are looked at: the nearest ones."""


class Newcomers:
    """The pack's categories without a class of the model's."""

    def __init__(self, model: TrainedModel, categories: Sequence[Category], codes: frozenset[str]) -> None:
        self.codes = tuple(category.code for category in categories if category.code in codes)
        self._model = model
        self._categories = categories
        self._lock = threading.Lock()
        self._meanings: dict[str, Floats] | None = None

    def odds(
        self, text: str, evidence: Mapping[str, float], surest: float, quick: bool = False
    ) -> dict[str, float]:
        """Log odds of each newcomer against all known categories together, ``surest`` being the
        probability of the likeliest of those."""
        if not self.codes:
            return {}
        likeness = {} if quick or self._model.small else self._likeness(text)
        against = AGAINST + SURENESS * surest
        return {
            code: WORDS * min(MOST_WORDS, evidence.get(code, 0.0))
            + LIKENESS * float(np.clip(likeness.get(code, 0.0), -MOST_LIKENESS, MOST_LIKENESS))
            - against
            for code in self.codes
        }

    def _likeness(self, text: str) -> dict[str, float]:
        meanings = self._all_meanings()
        vector = self._model.vector(text)
        near = {code: _nearness(rows, vector) for code, rows in meanings.items()}
        found = {}
        for code in self.codes:
            if code in near:
                others = max((value for other, value in near.items() if other != code), default=0.0)
                found[code] = near[code] - others
        return found

    def _all_meanings(self) -> dict[str, Floats]:
        """The meanings of the examples, worked out at first use."""
        with self._lock:
            if self._meanings is None:
                self._meanings = {
                    category.code: np.stack([self._model.vector(text) for text in category.examples])  # type: ignore[misc]
                    for category in self._categories
                    if category.examples
                }
            return self._meanings


def _nearness(rows: Floats, vector: Floats | None) -> float:
    if vector is None:
        return 0.0
    return float(np.sort(rows @ vector)[-NEAREST:].mean())
