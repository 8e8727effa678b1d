"""The pack's areas on the ground: wards must neither overlap nor leave holes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from casework.places import Area, AreaKind
from config.entries import Placed
from config.faults import Faults, listed
from config.ground import Ground, holes, overlaps, shape_of
from config.parts import Parts, span_of
from config.spans import Span, from_day, turning_days

MOST_OVERLAPS = 20
"""Overlaps that are listed; wards with crossed dates overlap all at once."""

ShapedArea = tuple[Placed[Area], BaseGeometry]


@dataclass(frozen=True, slots=True)
class Map:
    """The pack's areas in metres."""

    ground: Ground
    areas: tuple[ShapedArea, ...]

    @classmethod
    def of(cls, parts: Parts) -> "Map":
        """The map of the pack's areas."""
        ground = Ground.around(parts.areas.values)
        shaped = ((area, ground.flat(shape_of(area.value))) for area in parts.areas.entries)
        return cls(ground, tuple(shaped))

    def wards(self) -> tuple[ShapedArea, ...]:
        """The wards of all times."""
        return tuple(shaped for shaped in self.areas if shaped[0].value.kind is AreaKind.WARD)

    def named(self, codes: frozenset[str], span: Span) -> Iterator[tuple[Area, BaseGeometry, Span]]:
        """The areas of these codes, with the part of the span in which each is in force."""
        for area, shape in self.areas:
            common = span_of(area.value).common(span)
            if area.value.code in codes and common:
                yield area.value, shape, common


def check_wards(parts: Parts, ground: Map, today: date, faults: Faults) -> None:
    """Say which wards overlap, and where a hole is between them."""
    wards = ground.wards()
    sound = parts.areas.whole and not parts.areas.faulty
    if sound and not any(ward.value.in_force(today) for ward, _ in wards):
        faults.error(
            "areas", 0, "no ward is in force today; add a file of wards, such as areas/wards.geojson"
        )
    _say_overlaps(wards, faults)
    seen: set[frozenset[str]] = set()
    for day in turning_days(span_of(ward.value) for ward, _ in wards):
        then = [(ward, shape) for ward, shape in wards if ward.value.in_force(day)]
        codes = frozenset(ward.value.code for ward, _ in then)
        if codes not in seen and not parts.areas.faulty:
            _say_holes(then, ground, day, faults)
        seen.add(codes)


def _say_overlaps(wards: tuple[ShapedArea, ...], faults: Faults) -> None:
    found = 0
    for one, other in overlaps([shape for _, shape in wards]) if wards else ():
        first, second = wards[one][0], wards[other][0]
        days = span_of(first.value).common(span_of(second.value))
        if not days or first.value.code == second.value.code:
            continue
        found += 1
        if found <= MOST_OVERLAPS:
            faults.error(
                second.file,
                second.line,
                f"the ward {_title(second)} overlaps {_title(first)}{from_day(days.start)}; "
                "correct the boundary, or valid_from and valid_to",
            )
    if found > MOST_OVERLAPS:
        faults.error("areas", 0, f"{found} pairs of wards overlap; the first {MOST_OVERLAPS} are listed")


def _say_holes(wards: list[ShapedArea], ground: Map, day: date, faults: Faults) -> None:
    shapes = {number: shape for number, (_, shape) in enumerate(wards)}
    for hole, beside in holes(shapes):
        neighbours = [wards[number][0] for number in beside]
        place = ground.ground.degrees(hole)
        first = neighbours[0] if neighbours else wards[0][0]
        faults.error(
            first.file,
            first.line,
            f"there is a hole between the wards {listed(map(_title, neighbours))}{from_day(day)}, "
            f"near latitude {place.latitude:.5f}, longitude {place.longitude:.5f}; "
            "correct the boundaries, or take the full-extent ones (BFE) of the ONS",
        )


def _title(ward: Placed[Area]) -> str:
    return f"'{ward.value.name}'"
