"""Makes a model: fitted on the earlier reports to choose its mixings, then on all of them to be used."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.phrases import clean
from nlp.pipeline import Pipeline
from nlp.redaction import mask_plates
from nlp.trained import (
    ANYWHERE,
    ENCODER_FILES,
    LINEAR,
    METADATA,
    READINGS,
    TrainedModel,
    digest_of,
    file_hash,
)
from nlp.training import exporting, fine_tuning, linear_fitting, mixing
from nlp.training.fine_tuning import FineTuned, Fitting
from nlp.training.mixing import Held, Matrix, Mixture
from nlp.training.reports import NEWEST, NOTHING, Report, part_by_time, without_repeats
from nlp.vocabulary import default_weights
from nlp.weighing import LONGEST, scores_of

ELSEWHERE = "_elsewhere"
"""What the name of a mixing ends with that serves authorities whose reports were not seen."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is made of: everybody's earlier reports, their newest without near repeats of
    anything earlier, and messages about nothing, parted alike."""

    earlier: tuple[Report, ...]
    newest: tuple[Report, ...]
    unrepeated: tuple[Report, ...]
    classes: tuple[str, ...]
    authorities: tuple[str, ...]

    @classmethod
    def of(cls, reports: Sequence[Report], chat: Sequence[Report] = ()) -> "Material":
        """The reports parted by time, each authority for itself."""
        split, cut = part_by_time(reports), len(chat) - round(len(chat) * NEWEST)
        earlier, newest = (*split.earlier, *chat[:cut]), (*split.newest, *chat[cut:])
        unrepeated = tuple(without_repeats(split.newest, split.earlier))
        return cls(earlier, newest, unrepeated, tuple(classes_of(reports)), tuple(authorities_of(reports)))


def make(material: Material, work: Path, out: Path, say: Say, small: bool = False) -> None:
    """Make the model in ``out``; what was fitted on the earlier reports alone stays in ``work``."""
    tuned, mixings = make_earlier(material, work, say, small)
    say("all reports")
    whole = [*material.earlier, *material.newest]
    fresh_folder(out)
    fit_linear(whole, material.classes, material.authorities, out)
    if tuned is not None:
        tuned = fine_tuning.learn_on(tuned, material.earlier, material.newest, say)
        exporting.write_encoder(tuned, out)
    about = {"trained_on": _counts(whole), "newest": max((r.created for r in material.newest), default="")}
    write_metadata(out, material.classes, material.authorities, mixings, about)


def make_earlier(
    material: Material, work: Path, say: Say, small: bool = False
) -> tuple[FineTuned | None, dict[str, dict[str, object]]]:
    """Fit on the earlier reports, and choose the mixings on the newest."""
    tuned = _fit_earlier(material, work, say, small)
    say("weighing the readings on the newest reports")
    mixings = choose_mixings(TrainedModel(work), material.unrepeated, small)
    write_metadata(work, material.classes, material.authorities, mixings, {})
    return tuned, mixings


def _fit_earlier(material: Material, folder: Path, say: Say, small: bool) -> FineTuned | None:
    """Fit what is learnt from the earlier reports and write it, with neutral mixings."""
    earlier, classes, authorities = material.earlier, material.classes, material.authorities
    fresh_folder(folder)
    say(f"linear model: {len(earlier)} earlier reports")
    fit_linear(earlier, classes, authorities, folder)
    tuned = None
    if not small:
        say(f"sentence encoder: {len(earlier)} earlier reports")
        fitting = Fitting.of(earlier, classes, authorities)
        tuned = fine_tuning.fine_tune(fine_tuning.begin(earlier, fitting), earlier, say)
        exporting.write_encoder(tuned, folder)
    write_metadata(folder, classes, authorities, neutral(not small), {})
    return tuned


def fresh_folder(folder: Path) -> None:
    """Make the folder; take a model that is in it away, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (METADATA, LINEAR, *ENCODER_FILES):
        (folder / name).unlink(missing_ok=True)


def _counts(reports: Sequence[Report]) -> dict[str, int]:
    return dict(sorted(Counter(report.authority or NOTHING for report in reports).items()))


def fit_linear(
    reports: Sequence[Report], classes: Sequence[str], authorities: Sequence[str], folder: Path
) -> None:
    """Fit the linear model and write it."""
    exporting.write_linear(linear_fitting.fit(reports, classes, authorities), folder)


def classes_of(reports: Sequence[Report]) -> list[str]:
    """The categories that reports have, in alphabetical order, and the class of what is none."""
    return [*sorted({report.category for report in reports} - {NOTHING}), NOTHING]


def authorities_of(reports: Sequence[Report]) -> list[str]:
    """Whose reports these are, in alphabetical order."""
    return sorted({report.authority for report in reports} - {""})


def neutral(encoder: bool) -> dict[str, dict[str, object]]:
    """Mixings that are not chosen yet: all readings count alike, nothing is accepted."""
    sizes = {"small": [1.0], **({"full": [1 / len(READINGS)] * len(READINGS)} if encoder else {})}
    empty: dict[str, object] = {"evidence": 0.0, "added": {}, "accept_from": 1.01, "ask_below": 1.0}
    return {
        size + end: {"weights": weights, **empty}
        for size, weights in sizes.items()
        for end in ("", ELSEWHERE)
    }


def choose_mixings(
    model: TrainedModel, newest: Sequence[Report], small: bool
) -> dict[str, dict[str, object]]:
    """The mixings, each fitted on the newest reports, with its thresholds; chat has no say in them."""
    newest = [report for report in newest if report.category in model.classes and report.authority]
    chosen: dict[str, dict[str, object]] = {}
    evidence = evidence_of(newest, model.classes)
    for size in ("small",) if small else ("small", "full"):
        for end in ("", ELSEWHERE):
            held = held_out(model, newest, evidence, quick=size == "small", elsewhere=end == ELSEWHERE)
            chosen[size + end] = _chosen(held, (ANYWHERE,) if end else model.authorities)
    return chosen


def _chosen(held: Held, authorities: Sequence[str]) -> dict[str, object]:
    mixture = mixing.fit(held, len(authorities))
    confidence, right = judged(mixing.cross_fitted(held, len(authorities)), held)
    return {
        **_written(mixture, authorities),
        "accept_from": mixing.accept_from(confidence, right),
        "ask_below": mixing.ask_below(confidence),
    }


def judged(odds: Matrix, held: Held) -> tuple[Matrix, np.ndarray]:
    """Confidence in the likeliest category of each report, and whether it is the right one.

    The last class, of what is about nothing, lowers confidence but is no category.
    """
    odds = odds[:, :-1]
    return np.exp(odds.max(axis=1)), odds.argmax(axis=1) == held.wanted


def _written(mixture: Mixture, authorities: Sequence[str]) -> dict[str, object]:
    weights = [round(float(weight), 4) for weight in mixture.weights]
    added = {
        code: [round(float(value), 4) for value in row]
        for code, row in zip(authorities, mixture.added, strict=True)
    }
    return {"weights": weights[:-1], "evidence": weights[-1], "added": added}


def held_out(
    model: TrainedModel, newest: Sequence[Report], evidence: Matrix, quick: bool, elsewhere: bool
) -> Held:
    """The model's readings of the newest reports; ``elsewhere`` as if nobody knew whose they are."""
    owners = ["" if elsewhere else report.authority for report in newest]
    readings = [
        model.readings(r.text[:LONGEST], owner, quick) for r, owner in zip(newest, owners, strict=True)
    ]
    return Held(
        mixing.stacked(readings),
        evidence,
        np.array([model.classes.index(report.category) for report in newest]),
        np.array([model.authorities.index(owner) if owner else 0 for owner in owners]),
    )


def evidence_of(reports: Sequence[Report], classes: Sequence[str]) -> Matrix:
    """What the word tables say: (reports, classes)."""
    weights = default_weights()
    pipeline = Pipeline(weights)
    found = [pipeline.find(clean(mask_plates(r.text[:LONGEST]), LONGEST)).phrases for r in reports]
    scores = [scores_of(phrases, weights) for phrases in found]
    return np.array([[score.get(code, 0.0) for code in classes] for score in scores])


def write_metadata(
    folder: Path,
    classes: Sequence[str],
    authorities: Sequence[str],
    mixings: Mapping[str, object],
    about: Mapping[str, object],
) -> None:
    """``model.json``: what the model is, how it is weighed, what it was made of, and its files' hashes."""
    names = [name for name in (LINEAR, *ENCODER_FILES) if (folder / name).exists()]
    files = {name: file_hash(folder / name) for name in names}
    written = {
        "digest": digest_of(files, mixings, classes),
        "classes": list(classes),
        "authorities": list(authorities),
        "mixings": dict(mixings),
        "files": files,
        **about,
    }
    text = json.dumps(written, indent=1, ensure_ascii=False)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")
