"""Where the trained model's classes go in a pack, which may rename, merge, drop or add categories.

A class goes to the category that says it covers it, else to that of the same code, else to one of
another code whose examples the model takes for that class, else to a broader one, else to ``other``.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from casework.packs import Category
from nlp.common_words import BROADER, OTHER
from nlp.trained import NOTHING, TrainedModel

AKIN_FROM = 0.25
"""The mean probability of a class over a category's examples from which they are the same."""


def homes_of(model: TrainedModel, categories: Sequence[Category]) -> dict[str, str | None]:
    """Class to the pack's code, None where it has no place there."""
    own = {category.code for category in categories}
    covered = {code: category.code for category in categories for code in category.covers}
    orphans = [c for c in model.classes if c not in own and c not in covered and c != NOTHING]
    renamed = _renamed(model, categories, orphans) if orphans else {}
    homes: dict[str, str | None] = {}
    for code in model.classes:
        homes[code] = covered.get(code) or (code if code in own else renamed.get(code))
    return {code: home or _broader(code, homes, own) for code, home in homes.items() if code != NOTHING}


def _renamed(
    model: TrainedModel, categories: Sequence[Category], orphans: Sequence[str]
) -> Mapping[str, str]:
    """Orphaned class to the new category that it was made of."""
    new = [c for c in categories if c.code not in model.classes and c.examples]
    if not new:
        return {}
    leanings = np.array([_mean_leaning(model, category) for category in new])
    found = {}
    for code in orphans:
        column = leanings[:, model.classes.index(code)]
        best = int(column.argmax())
        if column[best] >= AKIN_FROM:
            found[code] = new[best].code
    return found


def _mean_leaning(model: TrainedModel, category: Category) -> np.ndarray:
    texts = [category.name, *category.examples]
    mean: np.ndarray = np.mean([model.leaning(text) for text in texts], axis=0)
    return mean


def _broader(code: str, homes: Mapping[str, str | None], own: set[str]) -> str | None:
    while code in BROADER:
        code = BROADER[code]
        home = homes.get(code) or (code if code in own else None)
        if home:
            return home
    return OTHER if OTHER in own else None
