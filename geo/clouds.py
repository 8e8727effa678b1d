"""Where a place may be, as a cloud of weighted points in metres.

A cloud stands for a probability distribution on the ground: one disc with a heavy tail around a
point, or points along a street's line. Clouds are compared and multiplied by the weighing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
    core = np.array([frame.metres(p) for p in points])
    directions = _DIRECTIONS if len(points) < 3 else _DIRECTIONS_OF_MANY
    angles = np.arange(directions) * (2 * math.pi / directions)
    turns = [angles + ring * 0.39 for ring in range(len(_RINGS))]
    across = np.concatenate([r * median_m * np.cos(t) for (r, _), t in zip(_RINGS, turns, strict=True)])
    up = np.concatenate([r * median_m * np.sin(t) for (r, _), t in zip(_RINGS, turns, strict=True)])
    shares = np.repeat([share / directions for _, share in _RINGS], directions)
    xs = (core[:, 0][:, None] + across[None, :]).ravel()
    ys = (core[:, 1][:, None] + up[None, :]).ravel()
    weights = np.tile(shares / len(points), len(points))
    return Cloud(xs, ys, weights, core, median_m)


def strung(frame: Frame, points: Sequence[Point], step_m: float = 100.0, gap_m: float = 700.0) -> list[Point]:
    """Known points of a street in the order of its main direction, with more between them."""
    metres = np.array([frame.metres(p) for p in points])
    centred = metres - metres.mean(axis=0)
    direction = np.linalg.svd(centred, full_matrices=False)[2][0]
    ordered = metres[np.argsort(centred @ direction)]
    filled = [ordered[:1]]
    for a, b in pairwise(ordered):
        gap = float(np.hypot(*(b - a)))
        steps = max(1, round(gap / step_m)) if gap <= gap_m else 1
        filled.append(a + (b - a) * (np.arange(1, steps + 1) / steps)[:, None])
    return [frame.point(x, y) for x, y in np.concatenate(filled).tolist()]


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


def exact(frame: Frame, points: Sequence[Point]) -> Cloud:
    """Points as they are, equally likely."""
    core = np.array([frame.metres(p) for p in points])
    return Cloud(core[:, 0], core[:, 1], np.full(len(points), 1 / len(points)), core, 0.0)
