"""Weighs everything a message says against each other: where is it likely, and in which ward?

Each option of each piece of evidence is a cloud. Its samples are multiplied by how near they are
to what else was named, so that a street and a landmark on it agree at the landmark, and the
Hazel Grove of the named locality beats the other one. The rest is counting by ward.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.places import PlaceKind
from geo.clouds import Cloud, Numbers
from geo.evidence import Evidence, Option, Relation

OUTSIDE = -1
"""The code of a sample in no ward."""

OUTSIDE_SHARE = 0.06
"""People rarely write to a council about a place outside it."""

OUTSIDE_DOUBT = 0.4
"""Gazetteers have holes: a street known only outside may be one inside that is not known."""

# Metres within which two named things are together, and how much is left if they are not.
_REACH = {
    Relation.JUNCTION: 30.0,
    Relation.BETWEEN: 120.0,
    Relation.STRETCH: 150.0,
    Relation.NEAR: 90.0,
    Relation.PLAIN: 140.0,
}
_FLOOR = {
    Relation.JUNCTION: 0.004,
    Relation.BETWEEN: 0.02,
    Relation.STRETCH: 0.02,
    Relation.NEAR: 0.02,
    Relation.PLAIN: 0.05,
}

# How much of an option must be near another name for its label to say so.
_AGREEING = {
    Relation.JUNCTION: 0.03,
    Relation.BETWEEN: 0.1,
    Relation.STRETCH: 0.05,
    Relation.NEAR: 0.1,
    Relation.PLAIN: 0.4,
}
_AREA_REACH_M = 250.0
_LEAST = 0.004

Relations = Mapping[tuple[int, int], Relation]
Codes = Callable[[Cloud], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the probability: one option in one ward.

    ``agreeing`` are the other pieces of evidence that hold there, ``trust`` the probability
    that it was meant at all.
    """

    evidence: int
    option: Option
    code: int
    mass: float
    xs: Numbers
    ys: Numbers
    weights: Numbers
    trust: float
    agreeing: tuple[int, ...]

    @property
    def middle(self) -> tuple[float, float]:
        """The weighted mean of the samples, metres."""
        total = float(self.weights.sum())
        return float(self.xs @ self.weights) / total, float(self.ys @ self.weights) / total


def weigh(
    evidence: Sequence[Evidence], importances: Sequence[float], relations: Relations, codes: Codes
) -> list[Group]:
    """Groups with masses that add up to at most 1, largest first."""
    found: list[Group] = []
    for place, piece in enumerate(evidence):
        for option in piece.options:
            scale = piece.score * importances[place] * option.weight * max(piece.trust, 0.05)
            found.extend(_groups(place, option, scale, evidence, relations, codes))
    total = sum(g.mass for g in found)
    if total <= 0:
        return []
    kept = [_scaled(g, 1 / total) for g in found if g.mass / total >= _LEAST]
    return sorted(kept, key=lambda g: -g.mass)


def _tie(relations: Relations, a: int, b: int) -> Relation:
    return relations.get((min(a, b), max(a, b)), Relation.PLAIN)


def _scaled(group: Group, factor: float) -> Group:
    return Group(
        group.evidence,
        group.option,
        group.code,
        group.mass * factor,
        group.xs,
        group.ys,
        group.weights * factor,
        group.trust,
        group.agreeing,
    )


def _groups(
    place: int,
    option: Option,
    scale: float,
    evidence: Sequence[Evidence],
    relations: Relations,
    codes: Codes,
) -> list[Group]:
    cloud, wards = option.cloud, codes(option.cloud)
    weights = scale * cloud.weights * np.where(wards == OUTSIDE, OUTSIDE_SHARE, 1.0)
    near: dict[int, Numbers] = {}
    for other, piece in enumerate(evidence):
        if other != place:
            tie = _tie(relations, place, other)
            near[other] = _nearness(cloud, piece, tie)
            floor = _FLOOR[tie] if piece.kind is not PlaceKind.AREA else 0.1
            weights = weights * (1 - piece.trust + piece.trust * (floor + (1 - floor) * near[other]))
    total = float(weights.sum())
    if total <= 0:
        return []
    agreement = {n: float(weights @ near[n]) / total for n in near}
    doubt = 1 - evidence[place].trust
    for n, share in agreement.items():
        if evidence[n].kind is not PlaceKind.AREA:
            doubt *= 1 - evidence[n].trust * share
    if (wards == OUTSIDE).all():
        doubt += (1 - doubt) * OUTSIDE_DOUBT
    agreeing = tuple(n for n, share in agreement.items() if share >= _AGREEING[_tie(relations, place, n)])
    return [
        _group(place, option, int(code), weights, wards, 1 - doubt, agreeing) for code in np.unique(wards)
    ]


def _group(
    place: int,
    option: Option,
    code: int,
    weights: Numbers,
    wards: NDArray[np.int64],
    trust: float,
    agreeing: tuple[int, ...],
) -> Group:
    here = wards == code
    cloud, kept = option.cloud, weights[here]
    return Group(
        place, option, code, float(kept.sum()), cloud.xs[here], cloud.ys[here], kept, trust, agreeing
    )


def _nearness(cloud: Cloud, piece: Evidence, tie: Relation) -> Numbers:
    """How near each sample is to what the other piece names, 0 to 1."""
    reach = _AREA_REACH_M if piece.kind is PlaceKind.AREA else _REACH[tie]
    likeliest = max(o.weight for o in piece.options)
    options = [
        min(1.0, o.weight / likeliest) * o.cloud.nearness(cloud.xs, cloud.ys, reach) for o in piece.options
    ]
    near: Numbers = options[0] if len(options) == 1 else np.maximum.reduce(options)
    if tie is not Relation.JUNCTION:
        return near
    best = float(near.max())
    return near * (near / best) ** 2 if best > 0 else near
