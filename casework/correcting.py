"""Puts a filed report right: corrected, added to or withdrawn by its resident, or sorted by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from casework.calendars import local
from casework.cases import Case, Cluster, DeskItem, DeskKind, Hands, Photo, Promise, PromiseEnd, Report
from casework.cells import cell
from casework.clusters import are_kin
from casework.errors import NotAllowed
from casework.filing import (
    Filed,
    areas_of,
    desk_item,
    end_promise,
    make_promise,
    make_update,
    place_fields,
    publication_of,
    service_notice,
)
from casework.merging import part
from casework.minting import Mint
from casework.offers import has_refused
from casework.outcomes import AuditEntry, Notice, Outcome, folded
from casework.packs import COUNCILLORS, Pack
from casework.places import Areas, PlaceCandidate, distance_m
from casework.routing import choose_service
from casework.states import OPEN, State

NEAR_ENOUGH = 3.0
"""So many reaches of its category off, a report may still be of the same problem."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the resident (or a person at the desk) says is right instead.

    ``service`` is where a person sends it, whatever the routes say.
    """

    category: str | None = None
    place: PlaceCandidate | None = None
    areas: Areas | None = None
    service: str | None = None


def correct(
    pack: Pack, case: Case, report_id: str, correction: Correction, actor: str, now: datetime, mint: Mint
) -> Filed:
    """Category or place put right. The case is routed and promised anew, or goes before a person.

    A resident puts right what they told: where others told of it too, the case stays as it is, and a
    report that does not belong to it any more leaves it. Raises NotAllowed for a report that was
    withdrawn or hidden, or a case that is over.
    """
    old = case.report(report_id)
    if old.own_state is not None or case.cluster.state not in OPEN:
        raise NotAllowed("the case is over", key="correct.over", reference=old.reference)
    if actor != "resident" or len(case.standing) == 1:
        return _correct_case(pack, case, old, correction, actor, now, mint)
    report = _put_right(pack, case, old, correction)
    if _belongs(pack, case, report, correction):
        return _correct_report(case, report, actor, now, mint)
    parted = part(pack, case, [report_id], actor, now, mint)
    filed = _correct_case(pack, parted.case, parted.case.report(report_id), correction, actor, now, mint)
    return replace(filed, outcome=folded(parted.outcome + filed.outcome))


def _put_right(pack: Pack, case: Case, old: Report, correction: Correction) -> Report:
    category = correction.category or (case.cluster.category if len(case.standing) == 1 else old.category)
    report = _told_anew(pack, old, category, correction)
    if correction.place is not None:
        areas = correction.areas or areas_of(pack, old)
        report = replace(report, **place_fields(correction.place, areas))
    return report


def _belongs(pack: Pack, case: Case, report: Report, correction: Correction) -> bool:
    """True if what was put right may still be the problem that the others told of."""
    category = pack.category(case.cluster.category)
    known = pack.category(report.category)
    if category is None or known is None or not (known == category or are_kin(known, category)):
        return False
    if correction.place is None:
        return True
    return (
        distance_m(report.point, case.cluster.point) <= NEAR_ENOUGH * category.reach_m + report.uncertainty_m
    )


def _correct_report(case: Case, report: Report, actor: str, now: datetime, mint: Mint) -> Filed:
    """One voice of several told it better; the case, its service and its date stand."""
    promise = next(p for p in (*case.open_promises, *case.promises) if p.report_id == report.id)
    cluster = case.cluster
    outcome = Outcome(
        changed=(report,),
        updates=(make_update(report, "update.corrected", actor, now, mint, state=cluster.state),),
        audit=(_audit(report, cluster, actor, now),),
        notices=_tell_service_of_correction(case, report, moved=False),
    )
    return Filed(report, cluster, promise, outcome)


def _correct_case(
    pack: Pack, case: Case, old: Report, correction: Correction, actor: str, now: datetime, mint: Mint
) -> Filed:
    """The whole case is what this report says now, for all who told it."""
    report = _put_right(pack, case, old, replace(correction, category=_category(case, correction)))
    areas = correction.areas or areas_of(pack, old)
    service = correction.service or _routed(pack, case, report, areas, actor, now)
    cluster = _moved(case.cluster, report, service, now)
    others = tuple(other for other in case.standing if other.id != report.id)
    promises, ended = _promised(pack, case, report, cluster, now, mint)
    settled = settle_desk(case, actor, now) if cluster.service else ()
    waits = not cluster.service and not case.unsorted
    kind = DeskKind.NO_SERVICE if areas.ward else DeskKind.OUTSIDE
    desk = (desk_item(kind, report, now, mint),) if waits else ()
    moved = cluster.service != case.cluster.service and any(one.sent_at for one in (report, *others))
    known = pack.category(report.category)
    if moved or actor != "resident":
        # A person sorted it, or it has to go to somebody else: there is nothing to wait for.
        report = replace(report, send_after=now, sent_at=None)
        others = tuple(replace(other, send_after=now, sent_at=None) for other in others)
    elif known and known.hazard:
        report = replace(report, send_after=min(report.send_after, now))
    outcome = Outcome(
        new=(*(p for p in promises.values() if p not in case.promises), *desk),
        changed=(cluster, report, *others, *ended, *settled),
        updates=(make_update(report, "update.corrected", actor, now, mint, state=cluster.state),),
        audit=(_audit(report, cluster, actor, now),),
        notices=_tell_service_of_correction(case, report, moved),
    )
    return Filed(report, cluster, promises[report.id], outcome)


def _promised(
    pack: Pack, case: Case, report: Report, cluster: Cluster, now: datetime, mint: Mint
) -> tuple[Mapping[str, Promise], tuple[Promise, ...]]:
    """The promises to all whose reports stand, by the report, and those that they replace.

    Where the case stays with its service, the dates that were told stand.
    """
    running = {promise.report_id: promise for promise in case.open_promises}
    stays = cluster.service is not None and _kind_of(cluster) == _kind_of(case.cluster)
    if stays and report.id in running:
        return running, ()
    told = (report, *(other for other in case.standing if other.id != report.id))
    made = {r.id: make_promise(pack, r, cluster, areas_of(pack, r), now, mint) for r in told}
    was_sent = any(other.sent_at for other in case.reports)
    ended = tuple(
        end_promise(promise, _end_of_replaced(promise, made.get(promise.report_id), was_sent), now)
        for promise in case.open_promises
    )
    return made, ended


def _kind_of(cluster: Cluster) -> tuple[object, ...]:
    """What the charter's standard is chosen by."""
    return cluster.service, cluster.category, cluster.ward


def _category(case: Case, correction: Correction) -> str:
    return correction.category or case.cluster.category


def _audit(report: Report, cluster: Cluster, actor: str, now: datetime) -> AuditEntry:
    details = {"category": report.category, "ward": report.ward, "service": cluster.service}
    return AuditEntry(now, actor, "report_corrected", report.id, details)


def _told_anew(pack: Pack, old: Report, category: str, correction: Correction) -> Report:
    """The report in its right category; what is shown of it follows the category."""
    if category == old.category:
        return replace(old, confidence=1.0 if correction.category else old.confidence)
    publication = publication_of(pack, category)
    if publication is publication_of(pack, old.category):
        publication = old.publication
    return replace(old, category=category, confidence=1.0, publication=publication)


def _end_of_replaced(promise: Promise, new: Promise | None, was_sent: bool) -> PromiseEnd:
    """The promise to sort an unclear report is kept by sorting it; any other is withdrawn.

    Unless the case was with its service, and the resident now hears of a later date: it slipped.
    """
    if promise.service is None:
        return PromiseEnd.KEPT
    late = new is not None and was_sent and new.due_at > promise.due_at
    return PromiseEnd.SLIPPED if late else PromiseEnd.WITHDRAWN


def settle_desk(case: Case, actor: str, now: datetime) -> tuple[DeskItem, ...]:
    """What a person had to decide about the case, decided."""
    return tuple(replace(item, done_at=now, done_by=actor) for item in case.unsorted)


def clear_desk(case: Case, actor: str, now: datetime) -> tuple[DeskItem, ...]:
    """All the items of a case that is over, done."""
    return tuple(replace(item, done_at=now, done_by=actor) for item in case.desk)


def _routed(pack: Pack, case: Case, report: Report, areas: Areas, actor: str, now: datetime) -> str | None:
    """Where the routes lead; None where only a person may offer it again to who has refused it."""
    today = local(now, pack.calendar).date()
    service = choose_service(pack, report.category, areas, today) if areas.ward else None
    return None if actor == "resident" and has_refused(case, service) else service


def _moved(cluster: Cluster, report: Report, service: str | None, now: datetime) -> Cluster:
    """The case with its service; another one has not seen what the last one saw."""
    stays = service == cluster.service
    return replace(
        cluster,
        category=report.category,
        latitude=report.latitude,
        longitude=report.longitude,
        cell=cell(report.point),
        ward=report.ward,
        service=service,
        state=State.FOR_TRIAGE if not service else cluster.state if stays else State.CONFIRMED,
        hands=cluster.hands if stays else Hands.NOBODY,
        paused_at=cluster.paused_at if stays else None,
        changed_at=now,
    )


def _tell_service_of_correction(case: Case, report: Report, moved: bool) -> tuple[Notice, ...]:
    """The service that already has the report hears of the correction, or that it is gone."""
    was_sent = any(r.sent_at for r in case.standing) if moved else case.report(report.id).sent_at
    if not was_sent or not case.cluster.service or case.cluster.service == COUNCILLORS:
        return ()
    key = "service.taken_back" if moved else "service.corrected"
    return (service_notice(case.cluster, report, key),)


def withdraw(case: Case, report_id: str, now: datetime, mint: Mint) -> Outcome:
    """The resident takes a report back.

    Raises NotAllowed if it was withdrawn or hidden already.
    """
    old = case.report(report_id)
    if old.own_state is not None:
        raise NotAllowed("already withdrawn", key="withdraw.already", reference=old.reference)
    report = replace(old, own_state=State.CANCELLED)
    last_voice = all(other.id == report_id for other in case.standing)
    cluster = case.cluster
    closes = last_voice and cluster.state in OPEN
    if closes:
        cluster = replace(cluster, state=State.CANCELLED, changed_at=now)
    ended = tuple(
        end_promise(p, PromiseEnd.WITHDRAWN, now) for p in case.open_promises if p.report_id == report_id
    )
    settled = clear_desk(case, "resident", now) if last_voice else _passed_to_others(case, report_id, now)
    tell = old.sent_at is not None and cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        changed=(report, *((cluster,) if closes else ()), *ended, *settled),
        updates=(make_update(report, "update.withdrawn", "resident", now, mint, state=State.CANCELLED),),
        audit=(AuditEntry(now, "resident", "report_withdrawn", report.id),),
        notices=(service_notice(cluster, report, "service.withdrawn"),) if tell else (),
    )


def _passed_to_others(case: Case, report_id: str, now: datetime) -> tuple[DeskItem, ...]:
    """What a person must decide about the case hangs on another voice; the report's own items are done."""
    other = next(report for report in case.standing if report.id != report_id)
    own = tuple(item for item in case.desk if item.report_id == report_id)
    return tuple(
        replace(item, report_id=other.id, contact_id=other.contact_id)
        if item in case.unsorted
        else replace(item, done_at=now, done_by="resident")
        for item in own
    )


def add_to_report(
    case: Case, report_id: str, words: str, photos: tuple[Photo, ...], now: datetime, mint: Mint
) -> Outcome:
    """More words or photos for a report; its service hears of them if it has the report."""
    report = case.report(report_id)
    cluster = case.cluster
    tell = report.sent_at is not None and cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        # The report as well, so that sending it on at this instant is not told without this.
        changed=(report, *(replace(photo, report_id=report.id) for photo in photos)),
        updates=(make_update(report, "update.added", "resident", now, mint, words=words, public=False),),
        audit=(AuditEntry(now, "resident", "report_added_to", report.id, {"photos": len(photos)}),),
        notices=(
            (service_notice(cluster, report, "service.more", words=words, photos=[p.id for p in photos]),)
            if tell
            else ()
        ),
    )
