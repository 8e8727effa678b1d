"""A change of ward boundaries: what it moves, and moving it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from casework import boundaries
from casework.boundaries import Moves
from casework.calendars import local
from casework.cases import Case
from casework.errors import Conflict
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import Pack
from casework.places import Area, AreaKind, Areas
from geo.areas import AreaIndex
from storage.store import Store

AT_ONCE = 200
"""Cases that are read together and moved in one transaction."""

SLIVER = 0.005
"""Less than this part of a ward is where two maps were drawn differently."""


@dataclass(frozen=True, slots=True)
class Change:
    """Wards that were, wards that are, and the day from which."""

    old: tuple[Area, ...]
    new: tuple[Area, ...]
    day: date

    @property
    def id(self) -> str:
        """The same for the same wards."""
        codes = [*sorted(a.code for a in self.old), "", *sorted(a.code for a in self.new)]
        return hashlib.sha256("\n".join(codes).encode()).hexdigest()[:16]

    @property
    def left(self) -> frozenset[str]:
        """The codes of the wards that cases are to leave."""
        return frozenset(a.code for a in self.old) - frozenset(a.code for a in self.new)


@dataclass(frozen=True, slots=True)
class Plan:
    """Open cases by where they go, and those whose place is in none of the new wards."""

    moves: tuple[Moves, ...]
    staying: int

    @property
    def cases(self) -> int:
        """How many move."""
        return sum(move.cases for move in self.moves)


def change_of_dates(pack: Pack, today: date) -> Change:
    """The change that the pack's own dates tell: wards that were in force, and those that are."""
    wards = [area for area in pack.areas if area.kind is AreaKind.WARD]
    old = tuple(w for w in wards if w.valid_to is not None and w.valid_to <= today)
    return Change(old, tuple(w for w in wards if w.in_force(today)), today)


def plan(store: Store, pack: Pack, change: Change) -> Plan:
    """What would move; nothing does."""
    index = _index(pack, change)
    found: Counter[tuple[str, str]] = Counter()
    staying = 0
    for case in cases_to_move(store, pack, change):
        areas = index.at(case.cluster.point, change.day)
        if boundaries.moves_away(case, areas):
            found[case.cluster.ward or "", areas.ward.code if areas.ward else ""] += 1
        else:
            staying += 1
    return Plan(_moves(found), staying)


def apply(
    store: Store,
    pack: Pack,
    change: Change,
    actor: str,
    now: datetime,
    mint: Mint,
    tell: Callable[[int], None],
) -> Plan:
    """Move the open cases, then tell the councillors; what it did, with what an earlier run had done.

    Safe to run twice, and to go on after it was interrupted: what has moved is in its new ward, the
    letters count the audit trail, and a second letter is not written.
    """
    index = _index(pack, change)
    staying = 0
    for batch in _batches(cases_to_move(store, pack, change)):
        moving = [(case, index.at(case.cluster.point, change.day)) for case in batch]
        away = [pair for pair in moving if boundaries.moves_away(*pair)]
        staying += len(moving) - len(away)
        _move(store, pack, change, away, actor, now, mint)
        tell(len(batch))
    moves = _moves(
        Counter(
            (str(entry.details["from"]), str(entry.details["to"]))
            for entry in store.audit.of_act(boundaries.MOVED)
            if entry.details.get("change") == change.id
        )
    )
    today = local(now, pack.calendar).date()
    store.commit(boundaries.tell_councillors(pack, moves, change.id, today), now)
    return Plan(moves, staying)


def _move(
    store: Store,
    pack: Pack,
    change: Change,
    away: Sequence[tuple[Case, Areas]],
    actor: str,
    now: datetime,
    mint: Mint,
) -> None:
    """All in one transaction; where somebody was faster with one of them, one by one as they are now."""
    together = sum(
        (boundaries.move(pack, case, areas, change.id, actor, now, mint) for case, areas in away), Outcome()
    )
    try:
        store.commit(together, now)
    except Conflict:
        for case, areas in away:
            _move_one(store, pack, change, case.cluster.id, areas, actor, now, mint)


def _move_one(
    store: Store,
    pack: Pack,
    change: Change,
    cluster_id: str,
    areas: Areas,
    actor: str,
    now: datetime,
    mint: Mint,
    attempts: int = 5,
) -> None:
    for attempt in range(attempts):
        case = store.cases.case(cluster_id)
        if case is None:
            return
        try:
            store.commit(boundaries.move(pack, case, areas, change.id, actor, now, mint), now)
        except Conflict:
            if attempt == attempts - 1:
                raise
        else:
            return


def cases_to_move(store: Store, pack: Pack, change: Change) -> Iterator[Case]:
    """The open cases in the wards that were, by id."""
    after = ""
    while found := store.cases.open_in_wards(pack.code, change.left, after, AT_ONCE):
        yield from found
        after = found[-1].cluster.id


def _batches(cases: Iterator[Case]) -> Iterator[list[Case]]:
    batch: list[Case] = []
    for case in cases:
        batch.append(case)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _index(pack: Pack, change: Change) -> AreaIndex:
    """The new wards, with the other areas of the pack, whatever the dates of the new wards."""
    others = tuple(area for area in pack.areas if area.kind is not AreaKind.WARD)
    undated = tuple(replace(area, valid_from=None, valid_to=None) for area in change.new)
    return AreaIndex([replace(pack, areas=others + undated)])


def _moves(found: Counter[tuple[str, str]]) -> tuple[Moves, ...]:
    return tuple(Moves(old, new, count) for (old, new), count in sorted(found.items()))


def left_behind(pack: Pack, change: Change) -> list[str]:
    """What in the pack still names only wards that are gone, or lacks for the new ones, in words."""
    gone, day = change.left, change.day
    staff = [
        member.name
        for member in pack.staff
        if member.areas and member.areas <= gone and member.in_office(day)
    ]
    routes = [r.service for r in pack.routes if r.areas and r.areas <= gone and r.in_force(day)]
    standards = [s.category for s in pack.charter.standards if s.area in gone and s.in_force(day)]
    vacant = [ward.name for ward in change.new if not pack.councillors_of(ward.code, day)]
    told = (
        ("staff.csv: only for wards that are gone: {}", staff),
        ("routes.toml: only in wards that are gone: {}", routes),
        ("charter.toml: standards of wards that are gone: {}", standards),
        ("councillors.csv: nobody is in office in {}", vacant),
    )
    return [words.format(", ".join(dict.fromkeys(names))) for words, names in told if names]


def ground(change: Change) -> list[tuple[Area, Area | None, float]]:
    """What becomes of each old ward's ground: the new ward and its part of it; None for no ward."""
    new = [(area, _shape(area)) for area in change.new]
    found: list[tuple[Area, Area | None, float]] = []
    for area in change.old:
        whole = _shape(area)
        parts = [
            (to, whole.intersection(held).area / whole.area) for to, held in new if held.intersects(whole)
        ]
        found += [(area, to, part) for to, part in sorted(parts, key=lambda p: -p[1]) if part >= SLIVER]
        rest = 1 - sum(part for _, part in parts)
        if rest >= SLIVER:
            found.append((area, None, rest))
    return found


def _part(whole: BaseGeometry, of: BaseGeometry) -> float:
    return float(whole.intersection(of).area / whole.area)


def _shape(area: Area) -> BaseGeometry:
    return shape(area.geometry)  # type: ignore[arg-type]
