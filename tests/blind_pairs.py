"""A blind look at joins: are two reports of one problem? Judged without knowing what we decided.

``python -m tests.blind_pairs draw PACK DATABASE_URL OUT`` takes the reports of a replayed database in the
order of time, puts them together anew with the rules as they are now, and writes pairs that were joined
and near misses, shuffled, into OUT; what was decided goes into OUT.key. The judge answers with a file of
lines such as ``17 y`` (one problem), ``17 n`` (two) or ``17 ?`` (nobody can tell), and
``python -m tests.blind_pairs count OUT.key ANSWERS`` counts. Neither file belongs into the repository.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.cases import Report
from casework.cells import cell
from casework.clusters import Near, Neighbour, Verdict, best_match, look_for
from casework.likeness import Account, account_of, probability
from casework.packs import Pack
from casework.places import distance_m
from casework.states import State
from config.loading import load_packs
from storage.database import Database
from storage.nearness import MOST_ACCOUNTS, MOST_CLUSTERS
from storage.rows import from_row
from storage.tables import clusters, reports

NEAR_MISS = 0.2
"""A pair that was not joined and is at least so likely is a near miss."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new report, the earlier one most like it, and what was decided."""

    earlier: Report
    later: Report
    probability: float
    verdict: Verdict


@dataclass
class _Known:
    neighbour: Neighbour
    told: list[tuple[Report, Account]] = field(default_factory=list)


def pairs(pack: Pack, told: Iterable[tuple[Report, bool]]) -> Iterator[Pair]:
    """Each report with its likeliest neighbour, put together as they come; True is a sorted one."""
    grid: dict[int, list[_Known]] = defaultdict(list)
    for report, is_sorted in told:
        account = account_of(report)
        near = look_for(pack, account) if report.ward else None
        found = _near(grid, near) if near else []
        match = best_match(pack, account, [known.neighbour for known in found])
        category = pack.category(report.category)
        may_join = is_sorted and not (category and category.sensitive)
        joined = None
        if best := _most_like(pack, account, found):
            known, earlier, likeness = best
            sure = match is not None and match.verdict is Verdict.JOIN and may_join
            sure = sure and known.neighbour.state is State.CONFIRMED
            verdict = Verdict.JOIN if sure else match.verdict if match else Verdict.APART
            verdict = Verdict.ASK if verdict is Verdict.JOIN and not sure else verdict
            joined = known if sure else None
            yield Pair(earlier, report, likeness, verdict)
        state = State.CONFIRMED if is_sorted else State.FOR_TRIAGE
        _keep(grid, joined, report, account, state)


def _near(grid: dict[int, list[_Known]], near: Near) -> list[_Known]:
    found = [
        known
        for number in near.cells
        for known in grid[number]
        if known.neighbour.category in near.categories
        and known.neighbour.reported_at >= near.since
        and distance_m(known.told[0][0].point, near.point) <= near.radius_m * 1.42
    ]
    return sorted(found, key=lambda known: known.neighbour.reported_at, reverse=True)[:MOST_CLUSTERS]


def _most_like(pack: Pack, account: Account, found: Sequence[_Known]) -> tuple[_Known, Report, float] | None:
    scored = [
        (probability(pack, account, other), known.neighbour.cluster_id, known, report)
        for known in found
        for report, other in known.told[-MOST_ACCOUNTS:]
    ]
    if not scored:
        return None
    likeness, _, known, report = max(scored, key=lambda one: one[:2])
    return known, report, likeness


def _keep(
    grid: dict[int, list[_Known]], known: _Known | None, report: Report, account: Account, state: State
) -> None:
    if known is None:
        neighbour = Neighbour(report.id, report.category, state, report.label, report.created_at, ())
        known = _Known(neighbour)
        grid[cell(report.point)].append(known)
    known.told.append((report, account))
    old = known.neighbour
    latest = tuple(one for _, one in known.told[-MOST_ACCOUNTS:])
    known.neighbour = Neighbour(old.cluster_id, old.category, old.state, old.where, report.created_at, latest)


def read_told(url: str) -> list[tuple[Report, bool]]:
    """The reports of a database, oldest first, and whether each had its service at once."""
    query = reports.select().add_columns(clusters.c.service.label("cluster_service"))
    query = query.join(clusters, clusters.c.id == reports.c.cluster_id).order_by(reports.c.created_at)
    database = Database(url)
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    database.close()
    return [(from_row(Report, row), row["cluster_service"] is not None) for row in rows]


def draw(pack: Pack, url: str, out: Path, each: int, seed: int) -> None:
    """Write the pairs and, apart from them, what was decided."""
    found = list(pairs(pack, read_told(url)))
    joined = [pair for pair in found if pair.verdict is Verdict.JOIN]
    missed = [pair for pair in found if pair.verdict is not Verdict.JOIN and pair.probability >= NEAR_MISS]
    sys.stderr.write(
        f"{len(joined)} joined, {sum(p.verdict is Verdict.ASK for p in found)} asked, "
        f"{len(missed)} near misses\n"
    )
    chance = random.Random(seed)
    drawn = [*chance.sample(joined, min(each, len(joined))), *chance.sample(missed, min(each, len(missed)))]
    chance.shuffle(drawn)
    out.write_text("".join(_shown(number, pair) for number, pair in enumerate(drawn)), encoding="utf-8")
    decided = {number: [str(pair.verdict), pair.probability] for number, pair in enumerate(drawn)}
    out.with_name(out.name + ".key").write_text(json.dumps(decided), encoding="utf-8")


def _shown(number: int, pair: Pair) -> str:
    one, other = pair.earlier, pair.later
    days = (other.created_at - one.created_at).total_seconds() / 86_400
    metres = distance_m(one.point, other.point)
    known = f"known to {one.uncertainty_m:.0f} and {other.uncertainty_m:.0f} m"
    return (
        f"{number}: {metres:.0f} m, {known}, {days:.2f} days, {one.category} / {other.category}\n"
        f"  {one.label}: {one.text!r}\n  {other.label}: {other.text!r}\n"
    )


def count(key: Path, answers: Path) -> str:
    """How the judge's answers agree with what was decided."""
    decided = json.loads(key.read_text(encoding="utf-8"))
    said = dict(line.split()[:2] for line in answers.read_text(encoding="utf-8").splitlines() if line.strip())
    table: dict[str, dict[str, int]] = defaultdict(lambda: {"y": 0, "n": 0, "?": 0})
    for number, (verdict, _) in decided.items():
        table[verdict][said.get(number, "?")] += 1
    return json.dumps(table)


def main() -> int:
    """Draw or count."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("pack", type=Path)
    drawing.add_argument("database")
    drawing.add_argument("out", type=Path)
    drawing.add_argument("--each", type=int, default=200)
    drawing.add_argument("--seed", type=int, default=1)
    counting = commands.add_parser("count")
    counting.add_argument("key", type=Path)
    counting.add_argument("answers", type=Path)
    given = parser.parse_args()
    if given.command == "draw":
        (pack,) = load_packs([given.pack])
        draw(pack, given.database, given.out, given.each, given.seed)
        return 0
    sys.stdout.write(count(given.key, given.answers) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
