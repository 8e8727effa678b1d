"""Measures the finder on reports with known pins: ``make evaluate-places`` prints it.

The share with the right ward where a place was accepted, the shares accepted, asked and none, the
distance of the first candidate from the pin by kind, calibration, texts a second, and the worst
misses by id with what seems to be their cause; beside it the exact-name baseline on the same rows.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from zoneinfo import ZoneInfo

from shapely import Point as ShapelyPoint
from shapely.ops import nearest_points

from casework.packs import Pack
from casework.places import PlaceDecision, PlaceKind, PlaceReading, Point, distance_m
from geo.areas import AreaIndex
from geo.calibration import Example, by_ward
from geo.finder import Finder
from geo.indexing import EntryKind
from geo.indexing import rows_of as index_rows
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
    """What was found for a row; ``held`` if the gazetteer has a street or postcode that it names.

    ``edge_m`` is how far the pin is from the edge of its ward.
    """

    row: Row
    reading: PlaceReading
    held: bool
    edge_m: float

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


def rows_of(path: Path, pack: Pack, areas: AreaIndex, ids: frozenset[str] | None = None) -> list[Row]:
    """The reports, of those ids if any are given, that name a place and have a pin in a ward of the pack."""
    zone = ZoneInfo(pack.authority.time_zone)
    with path.open(newline="", encoding="utf-8") as file:
        named = (raw for raw in csv.DictReader(file) if raw["names_place"])
        wanted = (raw for raw in named if ids is None or raw["id"] in ids)
        return [row for raw in wanted if (row := _row(raw, zone, areas))]


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
    """One point for each street: the median of its known points."""
    found: dict[str, list[Point]] = defaultdict(list)
    names = {street.name for street in pack.gazetteer.streets}
    for entry in index_rows(pack.gazetteer).entries:
        if entry.kind is EntryKind.STREET and entry.name in names:
            latitudes, longitudes = [p.latitude for p in entry.points], [p.longitude for p in entry.points]
            found[key(entry.name)].append(Point(median(latitudes), median(longitudes)))
    return found


@dataclass(slots=True)
class Measured:
    """What measuring one file gives; several may be added up."""

    results: list[Result] = field(default_factory=list)
    baseline: Baseline = field(default_factory=Baseline)
    seconds: float = 0.0

    def __add__(self, other: "Measured") -> "Measured":
        both = Baseline(
            self.baseline.found + other.baseline.found,
            self.baseline.single + other.baseline.single,
            self.baseline.right + other.baseline.right,
            self.baseline.distances + other.baseline.distances,
        )
        return Measured(self.results + other.results, both, self.seconds + other.seconds)


def measure(pack: Pack, finder: Finder, areas: AreaIndex, rows: Sequence[Row]) -> Measured:
    """Read every row, and look its names up exactly."""
    exact, baseline = ExactNames(pack, areas), Baseline()
    held = [exact.add(baseline, row) for row in rows]
    start = process_time()
    readings = [finder.find(row.text, row.on) for row in rows]
    seconds = process_time() - start
    edges = [_edge_m(row, pack, areas) for row in rows]
    results = [Result(*all_) for all_ in zip(rows, readings, held, edges, strict=True)]
    return Measured(results, baseline, seconds)


def figures(measured: Measured) -> Iterator[str]:
    """The figures, line by line."""
    results = measured.results
    yield f"rows that name a place, pin inside the wards: {len(results)}"
    yield from _baseline_lines(measured.baseline, len(results))
    yield from _decision_lines(results)
    yield from _distance_lines(results)
    yield from _calibration_lines(results)
    yield f"texts a second of processor time: {len(results) / max(measured.seconds, 1e-9):.0f}"


def evaluate(pack: Pack, finder: Finder, areas: AreaIndex, rows: Sequence[Row]) -> Iterator[str]:
    """Measure rows and give the figures, line by line."""
    return figures(measure(pack, finder, areas, rows))


def examples(results: Iterable[Result]) -> list[Example]:
    """The readings to fit a calibration with: those that words made, of more than an area."""
    made = (r for r in results if r.reading.best and r.reading.best.kind not in _NOT_WEIGHED)
    return [(by_ward(r.reading.candidates), r.row.ward) for r in made]


_NOT_WEIGHED = frozenset({PlaceKind.AREA, PlaceKind.COORDINATES})
WORST = 20
ON_THE_EDGE_M, FAR_OFF_M = 15.0, 400.0


def worst(results: Sequence[Result]) -> Iterator[str]:
    """The misses that were surest of themselves, accepted ones first: by id, with the likely cause."""
    missed = [r for r in results if r.reading.best and not r.right]
    missed.sort(key=lambda r: (r.reading.decision is not PlaceDecision.ACCEPT, -_probability(r)))
    for result in missed[:WORST]:
        best = result.reading.best
        assert best is not None
        found = f"{result.reading.decision.value} {best.kind.value} at {_probability(result):.2f}"
        yield f"{result.row.id}: {found}, {result.distance_m or 0:.0f} m off, {cause(result)}"


def causes(results: Iterable[Result]) -> Counter[str]:
    """How often each cause was behind a wrong first ward."""
    return Counter(cause(r) for r in results if r.reading.best and not r.right)


def cause(result: Result) -> str:
    """What a wrong first ward seems to come from."""
    best, among = result.reading.best, {c.ward for c in result.reading.candidates}
    if best is None:
        return "nothing found"
    if result.edge_m <= ON_THE_EDGE_M:
        return f"the pin is within {ON_THE_EDGE_M:.0f} m of a ward's edge"
    if result.row.ward in among:
        same = [c for c in result.reading.candidates if c.ward == result.row.ward]
        near = min(distance_m(c.point, result.row.pin) for c in same) <= FAR_OFF_M
        return "another part of the street, or its namesake, was likelier" if near else "a long street"
    if (result.distance_m or 0.0) > FAR_OFF_M:
        return "the pin is far from what the words name, or they name it on the way"
    return "beyond the known part of the street"


def _probability(result: Result) -> float:
    best = result.reading.best
    return by_ward(result.reading.candidates)[best.ward] if best else 0.0


def _edge_m(row: Row, pack: Pack, areas: AreaIndex) -> float:
    """Metres from the pin to the edge of its ward."""
    area = areas.ward_at(row.pin, row.on)
    polygon = areas.polygon(area) if area else None
    if polygon is None:
        return 0.0
    edge = nearest_points(polygon.boundary, ShapelyPoint(row.pin.longitude, row.pin.latitude))[0]
    return distance_m(row.pin, Point(edge.y, edge.x))


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
    yield (
        f"wrong ward after one answer: {_share(len(accepted) - _rights(accepted), len(results))} of all rows;"
        " who finds none of the choices right is asked for a pin"
    )


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
            bins[min(9, int(_probability(result) * 10))].append(result)
    parts = [f"{b / 10:.1f}: {_share(_rights(r), len(r))} of {len(r)}" for b, r in sorted(bins.items())]
    yield f"calibration (ward's probability: right): {'; '.join(parts)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _spread(distances: Sequence[float]) -> str:
    if len(distances) < 2:
        return "-"
    return f"median {median(distances):.0f} m, p90 {quantiles(distances, n=10)[-1]:.0f} m"
