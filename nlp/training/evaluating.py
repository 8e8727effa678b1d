"""Measures a model that was fitted on the earlier reports against the newest, and its rivals beside it."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from casework.understanding import Decision
from nlp.evaluation import Judged, figures_of, macro_f1, table
from nlp.trained import SHIPPED, TrainedModel, load_model
from nlp.training import mixing
from nlp.training.linear_fitting import fit
from nlp.training.making import Material, evidence_of, held_out
from nlp.training.mixing import Matrix
from nlp.training.reports import NOTHING, Report

PAIRS = 10
TIMED = 400
"""Texts by which speed is measured."""


def evaluation(material: Material, work: Path) -> Iterator[str]:
    """The figures as lines; mixtures are fitted on other reports than they are measured on."""
    model, newest = TrainedModel(work), material.unrepeated
    evidence = evidence_of(newest, model.classes)
    for size in ("small",) if model.small else ("full", "small"):
        held = held_out(model, newest, evidence, quick=size == "small", elsewhere=False)
        odds = mixing.cross_fitted(held, len(model.authorities))
        accept_from = model.mixing(newest[0].authority, size == "small").accept_from
        judged = judgements(odds[:, :-1], newest, model.classes, accept_from)
        yield from by_authority(f"ours, {size}", judged, newest)
        if size != "small" or model.small:
            yield from confusions(judged)
            yield from by_category(judged)
    yield from by_authority("baseline (TF-IDF, logistic regression)", baseline(material), newest)
    for learnt in material.authorities:
        yield from abroad(material, learnt)
    yield from speed(newest)


def judgements(
    odds: Matrix, reports: Sequence[Report], classes: Sequence[str], accept_from: float
) -> list[Judged]:
    """Log probabilities as the reader would tell them."""
    found = []
    for row, report in zip(odds, reports, strict=True):
        order = np.argsort(-row, kind="stable")[:5]
        confidence = float(np.exp(row[order[0]]))
        decision = Decision.ACCEPT if confidence >= accept_from else Decision.ASK
        found.append(Judged(report.category, tuple(classes[n] for n in order), confidence, decision))
    return found


def by_authority(name: str, judged: Sequence[Judged], reports: Sequence[Report]) -> Iterator[str]:
    """The table of all, and of each authority."""
    yield table(name, figures_of(judged, 0.0, 0.0))
    for code in sorted({report.authority for report in reports}):
        own = [one for one, report in zip(judged, reports, strict=True) if report.authority == code]
        yield table(f"{name}, {code}", figures_of(own, 0.0, 0.0))


def confusions(judged: Sequence[Judged]) -> Iterator[str]:
    """The pairs that are most often taken for each other."""
    pairs = Counter((one.truth, one.top[0]) for one in judged if not one.right)
    yield "most confused (chosen by the resident, taken for): " + "; ".join(
        f"{truth} > {guess} {count}" for (truth, guess), count in pairs.most_common(PAIRS)
    )


def by_category(judged: Sequence[Judged]) -> Iterator[str]:
    """Reports, precision and recall of each category."""
    truths, guesses = Counter(o.truth for o in judged), Counter(o.top[0] for o in judged)
    hits = Counter(one.truth for one in judged if one.right)
    for code, count in truths.most_common():
        precision = hits[code] / max(1, guesses[code])
        yield f"  {code:24} {count:5}  precision {precision:.3f}  recall {hits[code] / count:.3f}"


def baseline(material: Material) -> list[Judged]:
    """The data README's: words 1-2 and characters 3-5, on the same reports."""
    earlier = [report for report in material.earlier if report.category != NOTHING]
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    model = make_pipeline(make_union(words, pieces), LogisticRegression(C=5, max_iter=100))
    model.fit([r.text for r in earlier], [r.category for r in earlier])
    odds = model.predict_log_proba([r.text for r in material.unrepeated])
    return judgements(odds, material.unrepeated, list(model.classes_), 1.01)


def abroad(material: Material, learnt: str) -> Iterator[str]:
    """The linear part learnt from one authority, tested on the others' reports of categories it knows."""
    own = [report for report in material.earlier if report.authority in {learnt, ""}]
    known = {report.category for report in own}
    foreign = [r for r in material.unrepeated if r.authority != learnt and r.category in known]
    if not foreign:
        return
    fitted = fit(own, material.classes, [learnt])
    odds = np.array([fitted.model.scores(r.text) + fitted.priors[-1] for r in foreign], dtype=np.float64)
    odds -= np.log(np.exp(odds).sum(axis=1, keepdims=True))
    judged = judgements(odds[:, :-1], foreign, material.classes, 1.01)
    yield table(f"linear part of {learnt} alone, elsewhere", figures_of(judged, 0.0, 0.0))
    yield f"  (macro-F1 {macro_f1(judged):.3f}; the encoder is not trained again for this)"


def speed(reports: Sequence[Report]) -> Iterator[str]:
    """Milliseconds a text, of the model that ships: processor time of the model alone."""
    for small in (False, True):
        model = load_model(SHIPPED, small)
        model.odds("first", "")
        times = []
        for report in reports[:: max(1, len(reports) // TIMED)]:
            begun = time.process_time()
            model.odds(report.text, report.authority)
            times.append(1000 * (time.process_time() - begun))
        yield f"{'small' if small else 'full'}: median {np.median(times):.2f} ms a text"
