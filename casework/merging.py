"""Puts reports together that tell of one problem, parts those that do not, and undoes either.

Whatever is moved takes its promises, questions and desk items along, and the date that was told
stands. Each move is kept, so that it can be undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.calendars import local
from casework.cases import (
    Case,
    Cluster,
    DeskItem,
    DeskKind,
    Hands,
    Move,
    Promise,
    PromiseEnd,
    Question,
    Report,
)
from casework.cells import cell
from casework.errors import NotAllowed
from casework.filing import (
    areas_of,
    desk_item,
    end_promise,
    filed_parameters,
    make_promise,
    make_update,
    service_notice,
)
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.promises import by_the_clock_of
from casework.routing import choose_service
from casework.states import OPEN, State


@dataclass(frozen=True, slots=True)
class Act:
    """Who moves reports, when, and what makes the ids."""

    actor: str
    now: datetime
    mint: Mint

    @property
    def by_resident(self) -> bool:
        """True if the resident did it, who gets an answer anyway."""
        return self.actor == "resident"


def merge(pack: Pack, kept: Case, gone: Case, actor: str, now: datetime, mint: Mint) -> Outcome:
    """All reports of ``gone`` become voices of ``kept``; ``gone`` is a duplicate from now on.

    Raises NotAllowed unless both are open cases of one authority.
    """
    act = Act(actor, now, mint)
    _check_may_merge(kept, gone)
    into = replace(
        kept.cluster, reported_at=max(kept.cluster.reported_at, gone.cluster.reported_at), changed_at=now
    )
    from_ = replace(
        gone.cluster, state=State.DUPLICATE, merged_into=into.id, hands=Hands.NOBODY, changed_at=now
    )
    same_team = gone.cluster.service == into.service
    moved = [_sent_anew(r, now) if r.sent_at and not same_team else r for r in gone.reports]
    asked = [i for c in (kept, gone) for i in c.desk if i.kind is DeskKind.SAME_PROBLEM]
    asked = [i for i in asked if i in gone.desk or i.words == gone.cluster.id]
    settled = [*asked, *(gone.unsorted if into.service else ())]
    return (
        _carry(pack, gone, moved, into, act)
        + Outcome(
            changed=(into, from_, *(replace(i, done_at=now, done_by=actor) for i in settled)),
            audit=(AuditEntry(now, actor, "cases_merged", into.id, {"from": from_.id}),),
            notices=_tell_service(gone, "service.merged")
            + _tell(pack, gone, moved, into, "told.merged", act),
        )
        + _update(kept.reports[0], "update.merged", into, act)
    )


def older_first(one: Case, other: Case) -> tuple[Case, Case]:
    """Which of two cases is kept, and which goes: the one with a service, else the one that was first."""

    def order(case: Case) -> tuple[bool, datetime, str]:
        return case.cluster.service is None, case.cluster.opened_at, case.cluster.id

    return (one, other) if order(one) <= order(other) else (other, one)


def _check_may_merge(kept: Case, gone: Case) -> None:
    if kept.cluster.id == gone.cluster.id:
        raise NotAllowed("one case already", key="merge.one_already")
    if kept.cluster.jurisdiction != gone.cluster.jurisdiction:
        raise NotAllowed("two authorities", key="merge.other_authority")
    if not {kept.cluster.state, gone.cluster.state} <= OPEN:
        raise NotAllowed("a case is over", key="merge.over")


@dataclass(frozen=True, slots=True)
class Parted:
    """The case that reports make which left another, and what it leads to."""

    case: Case
    outcome: Outcome


def split(
    pack: Pack, case: Case, report_ids: Sequence[str], actor: str, now: datetime, mint: Mint
) -> Outcome:
    """These reports become a case of their own, open, whatever became of the other.

    Raises NotAllowed where nobody would be left on one side.
    """
    return part(pack, case, report_ids, actor, now, mint).outcome


def part(pack: Pack, case: Case, report_ids: Sequence[str], actor: str, now: datetime, mint: Mint) -> Parted:
    """As ``split``, with the new case as it stands then."""
    act = Act(actor, now, mint)
    leaving = [report for report in case.reports if report.id in set(report_ids)]
    if not any(r in leaving for r in case.standing) or not any(r not in leaving for r in case.standing):
        raise NotAllowed("nothing to part", key="merge.nothing_to_part")
    into = own_cluster(pack, case, leaving, act)
    moved = [_sent_anew(report, now) for report in leaving]
    desk = () if into.service else (desk_item(DeskKind.NO_SERVICE, moved[0], now, mint),)
    told_service = _tell_service(replace(case, reports=tuple(leaving)), "service.parted")
    carried = _carry(pack, case, moved, into, act)
    outcome = (
        carried
        + Outcome(
            new=(into, *desk, *_left_to_sort(case, leaving, now, mint)),
            changed=(case.cluster,),
            audit=(AuditEntry(now, actor, "case_parted", case.cluster.id, {"into": into.id}),),
            notices=told_service + _tell(pack, case, moved, into, "told.parted", act),
        )
        + _update(moved[0], "update.parted", into, act)
    )
    return Parted(_as_case(into, case, carried, desk), outcome)


def _left_to_sort(case: Case, leaving: Sequence[Report], now: datetime, mint: Mint) -> tuple[DeskItem, ...]:
    """Where what a person had to decide hung on those who leave, it hangs on another who stays."""
    ids = {report.id for report in leaving}
    if case.cluster.service is not None or any(item.report_id not in ids for item in case.unsorted):
        return ()
    stays = next(report for report in case.standing if report.id not in ids)
    kind = case.unsorted[0].kind if case.unsorted else DeskKind.NO_SERVICE
    return (desk_item(kind, stays, now, mint),)


def _as_case(into: Cluster, case: Case, carried: Outcome, desk: Sequence[DeskItem]) -> Case:
    """What was carried, as the case that it is now."""
    everything = (*carried.new, *carried.changed)
    reports = tuple(e for e in everything if isinstance(e, Report))
    ids = {report.id for report in reports}
    return Case(
        cluster=into,
        reports=reports,
        promises=tuple(e for e in everything if isinstance(e, Promise)),
        questions=tuple(e for e in everything if isinstance(e, Question)),
        desk=(*(item for item in case.desk if item.report_id in ids), *desk),
        reporters=case.reporters,
    )


def own_cluster(pack: Pack, case: Case, leaving: Sequence[Report], act: Act) -> Cluster:
    """A cluster for reports that leave a case: routed by the first of them."""
    first = next((r for r in leaving if r.own_state is None), leaving[0])
    areas, today = areas_of(pack, first), local(act.now, pack.calendar).date()
    service = choose_service(pack, first.category, areas, today) if areas.ward else None
    return replace(
        case.cluster,
        id=act.mint.id(),
        category=first.category,
        state=State.CONFIRMED if service else State.FOR_TRIAGE,
        latitude=first.latitude,
        longitude=first.longitude,
        cell=cell(first.point),
        ward=first.ward,
        service=service,
        hands=Hands.NOBODY,
        paused_at=None,
        handovers=0,
        opened_at=min(report.created_at for report in leaving),
        changed_at=act.now,
        reported_at=max(report.created_at for report in leaving),
        merged_into=None,
        version=1,
    )


def undo(
    pack: Pack, moves: Sequence[Move], there: Case, before: Case, actor: str, now: datetime, mint: Mint
) -> Outcome:
    """The reports that one act moved into ``there`` go back to ``before``, which is as it was.

    Those that were moved on since stay where they are. Raises NotAllowed where none is left to move,
    or where it was undone already.
    """
    act = Act(actor, now, mint)
    open_moves = [move for move in moves if move.undone_at is None and move.to_cluster == there.cluster.id]
    wanted = {move.report_id for move in open_moves}
    back = [_sent_anew(report, now) for report in there.reports if report.id in wanted]
    if not back:
        raise NotAllowed("nothing to undo", key="merge.nothing_to_undo")
    into = _as_it_was(before.cluster, open_moves[0].state, now)
    emptied = len(back) == len(there.reports)
    left = there.cluster
    if emptied:
        left = replace(left, state=State.DUPLICATE, merged_into=into.id, changed_at=now)
    return (
        _carry(pack, there, back, into, act, kept_for_undo=False)
        + Outcome(
            changed=(into, left, *(replace(move, undone_at=now) for move in open_moves)),
            audit=(AuditEntry(now, actor, "move_undone", open_moves[0].deed, {"back_to": into.id}),),
            notices=_tell(pack, there, back, into, "told.parted", act),
        )
        + _update(back[0], "update.parted", into, act)
    )


def _as_it_was(cluster: Cluster, state: State, now: datetime) -> Cluster:
    """Open again where it was merged away; what is open already stays as it is."""
    if cluster.state in OPEN:
        return replace(cluster, changed_at=now)
    open_state = state if state in OPEN else State.CONFIRMED if cluster.service else State.FOR_TRIAGE
    hands = Hands.OFFERED if cluster.service else Hands.NOBODY
    return replace(cluster, state=open_state, merged_into=None, hands=hands, changed_at=now)


# --- What is carried along ---------------------------------------------------------------------


def _carry(
    pack: Pack, case: Case, moved: Sequence[Report], into: Cluster, act: Act, kept_for_undo: bool = True
) -> Outcome:
    """The reports with their promises and questions in their new cluster.

    A running promise keeps its date. To have sorted it was promised and is done where the new case is
    sorted; whoever has no promise left that runs gets one.
    """
    ids = {report.id for report in moved}
    running = [p for p in case.open_promises if p.report_id in ids]
    over = [p for p in running if p.service is None and into.service is not None]
    ended = [replace(end_promise(p, PromiseEnd.KEPT, act.now), cluster_id=into.id) for p in over]
    carried = [
        replace(p, cluster_id=into.id, service=into.service, category=into.category, ward=into.ward)
        for p in (by_the_clock_of(pack, into, promise, act.now) for promise in running if promise not in over)
    ]
    past = [replace(p, cluster_id=into.id) for p in case.promises if p.report_id in ids and p not in running]
    promised = {promise.report_id for promise in carried}
    bare = [report for report in moved if report.own_state is None and report.id not in promised]
    made = [make_promise(pack, r, into, areas_of(pack, r), act.now, act.mint) for r in bare]
    questions = [replace(q, cluster_id=into.id) for q in case.questions if q.report_id in ids]
    reports = [replace(report, cluster_id=into.id) for report in moved]
    moves = _moves(case, reports, act) if kept_for_undo else ()
    return Outcome(
        new=(*made, *moves),
        changed=(*reports, *carried, *ended, *past, *questions),
    )


def _moves(case: Case, reports: Iterable[Report], act: Act) -> tuple[Move, ...]:
    deed = act.mint.id()
    return tuple(
        Move(
            id=act.mint.id(),
            deed=deed,
            report_id=report.id,
            from_cluster=case.cluster.id,
            to_cluster=report.cluster_id,
            state=case.cluster.state,
            actor=act.actor,
            at=act.now,
        )
        for report in reports
    )


def _sent_anew(report: Report, now: datetime) -> Report:
    """The report goes to the service of its new case, as soon as its resident cannot change it."""
    return replace(report, sent_at=None, send_after=max(now, report.send_after))


def _update(report: Report, key: str, into: Cluster, act: Act) -> Outcome:
    update = make_update(
        replace(report, cluster_id=into.id),
        key,
        act.actor,
        act.now,
        act.mint,
        state=into.state,
        whole_cluster=True,
    )
    return Outcome(updates=(update,))


def _tell_service(case: Case, key: str) -> tuple[Notice, ...]:
    """Who has some of these reports hears once that there is nothing more to do about them here."""
    service = case.cluster.service
    sent = next((report for report in case.reports if report.sent_at is not None), None)
    if sent is None or service is None or service == COUNCILLORS:
        return ()
    return (service_notice(case.cluster, sent, key),)


def _tell(
    pack: Pack, case: Case, moved: Sequence[Report], into: Cluster, key: str, act: Act
) -> tuple[Notice, ...]:
    """Everybody whose report was moved, once; the resident who did it gets an answer instead."""
    if act.by_resident:
        return ()
    ids = {report.id for report in moved}
    promises = {promise.report_id: promise for promise in case.open_promises}
    return tuple(
        Notice(
            recipient=f"contact:{report.contact_id}",
            key=key,
            parameters=filed_parameters(pack, report, into, promises.get(report.id)),
            jurisdiction=pack.code,
            report_id=report.id,
        )
        for report in replace(case, reports=tuple(r for r in case.reports if r.id in ids)).hearers
    )
