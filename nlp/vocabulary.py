"""The words that point to categories, gathered from a pack and from the default tables.

The scores live in one space of codes: every common one and the pack's own. Folding brings their
probabilities down to the categories that the pack has.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from casework.packs import Category, ExcludedMatter
from nlp.common_words import BROADER, COMMON, EXCLUDED, HAND_STRENGTH, HAND_STRENGTH_ALONE, OTHER
from nlp.phrases import Phrase, phrase_of, plain_form
from nlp.words import LEARNT, PRIORS, STRENGTHS

PACK_WORD = 2.8
"""What a pack's word adds to its category's log odds, where the tables know nothing of it."""

PACK_WORD_KNOWN = 0.7
"""The least that a pack's word adds where the tables know it better."""

PACK_WORD_ALONE = 4.5
"""What a pack's word adds to a category of which no reports were seen."""

EXAMPLE_WORD = 0.9
"""The most that a word of a pack's examples adds."""

EXAMPLE_WORD_ALONE = 2.0
"""The most that it adds to a category of which no reports were seen."""

EXCLUDED_FROM = 2.6
"""The least evidence with which a message is about an excluded matter."""

EXCLUDED_EXAMPLE_WORD = 1.3
"""The most that a word of an excluded matter's examples weighs."""

TOGETHER = 0.5
"""The least that several words add where they stand together."""

FAINTEST = 0.2
"""Weights below are not kept."""

PRIOR_WEIGHT = 0.65
"""How much the usual mix of categories counts: an authority's own may be quite another."""

NEW_CATEGORY_PRIOR = -1.5
"""The log odds of a category that only this pack has."""

SHARPNESS = 1.2
"""Evidence is multiplied by this before it becomes a probability: sets confidence to what is right
as often as it says (``python -m bot.evaluating words``)."""

EXCLUDED_WORD = 4.0
"""What a word of an excluded matter weighs against the evidence for a category."""

_WORDS = re.compile(r"[^\W\d_]+")
_STOP_FORMS = frozenset(plain_form(word) for word in STOP_WORDS) | {
    "please",
    "thank",
    "hi",
    "hello",
    "week",
    "ago",
}

_SEEN = frozenset(code for code, columns in LEARNT.items() if "".join(columns).count(",") > 4) | {OTHER}

Known = Mapping[str, Mapping[str, float]]
Weights = dict[str, dict[str, float]]


def default_weights() -> Weights:
    """Phrase key to code to log odds, from the tables of :mod:`nlp.words` and ``common_words``."""
    learnt: Weights = defaultdict(dict)
    for code, columns in LEARNT.items():
        for strength, column in zip(STRENGTHS, columns, strict=True):
            for phrase in _phrases(column.split(",")):
                learnt[phrase.key][code] = strength
    weights = {key: dict(codes) for key, codes in learnt.items()}
    for code, words in COMMON.items():
        for phrase in _phrases(words.split(",")):
            strength = HAND_STRENGTH if code in _SEEN else HAND_STRENGTH_ALONE
            _raise(weights, phrase.key, code, _beyond(phrase, code, learnt, strength))
    return weights


def _beyond(phrase: Phrase, code: str, known: Known, strength: float) -> float:
    """What the phrase adds to what its parts say already; words together always add something."""
    least = TOGETHER if len(phrase.parts) > 1 else 0.0
    return max(least, strength - _covered(phrase, code, known))


def _covered(phrase: Phrase, code: str, known: Known) -> float:
    """What the phrase's parts already say for the code, so that nothing is counted twice."""
    return sum(_covered_by_part(part, code, known) for part in phrase.parts)


def _covered_by_part(part: str, code: str, known: Known) -> float:
    if not part.endswith("*"):
        return known.get(part, {}).get(code, 0.0)
    stem = part[:-1]
    return max((codes.get(code, 0.0) for key, codes in known.items() if key.startswith(stem)), default=0.0)


def pack_weights(categories: Sequence[Category]) -> Weights:
    """The default weights with the pack's own words, names and examples weighed in."""
    weights = default_weights()
    known = {key: dict(codes) for key, codes in weights.items()}
    for category in categories:
        for phrase in _phrases(category.words):
            _raise(weights, phrase.key, category.code, _word_weight(category.code, phrase, known))
    for code, form, share in _example_forms(categories):
        _raise(weights, form, code, _example_weight(code, form, share, known))
    return weights


def _raise(weights: Weights, key: str, code: str, weight: float) -> None:
    if weight > max(FAINTEST, weights.get(key, {}).get(code, 0.0)):
        weights.setdefault(key, {})[code] = weight


def _word_weight(code: str, phrase: Phrase, known: Known) -> float:
    if code not in _SEEN:
        return max([PACK_WORD_ALONE, *(w + 0.5 for w in known.get(phrase.key, {}).values())])
    if phrase.key in known:
        return PACK_WORD_KNOWN
    return _beyond(phrase, code, known, PACK_WORD)


def _example_weight(code: str, form: str, share: float, known: Known) -> float:
    if code in _SEEN:
        return 0.0 if form in known else EXAMPLE_WORD * share
    return max([EXAMPLE_WORD_ALONE, *known.get(form, {}).values()]) * share


def _example_forms(categories: Iterable[Category | ExcludedMatter]) -> Iterator[tuple[str, str, float]]:
    """Code, plain form, and how much the form is the category's own (0..1)."""
    counts = {c.code: _document_counts([c.name, *c.examples]) for c in categories}
    spread = Counter(form for forms in counts.values() for form in forms)
    for code, forms in counts.items():
        most = max(forms.values(), default=1)
        for form, count in forms.items():
            yield code, form, math.sqrt(count / most) / spread[form]


def _document_counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(form for text in texts for form in set(forms_of(text)))


def forms_of(text: str) -> list[str]:
    """The plain forms of a text's words, without the commonest words of English."""
    forms = (plain_form(word) for word in _WORDS.findall(text.replace("'", "").replace("\u2019", "")))
    return [form for form in forms if len(form) > 2 and form not in _STOP_FORMS]


def _phrases(written: Iterable[str]) -> Iterator[Phrase]:
    return (phrase for phrase in map(phrase_of, written) if phrase is not None)


def excluded_weights(matters: Sequence[ExcludedMatter], known: Known) -> Weights:
    """Phrase key to excluded matter to its weight; words that tell of a category count nothing."""
    weights: Weights = {}
    for matter in matters:
        written = [*matter.words, *EXCLUDED.get(matter.code, "").split(",")]
        for phrase in _phrases(written):
            _raise(weights, phrase.key, matter.code, EXCLUDED_WORD)
    for code, form, share in _example_forms(matters):
        if form not in known:
            _raise(weights, form, code, EXCLUDED_EXAMPLE_WORD * share)
    return weights


class Folding:
    """Brings probabilities over all codes down to those that a pack has."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        own = frozenset(codes)
        self.space = (*self.codes, *(code for code in PRIORS if code not in own))
        self._home = tuple(_home(code, own) for code in self.space)
        self._priors = tuple(PRIORS.get(code, NEW_CATEGORY_PRIOR) for code in self.space)

    def probabilities(self, scores: Mapping[str, float]) -> dict[str, float]:
        """Of each of the pack's codes; what belongs to none of them is left out of the sum."""
        odds = [
            math.exp(SHARPNESS * scores.get(code, 0.0) + PRIOR_WEIGHT * prior)
            for code, prior in zip(self.space, self._priors, strict=True)
        ]
        total = sum(odds)
        result = dict.fromkeys(self.codes, 0.0)
        for home, share in zip(self._home, odds, strict=True):
            if home is not None:
                result[home] += share / total
        return result


def _home(code: str, own: frozenset[str]) -> str | None:
    while code not in own:
        if code not in BROADER:
            return OTHER if OTHER in own else None
        code = BROADER[code]
    return code
