"""Makes the danger scorer's weights: ``python -m nlp.danger_training REPORTS_FOLDER [PHRASES.csv …]``.

Phrases of danger, and phrases that only sound so, come from ``nlp/learnt/danger_phrases.csv`` and the
files named; everyday messages are the reports and chats of the folder. Each phrase is also shown
buried between other sentences, shouted, voice-typed and misspelt (:func:`disguise`). The threshold
is the score that one report in ``REPORTS_PER_ALARM`` passes, measured out of fold: each text is
scored by a model that never saw it. Needs scikit-learn, which is not installed with what runs.
The same files give the same weights.
"""

import csv
import importlib
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp.danger import by_rules
from nlp.danger_features import BUCKETS, piece_buckets, word_buckets, words_of
from nlp.danger_scorer import KIND_BUCKETS, WEIGHTS, load

Thing = TypeVar("Thing")

PHRASES = WEIGHTS.parent / "danger_phrases.csv"
"""Phrases with their danger, empty for what is none."""

REPORTS_PER_ALARM = 330
"""Reports among which the threshold lets one raise an alarm."""

FOLDS = 3
COPIES = 2
"""Disguised copies of each phrase."""

DANGER_COUNTS, NONE_COUNTS = 5.0, 3.0
"""How much more a phrase of danger, and one that only sounds so, counts than a report."""

LOOSENESS = 10.0
"""The inverse of the regularisation's strength."""

_GREETINGS = (
    "hi",
    "hello",
    "sorry to bother you but",
    "please",
    "pls",
    "erm",
    "not sure who to tell but",
    "excuse me",
    "can u send someone",
    "i only wanted to report the bins but",
    "while im here",
    "quick question",
    "is it ok that",
    "is it normal that",
    "is it safe if",
    "who do i tell that",
    "help",
    "omg",
    "good evening",
    "i was about to report a pothole but",
    "also",
    "and",
    "sorry i know this is for potholes but",
    "mate",
    "dont know if this is the right number",
    "by the way",
)
_ENDINGS = (
    "please hurry",
    "pls",
    "quick",
    "what do i do",
    "asap",
    "thanks",
    "mun",
    "innit",
    "full stop",
    "by here",
    "outside the shop",
    "near the school",
    "on our road",
    "by the park",
    "at the bus stop",
    "opposite the church",
    "in the flats",
    "please advise",
    "ta",
    "can u send someone",
    "is that normal",
    "who do i ring",
    "right now",
    "as we speak",
)
_JOINTS = (". ", ", also ", " and ", ". Also ", " ", " but ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message and the danger that it tells of, empty for none."""

    danger: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that is learnt from."""

    phrases: tuple[Phrase, ...]
    reports: tuple[str, ...]
    chats: tuple[str, ...]


def read_corpus(folder: Path, phrase_files: Sequence[Path]) -> Corpus:
    """The phrases, and the folder's ``*/reports.csv`` and ``sms_spam.csv``."""
    phrases = [Phrase(row["danger"], row["text"]) for path in phrase_files for row in _rows(path)]
    reports = [row["text"] for path in sorted(folder.glob("*/reports.csv")) for row in _rows(path)]
    return Corpus(
        tuple(phrases), tuple(reports), tuple(row["text"] for row in _rows(folder / "sms_spam.csv"))
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def disguise(text: str, others: Sequence[str], chance: random.Random) -> str:
    """The text as somebody else might send it: greeted, buried, shouted, voice-typed or misspelt."""
    if chance.random() < 0.14:
        text = f"{chance.choice(_GREETINGS)}{chance.choice((' ', ', '))}{text}"
    if chance.random() < 0.12:
        text = f"{text}{chance.choice((' ', ', '))}{chance.choice(_ENDINGS)}"
    where = chance.random()
    if where < 0.1:
        text = _sentence(others, chance) + chance.choice(_JOINTS) + text
    elif where < 0.2:
        text = text + chance.choice(_JOINTS) + _sentence(others, chance)
    return _slip(text, chance)


def _sentence(others: Sequence[str], chance: random.Random) -> str:
    text = chance.choice(others)
    sentences = [part.strip() for part in re.split(r"[.!?\n]+", text) if part.strip()] or [text]
    return chance.choice(sentences)[:160]


def _slip(text: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.06:
        return text.upper()
    if kind < 0.12:
        return text.lower().replace("'", "")
    if kind < 0.2 and len(text) > 12:
        at = chance.randrange(1, len(text) - 2)
        two = text[at] + text[at + 1]
        return text[:at] + chance.choice((two[1], two[0] * 2 + two[1], two[::-1])) + text[at + 2 :]
    if kind < 0.26:
        return text.replace(",", " comma") + " full stop"
    return text


class Model:
    """A linear model over both tables of features, while it is being made."""

    def __init__(self) -> None:
        self.rarity: list[NDArray[np.float64]] = []
        self.weights: list[NDArray[np.float64]] = []
        self.offset = 0.0

    def fit(self, texts: Sequence[str], dangerous: Sequence[bool], counts: Sequence[float]) -> None:
        """Learn from texts, whether each is dangerous, and how much each counts."""
        tables = _tables(texts)
        self.rarity = [_rarity(table, len(texts)) for table in tables]
        fitted = _regression(LOOSENESS).fit(self._shares(tables), dangerous, sample_weight=counts)
        self.weights = [*fitted.coef_[0].reshape(2, BUCKETS)]
        self.offset = float(fitted.intercept_[0])

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The log odds of each text."""
        found = self._shares(_tables(texts)) @ np.concatenate(self.weights)
        return np.asarray(found) + self.offset

    def _shares(self, tables: Sequence[Any]) -> Any:
        sparse = importlib.import_module("scipy.sparse")
        parts = []
        for table, rarity in zip(tables, self.rarity, strict=True):
            shares = table @ sparse.diags(rarity)
            lengths = np.sqrt(np.asarray(shares.multiply(shares).sum(1)).ravel())
            parts.append(sparse.diags(1 / np.where(lengths, lengths, 1)) @ shares)
        return sparse.hstack(parts).tocsr()


def _regression(looseness: float) -> Any:
    linear = importlib.import_module("sklearn.linear_model")
    return linear.LogisticRegression(C=looseness, max_iter=300, solver="liblinear", random_state=0)


def _tables(texts: Sequence[str]) -> tuple[Any, Any]:
    words = [words_of(text) for text in texts]
    return _table([word_buckets(each) for each in words]), _table([piece_buckets(each) for each in words])


def _table(rows: Sequence[Sequence[int]], buckets: int = BUCKETS) -> Any:
    """A sparse row for each text: how often each bucket is there, dampened."""
    sparse = importlib.import_module("scipy.sparse")
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for row in rows:
        counts = Counter(row)
        columns += counts.keys()
        values += [1 + math.log(count) for count in counts.values()]
        ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), buckets))


def _rarity(table: Any, texts: int) -> NDArray[np.float64]:
    """How rare each bucket is, in 255 steps; nought for what one text alone has."""
    seen = np.bincount(table.indices, minlength=table.shape[1])
    rarity = np.log((1 + texts) / (1 + seen)) + 1
    rarity[seen < 2] = 0
    return np.asarray(np.round(rarity / (math.log(1 + texts) + 1) * 255))


def fit(corpus: Corpus, seed: int = 0) -> Model:
    """A model of all that the corpus holds; reports in which the rules see danger are left out."""
    chance = random.Random(seed)
    quiet = [text for text in corpus.reports if by_rules(text) is None]
    everyday = [*quiet, *corpus.chats]
    phrases = [
        Phrase(p.danger, disguise(p.text, quiet, chance)) for _ in range(COPIES) for p in corpus.phrases
    ]
    phrases += corpus.phrases
    counts = [(DANGER_COUNTS if p.danger else NONE_COUNTS) / (1 + COPIES) for p in phrases]
    model = Model()
    model.fit(
        [*(p.text for p in phrases), *everyday],
        [*(bool(p.danger) for p in phrases), *(False for _ in everyday)],
        [*counts, *(1.0 for _ in everyday)],
    )
    return model


def out_of_fold(corpus: Corpus) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The scores of the phrases and of the reports, each by a model that never saw it."""
    phrases, reports = np.zeros(len(corpus.phrases)), np.zeros(len(corpus.reports))
    for fold in range(FOLDS):
        rest = Corpus(_without(corpus.phrases, fold), _without(corpus.reports, fold), corpus.chats)
        model = fit(rest)
        phrases[fold::FOLDS] = model.scores([p.text for p in corpus.phrases[fold::FOLDS]])
        reports[fold::FOLDS] = model.scores(corpus.reports[fold::FOLDS])
    return phrases, reports


def _without(things: tuple[Thing, ...], fold: int) -> tuple[Thing, ...]:
    return tuple(thing for n, thing in enumerate(things) if n % FOLDS != fold)


def threshold(reports: NDArray[np.float64]) -> float:
    """The score that one report in ``REPORTS_PER_ALARM`` passes."""
    return float(np.sort(reports)[-max(1, len(reports) // REPORTS_PER_ALARM)])


def kinds(corpus: Corpus) -> tuple[list[str], NDArray[np.int16]]:
    """The dangers, and for each bucket its weight for each of them."""
    phrases = [phrase for phrase in corpus.phrases if phrase.danger]
    dangers = sorted({phrase.danger for phrase in phrases})
    words = [words_of(phrase.text) for phrase in phrases]
    rows = [sorted({b % KIND_BUCKETS for b in (*word_buckets(w), *piece_buckets(w))}) for w in words]
    fitted = _regression(1.0)
    one_against_rest = importlib.import_module("sklearn.multiclass").OneVsRestClassifier(fitted)
    one_against_rest.fit(_table(rows, KIND_BUCKETS), [phrase.danger for phrase in phrases])
    weights = np.vstack([each.coef_[0] for each in one_against_rest.estimators_]).T
    return dangers, np.round(weights * 1000).astype(np.int16)


def write(model: Model, corpus: Corpus, least: float, path: Path) -> None:
    """Write the weights, in whole numbers."""
    largest = max(float(np.abs(weights).max()) for weights in model.weights)
    dangers, weights_of_kinds = kinds(corpus)
    named = {
        f"{name}_{part}": array.astype(np.uint8)
        for name, rarity, weights in zip(("words", "pieces"), model.rarity, model.weights, strict=True)
        for part, array in (("rarity", rarity), ("weights", np.round(weights / largest * 127) + 128))
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        allow_pickle=False,
        scale=largest / 127,
        offset=model.offset,
        threshold=least,
        dangers=" ".join(dangers),
        kinds=weights_of_kinds,
        **named,
    )


def _tell(corpus: Corpus, phrases: NDArray[np.float64], reports: NDArray[np.float64], least: float) -> None:
    dangerous = np.array([bool(phrase.danger) for phrase in corpus.phrases])
    for limit in (least - 1, least - 0.5, least, least + 0.5):
        print(  # noqa: T201
            f"threshold {limit:6.2f}: dangers seen {(phrases[dangerous] > limit).mean():.3f}, "
            f"only sounding so {(phrases[~dangerous] > limit).mean():.3f}, "
            f"reports {(reports > limit).mean():.4f}"
        )


def main(arguments: Sequence[str]) -> None:
    """Measure out of fold, then learn from everything and write."""
    folder, *files = map(Path, arguments)
    corpus = read_corpus(folder, [PHRASES, *files])
    phrases, reports = out_of_fold(corpus)
    least = threshold(reports)
    _tell(corpus, phrases, reports, least)
    write(fit(corpus), corpus, least, WEIGHTS)
    load(WEIGHTS)


if __name__ == "__main__":
    main(sys.argv[1:])
