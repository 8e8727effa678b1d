"""New ward boundaries: open cases move to the ward that their place is in now, councillors are told.

Reports and promises keep the ward of their day, and so do cases that are over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.calendars import local
from casework.cases import Case, Cluster, Hands, Report, Update
from casework.filing import areas_of, service_notice
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.places import Areas
from casework.routing import choose_service, recipients
from casework.states import OPEN, State
from casework.telling import cluster_update, tell

MOVED = "case_ward_changed"
"""The audit entry of a case that moved; its details say from which ward to which."""


@dataclass(frozen=True, slots=True)
class Moves:
    """How many open cases go from one ward to another."""

    old: str
    new: str
    cases: int


def moves_away(case: Case, areas: Areas) -> bool:
    """True if an open case's place is in another ward now. One in no ward at all stays where it is."""
    return case.cluster.state in OPEN and areas.ward is not None and areas.ward.code != case.cluster.ward


def move(pack: Pack, case: Case, areas: Areas, change: str, actor: str, now: datetime, mint: Mint) -> Outcome:
    """The open case in the ward that holds its place now; nothing where it is there already.

    ``areas`` are those that hold its place now, ``change`` names the change of boundaries. If the new
    ward's own service or councillors take the case, they get it as they would a new one, and its
    reporters hear that it was passed on; nobody else is troubled: nothing changes for them.
    """
    if areas.ward is None or not moves_away(case, areas):
        return Outcome()
    service = _service(pack, case, areas, now)
    moved = replace(case.cluster, ward=areas.ward.code, service=service)
    passes = _passes(pack, case, moved, now)
    cluster = _offered_anew(moved) if passes else moved
    resent = tuple(replace(r, sent_at=None, send_after=now) for r in _sent(case)) if passes else ()
    details = {"from": case.cluster.ward, "to": areas.ward.code, "change": change, "service": service}
    return Outcome(
        changed=(cluster, *resent, *(replace(item, ward=areas.ward.code) for item in case.desk)),
        updates=_updates(pack, case, cluster, actor, now, mint),
        audit=(AuditEntry(now, actor, MOVED, cluster.id, details),),
        notices=_notices(pack, case, cluster, now) if passes else (),
    )


def _updates(
    pack: Pack, case: Case, cluster: Cluster, actor: str, now: datetime, mint: Mint
) -> tuple[Update, ...]:
    """What is told of it in public; a ward that only has a new code is the same ward to everybody."""
    if is_renumbered(pack, case.cluster.ward, cluster.ward):
        return ()
    return (cluster_update(case, "update.ward_changed", actor, now, mint, cluster.state, ""),)


def is_renumbered(pack: Pack, old: str | None, new: str | None) -> bool:
    """True for two wards of one name: a new code for much the same ward."""
    before, after = pack.area(old or ""), pack.area(new or "")
    return before is not None and after is not None and before.name.casefold() == after.name.casefold()


def _service(pack: Pack, case: Case, areas: Areas, now: datetime) -> str | None:
    """Who takes it in the new ward; a case that a person sent elsewhere than the routes say stays there."""
    held = case.cluster.service
    today = local(now, pack.calendar).date()
    left = replace(areas_of(pack, case.reports[0]), ward=pack.area(case.cluster.ward or ""))
    before = choose_service(pack, case.cluster.category, left, today)
    if held is None or held != before or case.cluster.handovers:
        return held
    return choose_service(pack, case.cluster.category, areas, today) or held


def _passes(pack: Pack, case: Case, moved: Cluster, now: datetime) -> bool:
    """True if somebody has the case now who did not have it before."""
    if moved.service is None or not _sent(case):
        return False
    today = local(now, pack.calendar).date()
    had = recipients(pack, case.cluster.service or "", case.cluster.ward, today)
    return not set(recipients(pack, moved.service, moved.ward, today)) <= set(had)


def _sent(case: Case) -> tuple[Report, ...]:
    return tuple(report for report in case.standing if report.sent_at is not None)


def _offered_anew(cluster: Cluster) -> Cluster:
    return replace(cluster, hands=Hands.NOBODY, state=State.CONFIRMED)


def _notices(pack: Pack, case: Case, cluster: Cluster, now: datetime) -> tuple[Notice, ...]:
    """Its reporters, and the service that loses it; councillors hear in one letter of all that moved."""
    lost = case.cluster.service
    gone = lost is not None and lost not in (COUNCILLORS, cluster.service)
    return (
        *((service_notice(case.cluster, _sent(case)[0], "service.taken_back"),) if gone else ()),
        *(tell(pack, case, cluster, report, "told.passed_on") for report in case.hearers),
    )


def tell_councillors(pack: Pack, moves: Iterable[Moves], change: str, day: date) -> Outcome:
    """One letter to each councillor in office of a ward that cases came to or went from.

    What only has a new code is no news. A second letter about the same change is not written.
    """
    gained: dict[str, list[Moves]] = defaultdict(list)
    lost: dict[str, list[Moves]] = defaultdict(list)
    for one in moves:
        if is_renumbered(pack, one.old, one.new):
            continue
        gained[one.new].append(one)
        lost[one.old].append(one)
    return Outcome(
        notices=tuple(
            _letter(pack, councillor.id, ward, gained, lost, change)
            for ward in sorted({*gained, *lost})
            for councillor in pack.councillors_of(ward, day)
        )
    )


def _letter(
    pack: Pack,
    councillor: str,
    ward: str,
    gained: Mapping[str, list[Moves]],
    lost: Mapping[str, list[Moves]],
    change: str,
) -> Notice:
    return Notice(
        recipient=f"councillor:{councillor}",
        key="councillor.wards",
        parameters={
            "ward": ward,
            "gained": [[one.old, one.cases] for one in gained.get(ward, ())],
            "lost": [[one.new, one.cases] for one in lost.get(ward, ())],
        },
        jurisdiction=pack.code,
        once=f"wards:{pack.code}:{change}:{councillor}",
    )
