"""Fine-tunes the transformer to tell categories apart.

Two things are learnt at once: our categories, for all authorities together and with a correction
for each, and each authority's own finer categories. The correction is left out for a quarter of
the texts, so that the common part serves authorities that were never seen. Pieces are hidden at random;
texts that are known well are visited a third as often for three times the weight; what is kept is
a running mean of the weights. What was learnt from earlier reports can learn on from newer ones.
"""

import copy
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from nlp.heads import Heads
from nlp.training.reports import Report
from nlp.training.transformer import Base, Pieces, Transformer
from nlp.word_pieces import END, MASK, START

VISITS = 2
BATCH = 32
RATE, HEAD_RATE, LAYER_DECAY = 1e-4, 1e-3, 0.9
LEARNING_ON = 0.4
"""The share of the rates with which a model that has learnt already learns on."""

REPEATED = 0.5
"""The share of the earlier reports that are seen again meanwhile."""

WARM_UP = 60
HIDDEN = 0.06
"""Share of the pieces that are hidden."""

COMMON_ONLY = 0.25
"""Share of the texts without their authority's correction."""

FINER_WEIGHT = 0.5
LEAST_FINER = 8
"""Reports that an authority's own category needs to be learnt."""

KNOWN_WELL, VISITED = 0.08, 1 / 3
SEED = 20261123

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt: numbers of classes, authorities (-1: nobody's) and finer categories (-1: none)."""

    ids: list[list[int]]
    classes: NDArray[np.int64]
    authorities: NDArray[np.int64]
    finer: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a model is fitted to: its classes, its authorities, and those authorities' finer categories
    as (authority, its own category, our category most given to it)."""

    classes: tuple[str, ...]
    authorities: tuple[str, ...]
    finer: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, reports: Sequence[Report], classes: Sequence[str], authorities: Sequence[str]) -> "Fitting":
        """With the finer categories that enough of the reports have."""
        counts = Counter((r.authority, r.finer) for r in reports if r.finer)
        ours = Counter((r.authority, r.finer, r.category) for r in reports if r.finer)
        best = {(a, f): category for (a, f, category), _ in reversed(ours.most_common())}
        finer = sorted((a, f, best[a, f]) for (a, f), count in counts.items() if count >= LEAST_FINER)
        return cls(tuple(classes), tuple(authorities), tuple(finer))


class _Learner(nn.Module):
    """The transformer with its heads, as they are learnt."""

    def __init__(self, base: Base, classes: int, finer_owners: Sequence[int], authorities: int) -> None:
        super().__init__()
        self.transformer = Transformer(base)
        width = self.transformer.width
        self.common = nn.Linear(width, classes)
        self.own = nn.ModuleList(nn.Linear(width, classes) for _ in range(authorities))
        self.finer = nn.Linear(width, max(1, len(finer_owners)))
        for head in (self.common, self.finer, *self.own):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        foreign = torch.tensor([[owner != a for owner in finer_owners or [-2]] for a in range(authorities)])
        self.register_buffer("foreign", foreign)

    def forward(self, rows: Tensor, mask: Tensor, owners: Tensor, kept: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the classes and of the finer categories."""
        meaning = functional.dropout(self.transformer(rows, mask), 0.1, self.training)
        own = torch.stack([head(meaning) for head in self.own], 1)
        own = own[torch.arange(len(owners)), owners.clamp(min=0)] * kept[:, None]
        finer = self.finer(meaning).masked_fill(self.foreign[owners.clamp(min=0)], -1e4)
        return self.common(meaning) + own, finer


@dataclass(frozen=True, slots=True)
class FineTuned:
    """A transformer with its heads, and what it was fitted to."""

    fitting: Fitting
    pieces: Pieces
    learner: _Learner

    @property
    def transformer(self) -> Transformer:
        """The transformer alone."""
        return self.learner.transformer

    def heads(self) -> Heads:
        """The heads in the form that runs."""
        return _heads(self.learner, self.fitting)


def begin(reports: Sequence[Report], fitting: Fitting) -> FineTuned:
    """The transformer before it has seen a report, its pieces chosen for these."""
    _seed()
    base = Base.load()
    owners = [fitting.authorities.index(owner) for owner, _, _ in fitting.finer]
    learner = _Learner(base, len(fitting.classes), owners, len(fitting.authorities))
    return FineTuned(fitting, base.pieces(report.text for report in reports), learner)


def fine_tune(tuned: FineTuned, reports: Sequence[Report], say: Say) -> FineTuned:
    """After some visits to the reports; the same every time on the same machine."""
    _seed()
    mean = _learn(tuned.learner, _lesson(reports, tuned), tuned.pieces, VISITS, 1.0, say)
    return replace(tuned, learner=mean)


def learn_on(tuned: FineTuned, earlier: Sequence[Report], newest: Sequence[Report], say: Say) -> FineTuned:
    """After one more visit, to all of the newest reports and some of the earlier ones."""
    _seed()
    again = random.sample(list(earlier), round(len(earlier) * REPEATED))
    mean = _learn(tuned.learner, _lesson([*newest, *again], tuned), tuned.pieces, 1, LEARNING_ON, say)
    return replace(tuned, learner=mean)


def _seed() -> None:
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)


def _lesson(reports: Sequence[Report], tuned: FineTuned) -> Lesson:
    fitting = tuned.fitting
    finer = {(authority, name): n for n, (authority, name, _) in enumerate(fitting.finer)}
    owners = {code: n for n, code in enumerate(fitting.authorities)}
    return Lesson(
        ids=[tuned.pieces.words.ids(report.text) for report in reports],
        classes=np.array([fitting.classes.index(report.category) for report in reports]),
        authorities=np.array([owners.get(report.authority, -1) for report in reports]),
        finer=np.array([finer.get((report.authority, report.finer), -1) for report in reports]),
    )


def _learn(
    learner: _Learner, lesson: Lesson, pieces: Pieces, visits: int, share: float, say: Say
) -> _Learner:
    mean = copy.deepcopy(learner)
    optimizer = torch.optim.AdamW(_groups(learner), weight_decay=0.01)
    rates = [share * group["lr"] for group in optimizer.param_groups]
    losses = np.full(len(lesson.ids), np.inf)
    step, begun = 0, time.monotonic()
    for visit in range(visits):
        known = losses < KNOWN_WELL
        visited = np.flatnonzero(~known | (np.random.rand(len(losses)) < VISITED))
        weights = np.where(known, 1 / VISITED, 1.0)
        batches = _batches(visited, lesson.ids)
        learner.train()
        for number, batch in enumerate(batches):
            step += 1
            pace = min(1.0, step / WARM_UP) * max(0.02, 1 - (visit + number / len(batches)) / visits)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * pace
            losses[batch] = _step(learner, optimizer, lesson, pieces, batch, weights[batch])
            _blend(mean, learner, min(0.995, (1 + step) / (10 + step)))
            if step % 100 == 0:
                say(f"  visit {visit + 1}, {number}/{len(batches)}: {time.monotonic() - begun:.0f} s")
    return mean.eval()


def _groups(learner: _Learner) -> list[dict[str, object]]:
    """The parameters with their rates: the deeper the layer, the slower."""
    layers = learner.transformer.layers
    depth = len(layers)
    groups: list[dict[str, object]] = [
        {"params": list(learner.transformer.norm.parameters()), "lr": RATE * LAYER_DECAY ** (depth + 1)}
    ]
    for number, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": RATE * LAYER_DECAY ** (depth - number)})
    heads = [p for head in (learner.common, learner.finer, *learner.own) for p in head.parameters()]
    return [*groups, {"params": heads, "lr": HEAD_RATE}]


def _batches(visited: NDArray[np.int64], ids: Sequence[Sequence[int]]) -> list[NDArray[np.int64]]:
    """Batches in random order, each of texts about as long as each other."""
    order = np.random.permutation(visited)
    batches = []
    for start in range(0, len(order), BATCH * 40):
        block = sorted(order[start : start + BATCH * 40], key=lambda n: len(ids[n]))
        batches += [np.array(block[n : n + BATCH]) for n in range(0, len(block), BATCH)]
    random.shuffle(batches)
    return batches


def _step(
    learner: _Learner,
    optimizer: torch.optim.Optimizer,
    lesson: Lesson,
    pieces: Pieces,
    batch: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> NDArray[np.float32]:
    """One step down; the loss of each text."""
    rows, mask = _pad([lesson.ids[n] for n in batch], pieces, hidden=HIDDEN)
    owners = torch.from_numpy(lesson.authorities[batch])
    kept = ((torch.rand(len(batch)) > COMMON_ONLY) & (owners >= 0)).float()
    with torch.autocast("cpu", torch.bfloat16):
        scores, finer = learner(rows, mask, owners, kept)
    classes = torch.from_numpy(lesson.classes[batch])
    loss = functional.cross_entropy(scores.float(), classes, reduction="none")
    finer_loss = functional.cross_entropy(
        finer.float(), torch.from_numpy(lesson.finer[batch]), ignore_index=-1, reduction="none"
    )
    whole = ((loss + FINER_WEIGHT * finer_loss) * torch.from_numpy(weights).float()).mean()
    optimizer.zero_grad()
    whole.backward()
    nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
    optimizer.step()
    return np.asarray(loss.detach().numpy())


def _pad(ids: Sequence[Sequence[int]], pieces: Pieces, hidden: float = 0.0) -> tuple[Tensor, Tensor]:
    """The texts' rows, as long as the longest, and which of them are real."""
    longest = max(map(len, ids))
    padded = np.zeros((len(ids), longest), dtype=np.int64)
    mask = np.zeros((len(ids), longest), dtype=np.float32)
    for row, found in enumerate(ids):
        padded[row, : len(found)] = found
        mask[row, : len(found)] = 1
    words = pieces.words.pieces
    inner = (padded != words.index(START)) & (padded != words.index(END)) & (mask > 0)
    if hidden:
        padded[inner & (np.random.rand(*padded.shape) < hidden)] = words.index(MASK)
    return torch.from_numpy(pieces.rows(padded)), torch.from_numpy(mask)


@torch.no_grad()
def _blend(mean: nn.Module, learner: nn.Module, kept: float) -> None:
    for old, new in zip(mean.parameters(), learner.parameters(), strict=True):
        old.lerp_(new, 1 - kept)


def _heads(learner: _Learner, fitting: Fitting) -> Heads:
    def array(head: nn.Linear) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return head.weight.detach().numpy(), head.bias.detach().numpy()

    own = [array(head) for head in learner.own]
    owners = [fitting.authorities.index(owner) for owner, _, _ in fitting.finer]
    common, finer, count = array(learner.common), array(learner.finer), len(fitting.finer)
    return Heads(
        common_weights=common[0],
        common_bias=common[1],
        own_weights=np.stack([weights for weights, _ in own]),
        own_bias=np.stack([bias for _, bias in own]),
        finer_weights=finer[0][:count],
        finer_bias=finer[1][:count],
        finer_owners=np.array(owners, dtype=np.int64),
        finer_classes=np.array([fitting.classes.index(ours) for _, _, ours in fitting.finer], dtype=np.int64),
    )
