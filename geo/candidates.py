"""Groups of probability as candidates with labels that a resident can choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from casework.places import PlaceCandidate, PlaceKind, Point
from geo.clouds import Frame
from geo.evidence import Evidence, Relation
from geo.gazetteer import Entry, Gazetteer
from geo.indexing import EntryKind
from geo.reader import Said
from geo.weighing import OUTSIDE, Group

MOST = 4
TOGETHER_M = 300.0
"""Candidates of one ward nearer than this are one."""

LEAST = 0.02
NEAR_LABEL_M = 180.0

# Which of several labels of one place says most.
_RANK = {
    PlaceKind.AREA: 0,
    PlaceKind.POSTCODE: 1,
    PlaceKind.LANDMARK: 2,
    PlaceKind.STREET: 3,
    PlaceKind.JUNCTION: 4,
    PlaceKind.ADDRESS: 5,
    PlaceKind.COORDINATES: 6,
}


@dataclass(slots=True)
class _Merged:
    """Groups of one ward that are one place."""

    groups: list[Group]

    @property
    def mass(self) -> float:
        return sum(g.mass for g in self.groups)

    @property
    def middle(self) -> tuple[float, float]:
        x = sum(g.middle[0] * g.mass for g in self.groups)
        y = sum(g.middle[1] * g.mass for g in self.groups)
        return x / self.mass, y / self.mass


class Candidates:
    """Makes candidates of one deployment's groups."""

    def __init__(
        self,
        gazetteers: Sequence[Gazetteer],
        frame: Frame,
        ward_of: Callable[[int], tuple[str, str, str]],
    ) -> None:
        self._gazetteers = tuple(gazetteers)
        self._frame = frame
        self._ward_of = ward_of

    def of(self, said: Said, groups: Sequence[Group], doubt: float) -> tuple[PlaceCandidate, ...]:
        """At most four candidates, likeliest first; ``doubt`` scales all probabilities down."""
        kept = _worth_offering(sorted(self._merge(said, groups), key=lambda m: -m.mass))
        names = self._labels(said, kept)
        found = (self._candidate(m, said, name, doubt) for m, name in zip(kept, names, strict=True))
        return tuple(sorted(found, key=lambda c: -c.probability))

    def _merge(self, said: Said, groups: Sequence[Group]) -> list[_Merged]:
        merged: list[_Merged] = []
        for group in groups:
            home = next((m for m in merged if _together(m, group, said)), None)
            if home:
                home.groups.append(group)
            else:
                merged.append(_Merged([group]))
        return merged

    def _candidate(self, merged: _Merged, said: Said, label: str, doubt: float) -> PlaceCandidate:
        x, y = merged.middle
        point = self._frame.point(*_on_sample(merged, x, y))
        code = merged.groups[0].code
        ward, _, jurisdiction = self._ward_of(code) if code != OUTSIDE else (None, "", None)
        trust = sum(g.trust * g.mass for g in merged.groups) / merged.mass
        return PlaceCandidate(
            latitude=round(point.latitude, 6),
            longitude=round(point.longitude, 6),
            probability=round(min(1.0, merged.mass * trust * doubt), 4),
            label=label,
            ward=ward,
            kind=_kind(_telling(merged), said),
            uncertainty_m=round(_radius(merged, x, y)),
            jurisdiction=jurisdiction,
        )

    def _labels(self, said: Said, merged: Sequence[_Merged]) -> list[str]:
        """A label each, told apart where several would be the same."""
        plain = [self._label(said, _telling(m)) for m in merged]
        apart = [
            self._apart(name, m, said) if plain.count(name) > 1 else name
            for name, m in zip(plain, merged, strict=True)
        ]
        return [
            self._with_ward(name, m) if apart.count(told) > 1 else told
            for name, told, m in zip(plain, apart, merged, strict=True)
        ]

    def _label(self, said: Said, group: Group) -> str:
        own = _with_number(group)
        if group.option.numbers or group.option.kind is PlaceKind.JUNCTION:
            return own
        others = [n for n in group.agreeing if said.evidence[n].kind is not PlaceKind.AREA]
        if ends := _ends(said, group.evidence, others):
            return f"{own} between {ends[0]} and {ends[1]}"
        for tie in (Relation.JUNCTION, Relation.NEAR, Relation.PLAIN):
            tied = [n for n in others if said.relations.get(_pair(group.evidence, n), Relation.PLAIN) is tie]
            names = [name for n in tied if (name := _name(said.evidence[n])) != own]
            if names and tie is Relation.JUNCTION:
                return f"the junction of {own} and {names[0]}"
            if names:
                return f"{own} by {names[0]}"
        return own

    def _apart(self, name: str, merged: _Merged, said: Said) -> str:
        """The label with what tells it from its namesakes: the locality or a side street."""
        group = _telling(merged)
        option = group.option
        namesakes = {o.locality for e in said.evidence for o in e.options if o.name == option.name}
        if option.locality and len(namesakes) > 1:
            return f"{name}, {option.locality}"
        beside = self._beside(merged, name)
        return f"{name}, near {beside.name}" if beside else self._with_ward(name, merged)

    def _with_ward(self, name: str, merged: _Merged) -> str:
        code = merged.groups[0].code
        if code == OUTSIDE:
            return f"{name}, outside the area"
        return f"{name} in {self._ward_of(code)[1]} ward"

    def _beside(self, merged: _Merged, label: str) -> Entry | None:
        """The nearest street that the label does not name yet."""
        point = self._frame.point(*_on_sample(merged, *merged.middle))
        return self.street_near(point, label)

    def street_near(self, point: Point, label: str = "") -> Entry | None:
        """The nearest known street within ``NEAR_LABEL_M`` metres whose name is not in the label."""
        near = [d for g in self._gazetteers for d in g.near(point, NEAR_LABEL_M)]
        streets = [d for d in near if d[1].kind is EntryKind.STREET and d[1].name not in label]
        return min(streets, key=lambda d: (d[0], d[1].name), default=(0.0, None))[1]


def _worth_offering(merged: Sequence[_Merged]) -> list[_Merged]:
    """The likeliest place in each ward first, then others: a choice should hold the right ward."""
    likely = [m for n, m in enumerate(merged) if n == 0 or m.mass >= LEAST]
    firsts = {m.groups[0].code: m for m in reversed(likely)}
    ordered = sorted(likely, key=lambda m: (firsts[m.groups[0].code] is not m, -m.mass))
    return ordered[:MOST]


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _name(piece: Evidence) -> str:
    return max(piece.options, key=lambda o: o.weight).name


def _with_number(group: Group) -> str:
    option = group.option
    if not option.numbers:
        return option.name
    return f"{'-'.join(map(str, option.numbers))} {option.name}"


def _ends(said: Said, own: int, others: Sequence[int]) -> tuple[str, str] | None:
    """The two streets that this one was said to be between."""
    for (a, b), tie in said.relations.items():
        tied = said.relations.get(_pair(own, a)) is Relation.STRETCH
        if tie is Relation.BETWEEN and tied and a in others and b in others:
            return _name(said.evidence[a]), _name(said.evidence[b])
    return None


def _together(merged: _Merged, group: Group, said: Said) -> bool:
    first = merged.groups[0]
    if first.code != group.code:
        return False
    if first.evidence == group.evidence:
        return first.option.entry is not None and first.option.entry == group.option.entry
    if said.relations.get(_pair(first.evidence, group.evidence)) is Relation.JUNCTION:
        return group.evidence in first.agreeing
    (x, y), (u, v) = merged.middle, group.middle
    return bool(np.hypot(x - u, y - v) <= TOGETHER_M)


def _telling(merged: _Merged) -> Group:
    """The group whose label says most, of those that matter."""
    enough = [g for g in merged.groups if g.mass >= 0.15 * merged.mass]
    return max(enough or merged.groups, key=lambda g: (_RANK[g.option.kind], g.mass))


def _kind(group: Group, said: Said) -> PlaceKind:
    ties = {said.relations.get(_pair(group.evidence, n)) for n in group.agreeing}
    if group.option.kind is PlaceKind.STREET and Relation.JUNCTION in ties:
        return PlaceKind.JUNCTION
    return group.option.kind


def _on_sample(merged: _Merged, x: float, y: float) -> tuple[float, float]:
    """The middle, or for bent and hollow shapes the nearest point where the place may really be."""
    xs = np.concatenate([g.xs for g in merged.groups])
    ys = np.concatenate([g.ys for g in merged.groups])
    distances = np.hypot(xs - x, ys - y)
    nearest = int(distances.argmin())
    if distances[nearest] <= 30.0:
        return x, y
    return float(xs[nearest]), float(ys[nearest])


def _radius(merged: _Merged, x: float, y: float) -> float:
    """Metres around the middle that hold nine tenths of the mass."""
    distances = np.concatenate([np.hypot(g.xs - x, g.ys - y) for g in merged.groups])
    weights = np.concatenate([g.weights for g in merged.groups])
    order = distances.argsort()
    reached = int(np.searchsorted(weights[order].cumsum(), 0.9 * weights.sum()))
    return max(10.0, float(distances[order[min(reached, len(order) - 1)]]))
