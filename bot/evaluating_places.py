"""Prints what finding places is worth, with streets from earlier reports and measured on later ones.

``python -m bot.evaluating_places held-out`` is ``make evaluate-places``; ``calibrate`` fits how sure
a place is and stores it in ``geo/calibration.json``.
"""

import csv
import json
import random
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import typer

from casework.packs import Pack
from casework.places import Area, AreaKind, Point
from config.building import CHELTENHAM, LEWISHAM, SOURCE, build_pack
from config.loading import load_packs
from config.pins import earlier
from geo.areas import AreaIndex
from geo.calibration import FILE as CALIBRATION
from geo.calibration import RAW, TARGET, Calibration, fit
from geo.evaluation import Measured, causes, examples, figures, measure, rows_of, worst
from geo.finder import Finder
from geo.gazetteer import Gazetteer

cli = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False)

BLUEPRINTS = {blueprint.name: blueprint for blueprint in (LEWISHAM, CHELTENHAM)}
NAMES = tuple(BLUEPRINTS)
DEMO = Path(__file__).parents[1] / "config" / "demo"

EARLIER = 0.8
"""Streets are known from so much of the reports; the rest measures."""

FIT_FROM = (0.4, 0.5, 0.6, 0.7)
"""A calibration is fitted on the tenth of the reports after each of these, with packs from before it."""

Source = Annotated[Path, typer.Argument(help="The data folder.")]


@cli.command()
def held_out(source: Source = SOURCE) -> None:
    """Places in the newest fifth of the reports, with streets from the others only."""
    measured = [(name, _slice(source, name, EARLIER, 1.0)) for name in NAMES]
    for name, one in [*measured, ("both together", measured[0][1] + measured[1][1])]:
        _write(f"\n{name}")
        for line in figures(one):
            _write(line)
    results = [result for _, one in measured for result in one.results]
    _write("\nwrong first wards by cause")
    for cause, count in causes(results).most_common():
        _write(f"{count}: {cause}")
    _write("\nthe worst misses")
    for line in worst(results):
        _write(line)
    _write(f"\nward of a point among 8,000 wards: {ward_microseconds():.1f} microseconds")


@cli.command()
def calibrate(
    source: Source = SOURCE,
    out: Annotated[Path, typer.Option(help="Where it is stored.")] = CALIBRATION,
) -> None:
    """Fit how sure a place is, on reports that come after those which the streets are known from."""
    slices = [_slice(source, name, share, share + 0.1, RAW) for share in FIT_FROM for name in NAMES]
    found = [example for one in slices for example in examples(one.results)]
    fitted = fit(found)
    held = {
        "power": fitted.power,
        "sure": fitted.sure,
        "fitted_on": {
            "rows": len(found),
            "reports": f"Lewisham and Cheltenham, {FIT_FROM[0]:.0%} to {FIT_FROM[-1] + 0.1:.0%} by time",
            "right_of_accepted": TARGET,
            "command": "python -m bot.evaluating calibrate",
        },
    }
    out.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    _write(f"power {fitted.power}, accepted from {fitted.sure}, fitted on {len(found)} rows: {out}")


def _slice(
    source: Path, name: str, share: float, until: float, calibration: Calibration | None = None
) -> Measured:
    """Measure the reports between two shares with a pack from those before."""
    if not (source / name).is_dir():
        sys.stderr.write(f"there is no data in {source}: nothing was measured\n")
        raise typer.Exit(1)
    with TemporaryDirectory() as folder:
        pack = _load(build_pack(BLUEPRINTS[name], source / name, Path(folder), share))
    areas = AreaIndex([pack])
    finder = Finder([pack], [Gazetteer.in_memory(pack)], areas, calibration=calibration)
    path = source / name / "reports.csv"
    with path.open(newline="", encoding="utf-8") as file:
        reports = list(csv.DictReader(file))
    before = frozenset(row["id"] for row in earlier(reports, share))
    ids = frozenset(row["id"] for row in earlier(reports, until)) - before
    return measure(pack, finder, areas, rows_of(path, pack, areas, ids))


def ward_microseconds(wards: int = 8_000, points: int = 20_000) -> float:
    """Mean time to find the ward of a point among so many wards of sixty corners each."""
    side = round(wards**0.5)
    areas = [_ward(n // side, n % side) for n in range(wards)]
    pack = replace(_load(DEMO), areas=tuple(areas))
    index, draw, today = AreaIndex([pack]), random.Random(1), date(2026, 1, 1)
    drawn = [Point(51 + draw.random() * 0.02 * side, -2 + draw.random() * 0.03 * side) for _ in range(points)]
    start = perf_counter()
    for point in drawn:
        index.ward_at(point, today)
    return (perf_counter() - start) / points * 1e6


def _ward(row: int, column: int) -> Area:
    """A ward of a chequerboard whose sides are jagged."""
    south, west = 51 + 0.02 * row, -2 + 0.03 * column
    jag = [0.0006 * (n % 2) for n in range(16)]
    steps = [n / 16 for n in range(16)]
    ring = [(west + 0.03 * t, south + j) for t, j in zip(steps, jag, strict=True)]
    ring += [(west + 0.03 + j, south + 0.02 * t) for t, j in zip(steps, jag, strict=True)]
    ring += [(west + 0.03 * (1 - t), south + 0.02 + j) for t, j in zip(steps, jag, strict=True)]
    ring += [(west + j, south + 0.02 * (1 - t)) for t, j in zip(steps, jag, strict=True)]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return Area(f"W{row}-{column}", f"Ward {row} {column}", AreaKind.WARD, geometry)


def _load(folder: Path) -> Pack:
    (pack,) = load_packs([folder])
    return pack


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    cli()
