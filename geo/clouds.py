"""Where a place may be, as a cloud of weighted points in metres.

A cloud stands for a probability distribution on the ground: one disc with a heavy tail around a
point, or points along a street's line. Clouds are compared and multiplied by the weighing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from casework.places import Point

Numbers = NDArray[np.float64]

# Radii in scales and their shares: what reports' pins do around the words that name their place.
_RINGS = ((0.08, 0.16), (0.25, 0.16), (0.5, 0.16), (0.85, 0.16), (1.4, 0.16), (2.4, 0.12), (4.0, 0.08))
_DIRECTIONS, _DIRECTIONS_OF_MANY = 8, 4
_VERGE_M = 12.0
"""Pins stand beside a street's middle line, not on it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A flat map around a centre: metres east and north."""

    centre: Point

    @property
    def _scale(self) -> tuple[float, float]:
        per_degree = 111_195.0
        return per_degree, per_degree * max(0.01, math.cos(math.radians(self.centre.latitude)))

    def metres(self, point: Point) -> tuple[float, float]:
        """East and north of the centre, metres."""
        high, wide = self._scale
        return (
            (point.longitude - self.centre.longitude) * wide,
            (point.latitude - self.centre.latitude) * high,
        )

    def point(self, x: float, y: float) -> Point:
        """The point so many metres east and north."""
        high, wide = self._scale
        return Point(self.centre.latitude + y / high, self.centre.longitude + x / wide)

    def degrees(self, xs: Numbers, ys: Numbers) -> tuple[Numbers, Numbers]:
        """Latitudes and longitudes of many points in metres."""
        high, wide = self._scale
        return self.centre.latitude + ys / high, self.centre.longitude + xs / wide


@dataclass(eq=False, slots=True)
class Cloud:
    """Samples ``xs``, ``ys`` in metres with ``weights`` that add up to 1.

    ``core`` are the known points, one row each, around which the samples lie at a median of
    ``spread_m``; ``codes`` caches the samples' wards by epoch.
    """

    xs: Numbers
    ys: Numbers
    weights: Numbers
    core: Numbers
    spread_m: float
    codes: dict[int, NDArray[np.int64]] = field(default_factory=dict)

    @property
    def radius_m(self) -> float:
        """Metres around the mean that hold nine tenths of the samples."""
        x, y = self.xs @ self.weights, self.ys @ self.weights
        return float(np.quantile(np.hypot(self.xs - x, self.ys - y), 0.9))

    def nearness(self, xs: Numbers, ys: Numbers, reach_m: float) -> Numbers:
        """How near other samples are to this cloud, 1 on it and falling with ``reach_m``."""
        scale = reach_m + 1.2 * self.spread_m
        across = xs[:, None] - self.core[None, :, 0]
        up = ys[:, None] - self.core[None, :, 1]
        nearest: Numbers = np.sqrt((across * across + up * up).min(axis=1))
        return np.exp(-0.5 * np.minimum(nearest / scale, 12.0) ** 1.5)


def disc(frame: Frame, points: Sequence[Point], median_m: float) -> Cloud:
    """Heavy-tailed discs around points, of a median radius in metres."""
    return _discs(np.array([frame.metres(p) for p in points]), median_m)


def _discs(core: Numbers, median_m: float) -> Cloud:
    directions = _DIRECTIONS if len(core) < 3 else _DIRECTIONS_OF_MANY
    angles = np.arange(directions) * (2 * math.pi / directions)
    turns = [angles + ring * 0.39 for ring in range(len(_RINGS))]
    across = np.concatenate([r * median_m * np.cos(t) for (r, _), t in zip(_RINGS, turns, strict=True)])
    up = np.concatenate([r * median_m * np.sin(t) for (r, _), t in zip(_RINGS, turns, strict=True)])
    shares = np.repeat([share / directions for _, share in _RINGS], directions)
    xs = (core[:, 0][:, None] + across[None, :]).ravel()
    ys = (core[:, 1][:, None] + up[None, :]).ravel()
    weights = np.tile(shares / len(core), len(core))
    return Cloud(xs, ys, weights, core, median_m)


_GOLDEN_PART, _GOLDEN_ANGLE = (math.sqrt(5) - 1) / 2, math.pi * (3 - math.sqrt(5))
_MOST_PINS, _NEAR_SAMPLES, _FAR_SAMPLES = 45, 135, 45
_UNSEEN = 2.0
"""A street known at n points is elsewhere with the weight of so many points."""

NARROWEST_M = 15.0


def pinned(frame: Frame, points: Sequence[Point], median_m: float, narrowest_m: float = NARROWEST_M) -> Cloud:
    """Around many known points of a street, nearer the more there are, and some of it further off.

    ``median_m`` is how far a pin lies from the only known point of such a street. Measured on
    reports: from the nearest of n points half the pins are within ``median_m`` / n, with long tails.
    """
    all_ = np.array([frame.metres(p) for p in points])
    near_m = max(narrowest_m, median_m / len(all_))
    core = _thinned(all_, _MOST_PINS)
    near = _scattered(core, _NEAR_SAMPLES, near_m)
    far = _scattered(_thinned(all_, _MOST_PINS // 5), _FAR_SAMPLES, median_m)
    part = len(all_) / (len(all_) + _UNSEEN)
    weights = np.concatenate([np.full(len(near), part / len(near)), np.full(len(far), (1 - part) / len(far))])
    xs, ys = np.concatenate([near, far]).T
    return Cloud(np.ascontiguousarray(xs), np.ascontiguousarray(ys), weights, core, near_m)


def _scattered(core: Numbers, count: int, median_m: float) -> Numbers:
    """About so many samples around the points, half of them within the median, with heavy tails."""
    each = max(1, count // len(core))
    turn = np.arange(each * len(core))
    part = 0.97 * ((turn + 0.5) * _GOLDEN_PART % 1)
    radii, angles = median_m * np.sqrt(1 / (1 - part) - 1), turn * _GOLDEN_ANGLE
    away: Numbers = np.stack([radii * np.cos(angles), radii * np.sin(angles)], 1)
    scattered: Numbers = np.repeat(core, each, axis=0) + away
    return scattered


def _thinned(core: Numbers, most: int) -> Numbers:
    """At most so many of the points, evenly along their main direction."""
    if len(core) <= most:
        return core
    centred = core - core.mean(axis=0)
    order = np.argsort(centred @ np.linalg.svd(centred, full_matrices=False)[2][0])
    kept: Numbers = core[order[np.linspace(0, len(core) - 1, most).round().astype(int)]]
    return kept


def along(frame: Frame, line: Sequence[Point], most: int = 80) -> Cloud:
    """Samples along a street's filled line, alternately on either side of it."""
    step = max(1, math.ceil(len(line) / most))
    core = np.array([frame.metres(p) for p in line])
    kept = core[::step]
    ahead = np.roll(kept, -1, axis=0) - kept
    ahead[-1] = ahead[-2] if len(ahead) > 1 else (1.0, 0.0)
    length = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-6)
    sides = np.where(np.arange(len(kept)) % 2 == 0, _VERGE_M, -_VERGE_M)
    xs = kept[:, 0] - ahead[:, 1] / length * sides
    ys = kept[:, 1] + ahead[:, 0] / length * sides
    return Cloud(xs, ys, np.full(len(kept), 1 / len(kept)), core, _VERGE_M)


JUNCTION_GAP_M = 300.0
"""Streets whose known points come no nearer to each other do not tell where they meet."""

_NARROWEST_JUNCTION_M, _MEETINGS, _APART_M, _AS_NEAR_M = 20.0, 3, 200.0, 25.0


def meeting(one: Cloud, two: Cloud) -> Cloud | None:
    """Where two streets meet: halfway between their nearest known points, at most three places.

    Half of the pins at junctions lie within half of that gap of it.
    """
    across = one.core[:, None, 0] - two.core[None, :, 0]
    up = one.core[:, None, 1] - two.core[None, :, 1]
    gaps = np.hypot(across, up)
    narrowest = float(gaps.min())
    if narrowest > JUNCTION_GAP_M:
        return None
    kept: list[Numbers] = []
    for place in gaps.argsort(axis=None).tolist():
        i, j = divmod(place, gaps.shape[1])
        if gaps[i, j] > narrowest + _AS_NEAR_M or len(kept) == _MEETINGS:
            break
        middle: Numbers = (one.core[i] + two.core[j]) / 2
        if all(np.hypot(*(middle - other)) > _APART_M for other in kept):
            kept.append(middle)
    return _discs(np.array(kept), max(_NARROWEST_JUNCTION_M, narrowest / 2))


def beside(cloud: Cloud, street: Cloud, reach_m: float, floor: float) -> Cloud:
    """The cloud where it is near the street's known points: a house stands on its street."""
    near = floor + (1 - floor) * street.nearness(cloud.xs, cloud.ys, reach_m)
    weights = cloud.weights * near
    return Cloud(cloud.xs, cloud.ys, weights / weights.sum(), cloud.core, cloud.spread_m)


def exact(frame: Frame, points: Sequence[Point]) -> Cloud:
    """Points as they are, equally likely."""
    core = np.array([frame.metres(p) for p in points])
    return Cloud(core[:, 0], core[:, 1], np.full(len(points), 1 / len(points)), core, 0.0)
