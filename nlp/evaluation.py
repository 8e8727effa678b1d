"""Measures reading against labelled reports, for ``python -m bot.evaluating words`` and ``make evaluate``.

The pack's categories that a file never uses are left out for that file, because its residents
could not choose them. The default word table was learnt from the older four fifths of the
development files, so only the newest fifth is measured unless all are asked for.
"""

import csv
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.packs import Category, ExcludedMatter
from casework.understanding import Decision, Understanding
from nlp.reader import Reader
from nlp.trained import TrainedModel
from nlp.weighing import Matters

LEAST_REPORTS = 30
"""Reports that a category needs to count for macro-F1."""

PRECISION = 0.95
"""How often what is accepted must be right."""

BINS = 15
"""Bins of the expected calibration error."""

NEWEST = 0.2
"""The share of a file, its newest reports, that no word was learnt from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report with the category that its resident chose."""

    text: str
    category: str
    has_photo: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled report and what was made of it."""

    truth: str
    top: tuple[str, ...]
    confidence: float
    decision: Decision

    @property
    def right(self) -> bool:
        """True if the likeliest category is the resident's."""
        return bool(self.top) and self.top[0] == self.truth


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; shares are of all reports, ``coverage`` the most that could be accepted with
    :data:`PRECISION`."""

    reports: int
    accuracy: float
    macro_f1: float
    top_3: float
    coverage: float
    accepted: float
    precision_of_accepted: float
    asked_first: float
    calibration_error: float
    emergencies: float
    not_reports: float
    texts_per_second: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The part of a pack that reading is measured with."""

    categories: tuple[Category, ...]
    excluded: tuple[ExcludedMatter, ...]
    code: str = ""


def read_reports(path: Path, newest: float = NEWEST) -> list[Labelled]:
    """The newest share of a file with ``created, text, category, has_photo``."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["created"])
    rows = rows[len(rows) - round(len(rows) * newest) :]
    return [Labelled(row["text"], row["category"], row.get("has_photo") == "1") for row in rows]


def measure(pack: Matters, reports: Sequence[Labelled], model: TrainedModel | None = None) -> Figures:
    """The figures of one file; by words alone with the pack's categories that it uses."""
    used = {report.category for report in reports}
    fitting = tuple(c for c in pack.categories if c.code in used or model is not None)
    reader = Reader(Catalogue(fitting, pack.excluded, pack.code), model)
    reader.warm()
    start = time.perf_counter()
    understood = [reader.read(report.text, report.has_photo) for report in reports]
    seconds = time.perf_counter() - start
    judged = [_judge(report, reading) for report, reading in zip(reports, understood, strict=True)]
    return figures_of(judged, reader.ask_below, seconds)


def figures_of(judged: Sequence[Judged], ask_below: float, seconds: float) -> Figures:
    """The figures of what was made of reports in so many seconds."""
    accepted = [one for one in judged if one.decision is Decision.ACCEPT]
    return Figures(
        reports=len(judged),
        accuracy=_share(one.right for one in judged),
        macro_f1=macro_f1(judged),
        top_3=_share(one.truth in one.top[:3] for one in judged),
        coverage=coverage(judged),
        accepted=len(accepted) / len(judged),
        precision_of_accepted=_share(one.right for one in accepted),
        asked_first=_share(one.confidence < ask_below for one in judged),
        calibration_error=calibration_error(judged),
        emergencies=_share(one.decision is Decision.EMERGENCY for one in judged),
        not_reports=_share(one.decision is Decision.NOT_A_REPORT for one in judged),
        texts_per_second=len(judged) / seconds if seconds else 0.0,
    )


def _judge(report: Labelled, reading: Understanding) -> Judged:
    others = [c.category for c in reading.candidates if c.category != reading.category]
    top = () if reading.category is None else (reading.category, *others)
    return Judged(report.category, top, reading.confidence, reading.decision)


def _share(marks: Iterable[bool]) -> float:
    counted = list(marks)
    return sum(counted) / len(counted) if counted else 0.0


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean F1 of the categories with at least :data:`LEAST_REPORTS` reports."""
    truths = Counter(one.truth for one in judged)
    guesses = Counter(one.top[0] for one in judged if one.top)
    hits = Counter(one.truth for one in judged if one.right)
    scores = [2 * hits[code] / (n + guesses[code]) for code, n in truths.items() if n >= LEAST_REPORTS]
    return sum(scores) / len(scores) if scores else 0.0


def coverage(judged: Sequence[Judged], precision: float = PRECISION) -> float:
    """The largest share, the surest first, of which so many are right."""
    right, best = 0, 0
    for count, one in enumerate(sorted(judged, key=lambda one: -one.confidence), 1):
        right += one.right
        if right >= precision * count:
            best = count
    return best / max(1, len(judged))


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error: how far confidence is from being right, over equal bins."""
    bins: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        bins[min(BINS - 1, int(one.confidence * BINS))].append(one)
    return sum(abs(sum(o.right - o.confidence for o in held)) for held in bins.values()) / max(1, len(judged))


def table(name: str, figures: Figures) -> str:
    """The figures as lines to print."""
    shown = [
        f"{name}: {figures.reports} reports",
        f"  accuracy               {figures.accuracy:.3f}",
        f"  macro-F1 (>= {LEAST_REPORTS})       {figures.macro_f1:.3f}",
        f"  top-3                  {figures.top_3:.3f}",
        f"  coverage at {PRECISION:.0%}        {figures.coverage:.3f}",
        f"  accepted               {figures.accepted:.3f}",
        f"  precision of accepted  {figures.precision_of_accepted:.3f}",
        f"  asked first            {figures.asked_first:.3f}",
        f"  calibration error      {figures.calibration_error:.3f}",
        f"  seen as emergency      {figures.emergencies:.4f}",
        f"  seen as no report      {figures.not_reports:.4f}",
        f"  texts per second       {figures.texts_per_second:.0f}",
    ]
    return "\n".join(shown)
