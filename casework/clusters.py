"""Which open cluster a new report belongs to, if any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casework.cells import cells_around
from casework.likeness import LONGEST_LIFE, Account, probability
from casework.packs import Category, Joining, Pack
from casework.places import Point
from casework.states import FIXED, State

MOST_REACH_M = 300.0
TOO_VAGUE_M = 400.0
"""A place that is known no better than this says nothing of what is near."""


class Verdict(StrEnum):
    """What is done with a likeness."""

    JOIN = "join"
    ASK = "ask"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cluster near by, with the latest accounts of it. ``where`` may be said to anybody."""

    cluster_id: str
    category: str
    state: State
    where: str
    reported_at: datetime
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Which clusters are looked for: open ones, and those called fixed after ``fixed_since``.

    ``radius_m`` round the point; last reported after ``since``.
    """

    jurisdiction: str
    categories: tuple[str, ...]
    point: Point
    radius_m: float
    since: datetime
    fixed_since: datetime

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells of the grid in which they lie."""
        return cells_around(self.point, self.radius_m)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked for and seen before a decision; storage refuses it if another has come since."""

    near: Near
    seen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The likeliest cluster, and what to do about it."""

    neighbour: Neighbour
    probability: float
    verdict: Verdict


def look_for(pack: Pack, account: Account) -> Near | None:
    """Where to look for the same problem; None where the place is too vague to look at all."""
    category = pack.category(account.category)
    if category is None or account.uncertainty_m > TOO_VAGUE_M:
        return None
    kin = (category.code, *(other.code for other in pack.categories if are_kin(category, other)))
    life = max((found.lasts_days for code in kin if (found := pack.category(code))), default=1)
    return Near(
        jurisdiction=pack.code,
        categories=tuple(dict.fromkeys(kin)),
        point=account.point,
        radius_m=min(MOST_REACH_M, 3 * category.reach_m + 1.5 * account.uncertainty_m),
        since=account.at - timedelta(days=life * LONGEST_LIFE),
        fixed_since=account.at - timedelta(days=pack.joining.fixed_days),
    )


def are_kin(one: Category, other: Category) -> bool:
    """Often reported one for the other; that one of the two says so is enough."""
    public = not one.sensitive and not other.sensitive
    return public and one.code != other.code and (other.code in one.kin or one.code in other.kin)


def best_match(pack: Pack, account: Account, neighbours: Iterable[Neighbour]) -> Match | None:
    """The likeliest of the clusters, or None where none is likely enough to ask about."""
    found = [(_probability_of(pack, account, neighbour), neighbour) for neighbour in neighbours]
    if not found:
        return None
    probability, neighbour = max(found, key=lambda pair: (pair[0], pair[1].cluster_id))
    verdict = _verdict(pack.joining, probability, neighbour.state)
    return Match(neighbour, probability, verdict) if verdict is not Verdict.APART else None


def _verdict(joining: Joining, probability: float, state: State) -> Verdict:
    """Something called done is never opened again on a guess: what is there may be new."""
    if probability >= joining.join and state not in FIXED:
        return Verdict.JOIN
    return Verdict.ASK if probability >= joining.ask else Verdict.APART


def _probability_of(pack: Pack, account: Account, neighbour: Neighbour) -> float:
    """The best likeness to any of the cluster's latest accounts."""
    return max((probability(pack, account, other) for other in neighbour.accounts), default=0.0)
