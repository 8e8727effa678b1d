"""Measures the finder on reports with known pins: ``python -m bot.evaluating places`` prints it.

The share with the right ward where a place was accepted, the shares accepted, asked and none, the
distance of the first candidate from the pin by kind, calibration, and texts a second; beside it
the exact-name baseline on the same rows.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from zoneinfo import ZoneInfo

from casework.packs import Pack
from casework.places import PlaceDecision, PlaceReading, Point, distance_m
from geo.areas import AreaIndex
from geo.finder import Finder
from geo.postcodes import postcodes_in, tidy
from geo.text import key, tokens


@dataclass(frozen=True, slots=True)
class Row:
    """A report's words, its pin and the ward that holds it on its day."""

    id: str
    text: str
    on: date
    pin: Point
    ward: str


@dataclass(slots=True)
class Result:
    """What was found for a row; ``held`` if the gazetteer has a street or postcode that it names."""

    row: Row
    reading: PlaceReading
    held: bool

    @property
    def right(self) -> bool:
        """True if the best candidate's ward is the pin's."""
        return bool(self.reading.best and self.reading.best.ward == self.row.ward)

    @property
    def distance_m(self) -> float | None:
        """From the best candidate to the pin."""
        return distance_m(self.reading.best.point, self.row.pin) if self.reading.best else None


@dataclass(slots=True)
class Baseline:
    """What exact names find: rows with something, in a single ward, in the right one, distances."""

    found: int = 0
    single: int = 0
    right: int = 0
    distances: list[float] = field(default_factory=list)


def rows_of(path: Path, pack: Pack, areas: AreaIndex) -> list[Row]:
    """The reports that name a place and whose pin is in a ward of the pack."""
    zone = ZoneInfo(pack.authority.time_zone)
    with path.open(newline="", encoding="utf-8") as file:
        return [row for raw in csv.DictReader(file) if raw["names_place"] and (row := _row(raw, zone, areas))]


def _row(raw: dict[str, str], zone: ZoneInfo, areas: AreaIndex) -> Row | None:
    on = datetime.fromisoformat(raw["created"]).astimezone(zone).date()
    pin = Point(float(raw["latitude"]), float(raw["longitude"]))
    ward = areas.ward_at(pin, on)
    return Row(raw["id"], raw["text"], on, pin, ward.code) if ward else None


class ExactNames:
    """The baseline: every street's and postcode's name, looked up as it stands."""

    def __init__(self, pack: Pack, areas: AreaIndex) -> None:
        self._areas = areas
        self._streets = _middles(pack)
        self._postcodes = {tidy(p.postcode): p.point for p in pack.gazetteer.postcodes}

    def points(self, text: str) -> list[Point]:
        """The points of all names in the text."""
        words = [t.word for t in tokens(text)]
        runs = (" ".join(words[i : i + n]) for n in range(6, 0, -1) for i in range(len(words) - n + 1))
        found = [p for run in dict.fromkeys(runs) for p in self._streets.get(run, ())]
        codes = [self._postcodes.get(p.code) for p in postcodes_in(text)]
        return [p for p in codes if p] + found

    def add(self, baseline: Baseline, row: Row) -> bool:
        """Count a row; True if anything was found."""
        points = self.points(row.text)
        if not points:
            return False
        baseline.found += 1
        baseline.distances.append(distance_m(points[0], row.pin))
        wards = {ward.code for p in points if (ward := self._areas.ward_at(p, row.on))}
        if len(wards) == 1:
            baseline.single += 1
            baseline.right += wards == {row.ward}
        return True


def _middles(pack: Pack) -> dict[str, list[Point]]:
    """One point for each street's name and locality: the median of its rows."""
    rows: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for street in pack.gazetteer.streets:
        rows[key(street.name), street.locality].append(street.point)
    found: dict[str, list[Point]] = defaultdict(list)
    for (name, _), points in rows.items():
        middle = Point(median(p.latitude for p in points), median(p.longitude for p in points))
        found[name].append(middle)
    return found


def evaluate(pack: Pack, finder: Finder, areas: AreaIndex, rows: Sequence[Row]) -> Iterator[str]:
    """The figures, line by line."""
    exact, baseline = ExactNames(pack, areas), Baseline()
    held = [exact.add(baseline, row) for row in rows]
    start = process_time()
    readings = [finder.find(row.text, row.on) for row in rows]
    seconds = process_time() - start
    results = [Result(*all_) for all_ in zip(rows, readings, held, strict=True)]
    yield f"rows that name a place, pin inside the wards: {len(rows)}"
    yield from _baseline_lines(baseline, len(rows))
    yield from _decision_lines(results)
    yield from _distance_lines(results)
    yield from _calibration_lines(results)
    yield f"texts a second of processor time: {len(rows) / max(seconds, 1e-9):.0f}"


def _baseline_lines(baseline: Baseline, rows: int) -> Iterator[str]:
    yield (
        f"baseline (exact names): found {_share(baseline.found, rows)}, in a single ward"
        f" {_share(baseline.single, rows)}, then right {_share(baseline.right, baseline.single)},"
        f" distance {_spread(baseline.distances)}"
    )


def _decision_lines(results: Sequence[Result]) -> Iterator[str]:
    accepted = [r for r in results if r.reading.decision is PlaceDecision.ACCEPT]
    asked = [r for r in results if r.reading.decision is PlaceDecision.ASK]
    held = [r for r in results if r.held]
    held_accepted = [r for r in held if r.reading.decision is PlaceDecision.ACCEPT]
    offered = [r for r in asked if any(c.ward == r.row.ward for c in r.reading.candidates)]
    none = len(results) - len(accepted) - len(asked)
    right = _share(_rights(accepted), len(accepted))
    yield f"accepted {_share(len(accepted), len(results))}, right ward {right}"
    yield (
        f"asked {_share(len(asked), len(results))}, first right {_share(_rights(asked), len(asked))},"
        f" right one among the choices {_share(len(offered), len(asked))}"
    )
    yield f"none {_share(none, len(results))}"
    share = _share(len(held_accepted), len(held))
    yield f"whose street or postcode the gazetteer holds: {len(held)}, accepted {share}"
    settled = _rights(accepted) + len(offered)
    yield f"right ward with at most one answer: {_share(settled, len(accepted) + len(asked))}"


def _rights(results: Iterable[Result]) -> int:
    return sum(r.right for r in results)


def _distance_lines(results: Sequence[Result]) -> Iterator[str]:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for result in results:
        if result.reading.best and result.distance_m is not None:
            by_kind[result.reading.best.kind.value].append(result.distance_m)
            by_kind["all"].append(result.distance_m)
    for kind, distances in sorted(by_kind.items(), key=lambda k: -len(k[1])):
        yield f"distance {kind}: {len(distances)} rows, {_spread(distances)}"


def _calibration_lines(results: Sequence[Result]) -> Iterator[str]:
    bins: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        if result.reading.best:
            wards: dict[str | None, float] = defaultdict(float)
            for candidate in result.reading.candidates:
                wards[candidate.ward] += candidate.probability
            bins[min(9, int(wards[result.reading.best.ward] * 10))].append(result)
    parts = [f"{b / 10:.1f}: {_share(_rights(r), len(r))} of {len(r)}" for b, r in sorted(bins.items())]
    yield f"calibration (ward's probability: right): {'; '.join(parts)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _spread(distances: Sequence[float]) -> str:
    if len(distances) < 2:
        return "-"
    return f"median {median(distances):.0f} m, p90 {quantiles(distances, n=10)[-1]:.0f} m"
