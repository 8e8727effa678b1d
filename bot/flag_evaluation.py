"""How many clusters a pack's rule would lay before a ward's councillors each month, on real reports.

Reports say when they were told, not when they were dealt with: that is played, by a share of
problems that are never dealt with and a mean time for the rest. Clusters are made as the product
makes them, from the resident's own pin.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.replay import Row
from casework.calendars import due, local
from casework.cells import cell, cells_around
from casework.clusters import Neighbour, Verdict, best_match, look_for
from casework.escalation import FlagRule
from casework.flagging import Evidence, is_met
from casework.likeness import Account, account_told
from casework.packs import Pack
from casework.places import Areas, PlaceCandidate, PlaceKind
from casework.routing import choose_standard
from casework.states import State

PIN_M = 20.0
ACCOUNTS = 5
"""So many of a cluster's latest accounts are compared."""

DAYS_A_MONTH = 30.4

AreasAt = Callable[[Row], Areas]
"""The areas of a row's pin on its day."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """How services deal with what they are told: ``never`` is a share, ``days`` the mean of the rest."""

    never: float
    days: float


DEALINGS: Mapping[str, Dealing] = {
    "quick: 5 % never, others in 7 days": Dealing(0.05, 7),
    "usual: 15 % never, others in 14 days": Dealing(0.15, 14),
    "slow: 30 % never, others in 30 days": Dealing(0.3, 30),
}


@dataclass
class Problem:
    """A cluster as it grew: when each account came, what was promised, when it was dealt with."""

    id: str
    category: str
    ward: str
    due_at: datetime
    fixed_at: datetime
    told_at: list[datetime] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


def problems(
    pack: Pack, rows: Iterable[Row], areas_at: AreasAt, dealing: Dealing, seed: int = 2006
) -> list[Problem]:
    """The rows as clusters; rows outside every ward are left out."""
    dice = random.Random(seed)
    grid: dict[int, list[Problem]] = {}
    made: list[Problem] = []
    for row in rows:
        areas = areas_at(row)
        if areas.ward is None or pack.category(row.category) is None:
            continue
        place = PlaceCandidate(*_at(row), 1.0, "", areas.ward.code, PlaceKind.COORDINATES, PIN_M)
        account = account_told(row.category, row.text, place, row.created)
        problem = _known(pack, account, grid)
        if problem is None:
            problem = _new(pack, row, areas, dealing, dice, len(made))
            made.append(problem)
            grid.setdefault(cell(row.point), []).append(problem)
        problem.told_at.append(row.created)
        problem.accounts.append(account)
    return made


def _at(row: Row) -> tuple[float, float]:
    return row.point.latitude, row.point.longitude


def _known(pack: Pack, account: Account, grid: Mapping[int, Sequence[Problem]]) -> Problem | None:
    """The open problem that this account belongs to without asking."""
    near = look_for(pack, account)
    if near is None:
        return None
    found = {
        problem.id: problem
        for number in cells_around(near.point, near.radius_m)
        for problem in grid.get(number, ())
        if problem.category in near.categories
        and problem.fixed_at > account.at
        and problem.told_at[-1] > near.since
    }
    match = best_match(pack, account, map(_neighbour, found.values()))
    return found[match.neighbour.cluster_id] if match and match.verdict is Verdict.JOIN else None


def _neighbour(problem: Problem) -> Neighbour:
    accounts = tuple(problem.accounts[-ACCOUNTS:])
    return Neighbour(problem.id, problem.category, State.CONFIRMED, "", problem.told_at[-1], accounts)


def _new(pack: Pack, row: Row, areas: Areas, dealing: Dealing, dice: random.Random, number: int) -> Problem:
    day = local(row.created, pack.calendar).date()
    standard = choose_standard(pack, row.category, areas, day)
    never = dice.random() < dealing.never
    took = timedelta(days=3650 if never else dice.expovariate(1 / dealing.days))
    return Problem(
        id=str(number),
        category=row.category,
        ward=areas.ward.code if areas.ward else "",
        due_at=due(standard, row.created, pack.calendar) if standard else row.created,
        fixed_at=row.created + took,
    )


def flagged_at(pack: Pack, problem: Problem, rules: Sequence[FlagRule]) -> datetime | None:
    """When the first rule is met while the problem is there; None for never."""
    category = pack.category(problem.category)
    harm = category is not None and category.hazard
    moments = sorted(_moments(problem, rules))
    for moment in moments:
        found = Evidence(
            days_beyond_promise=(moment - problem.due_at).days if moment > problem.due_at else None,
            voices=sum(told <= moment for told in problem.told_at),
            reopenings=0,
            harm=harm,
        )
        if moment < problem.fixed_at and any(is_met(rule, found) for rule in rules):
            return moment
    return None


def _moments(problem: Problem, rules: Sequence[FlagRule]) -> Iterator[datetime]:
    """When something may begin to hold: a report comes, or a promise is so many days old."""
    yield from problem.told_at
    for rule in rules:
        yield problem.due_at + timedelta(days=rule.days_beyond_promise or 0)


@dataclass(frozen=True, slots=True)
class Flags:
    """What came of one rule under one way of dealing."""

    dealing: str
    rule: str
    clusters: int
    flagged: int
    per_ward_month: float
    busiest_ward: float
    quietest_ward: float


def measure_flags(
    pack: Pack, rows: Sequence[Row], areas_at: AreasAt, rules: Mapping[str, Sequence[FlagRule]]
) -> list[Flags]:
    """Each set of rules under each way of dealing, for a ward and a month on average."""
    last = rows[-1].created
    months = (last - rows[0].created).days / DAYS_A_MONTH
    measured = []
    for name, dealing in DEALINGS.items():
        made = problems(pack, rows, areas_at, dealing)
        wards = sorted({problem.ward for problem in made})
        for called, rule in rules.items():
            hits = [p for p in made if (at := flagged_at(pack, p, rule)) and at <= last]
            rates = [sum(p.ward == ward for p in hits) / months for ward in wards]
            measured.append(
                Flags(name, called, len(made), len(hits), sum(rates) / len(rates), max(rates), min(rates))
            )
    return measured


def candidates(pack: Pack) -> dict[str, Sequence[FlagRule]]:
    """The pack's own rules, and some to compare them with."""
    simple: dict[str, Sequence[FlagRule]] = {
        f"{days} days late, {voices} voices": (FlagRule(days, voices),)
        for days in (10, 20, 40)
        for voices in (1, 2, 3)
    }
    return {"the pack's own": pack.escalation.rules} | simple
