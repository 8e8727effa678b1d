"""Puts a filed report right: corrected, added to or withdrawn by its resident, or sorted by a person."""

from dataclasses import dataclass, replace
from datetime import datetime

from casework.calendars import local
from casework.cases import Case, Cluster, DeskItem, DeskKind, Hands, Photo, Promise, PromiseEnd, Report
from casework.cells import cell
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
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.places import Areas, PlaceCandidate
from casework.routing import choose_service
from casework.states import OPEN, State


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

    Raises NotAllowed for a report that was withdrawn or hidden, or a case that is over.
    """
    old = case.report(report_id)
    if old.own_state is not None or case.cluster.state not in OPEN:
        raise NotAllowed("the case is over", key="correct.over", reference=old.reference)
    areas = correction.areas or areas_of(pack, old)
    category = correction.category or case.cluster.category
    report = _told_anew(pack, old, category, correction)
    if correction.place is not None:
        report = replace(report, **place_fields(correction.place, areas))
    service = correction.service or _routed(pack, report, areas, now)
    cluster = _moved(case.cluster, report, service, now)
    promise = make_promise(pack, report, cluster, areas, now, mint)
    ended = tuple(end_promise(p, _end_of_replaced(p), now) for p in case.open_promises)
    settled = settle_desk(case, actor, now) if cluster.service else ()
    waits = not cluster.service and not case.desk
    kind = DeskKind.NO_SERVICE if areas.ward else DeskKind.OUTSIDE
    desk = (desk_item(kind, report, now, mint),) if waits else ()
    moved = cluster.service != case.cluster.service and report.sent_at is not None
    known = pack.category(category)
    if moved or actor != "resident":
        # A person sorted it, or it has to go to somebody else: there is nothing to wait for.
        report = replace(report, send_after=now, sent_at=None)
    elif known and known.hazard:
        report = replace(report, send_after=min(report.send_after, now))
    outcome = Outcome(
        new=(promise, *desk),
        changed=(cluster, report, *ended, *settled),
        updates=(make_update(report, "update.corrected", actor, now, mint, state=cluster.state),),
        audit=(
            AuditEntry(
                now,
                actor,
                "report_corrected",
                report.id,
                {"category": category, "ward": report.ward, "service": cluster.service},
            ),
        ),
        notices=_tell_service_of_correction(case, report, cluster, moved),
    )
    return Filed(report, cluster, promise, outcome)


def _told_anew(pack: Pack, old: Report, category: str, correction: Correction) -> Report:
    """The report in its right category; what is shown of it follows the category."""
    if category == old.category:
        return replace(old, confidence=1.0 if correction.category else old.confidence)
    publication = publication_of(pack, category)
    if publication is publication_of(pack, old.category):
        publication = old.publication
    return replace(old, category=category, confidence=1.0, publication=publication)


def _end_of_replaced(promise: Promise) -> PromiseEnd:
    """The promise to sort an unclear report is kept by sorting it; any other is withdrawn."""
    return PromiseEnd.KEPT if promise.service is None else PromiseEnd.WITHDRAWN


def settle_desk(case: Case, actor: str, now: datetime) -> tuple[DeskItem, ...]:
    """The case's items on the desk, done."""
    return tuple(replace(item, done_at=now, done_by=actor) for item in case.desk)


def _routed(pack: Pack, report: Report, areas: Areas, now: datetime) -> str | None:
    today = local(now, pack.calendar).date()
    return choose_service(pack, report.category, areas, today) if areas.ward else None


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
        changed_at=now,
    )


def _tell_service_of_correction(
    case: Case, report: Report, cluster: Cluster, moved: bool
) -> tuple[Notice, ...]:
    """The service that already has the report hears of the correction, or that it is gone."""
    before = case.report(report.id)
    if before.sent_at is None or not case.cluster.service or case.cluster.service == COUNCILLORS:
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
    settled = settle_desk(case, "resident", now) if last_voice else ()
    tell = old.sent_at is not None and cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        changed=(report, *((cluster,) if closes else ()), *ended, *settled),
        updates=(make_update(report, "update.withdrawn", "resident", now, mint, state=State.CANCELLED),),
        audit=(AuditEntry(now, "resident", "report_withdrawn", report.id),),
        notices=(service_notice(cluster, report, "service.withdrawn"),) if tell else (),
    )


def add_to_report(
    case: Case, report_id: str, words: str, photos: tuple[Photo, ...], now: datetime, mint: Mint
) -> Outcome:
    """More words or photos for a report; its service hears of them if it has the report."""
    report = case.report(report_id)
    cluster = case.cluster
    tell = report.sent_at is not None and cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        changed=tuple(replace(photo, report_id=report.id) for photo in photos),
        updates=(make_update(report, "update.added", "resident", now, mint, words=words, public=False),),
        audit=(AuditEntry(now, "resident", "report_added_to", report.id, {"photos": len(photos)}),),
        notices=(
            (service_notice(cluster, report, "service.more", words=words, photos=[p.id for p in photos]),)
            if tell
            else ()
        ),
    )
