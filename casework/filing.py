"""Files a report, and changes it while its resident may still correct it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypedDict

from casework.calendars import due, local
from casework.cases import (
    Case,
    Cluster,
    DeskItem,
    DeskKind,
    Hands,
    Photo,
    Promise,
    PromiseEnd,
    Publication,
    Report,
    Update,
)
from casework.cells import cell
from casework.errors import NotAllowed
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack, Standard, Unit
from casework.places import Area, Areas, PlaceCandidate
from casework.routing import choose_service, choose_standard, holder, recipients
from casework.states import OPEN, State
from casework.understanding import CategoryCandidate

TRIAGE_STANDARD = Standard("", 1, Unit.WORKING_DAYS)
"""Until a person has sorted an unclear report, its promise is to be sorted by the next working day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a resident told, complete: ready to be filed."""

    contact_id: str
    text: str
    redacted: str
    language: str
    category: str
    confidence: float
    sure: bool
    place: PlaceCandidate
    areas: Areas
    candidates: tuple[CategoryCandidate, ...] = ()
    photos: tuple[Photo, ...] = ()
    place_sure: bool = True


@dataclass(frozen=True, slots=True)
class Filed:
    """A report just filed, and what it leads to."""

    report: Report
    cluster: Cluster
    promise: Promise
    outcome: Outcome


def file_report(
    pack: Pack, telling: Telling, now: datetime, mint: Mint, told_with: str | None = None
) -> Filed:
    """A new report in a cluster of its own, with its service, promise and desk item."""
    report, cluster = _report_and_cluster(pack, telling, now, mint, told_with)
    promise = make_promise(pack, report, cluster, telling.areas, now, mint)
    waits = cluster.state is State.FOR_TRIAGE
    desk = (_desk_item(report, telling, now, mint),) if waits else ()
    photos = tuple(replace(photo, report_id=report.id) for photo in telling.photos)
    outcome = Outcome(
        new=(cluster, report, promise, *desk),
        changed=photos,
        updates=(make_update(report, "update.reported", "resident", now, mint, state=cluster.state),),
        audit=(
            AuditEntry(
                now,
                "resident",
                "report_filed",
                report.id,
                {"category": report.category, "ward": report.ward, "service": cluster.service},
            ),
        ),
    )
    return Filed(report, cluster, promise, outcome)


def _report_and_cluster(
    pack: Pack, telling: Telling, now: datetime, mint: Mint, told_with: str | None
) -> tuple[Report, Cluster]:
    place, areas = telling.place, telling.areas
    category = pack.category(telling.category)
    sure = telling.sure and telling.place_sure and areas.ward is not None
    service = (
        choose_service(pack, telling.category, areas, local(now, pack.calendar).date()) if sure else None
    )
    cluster = Cluster(
        id=mint.id(),
        jurisdiction=pack.code,
        category=telling.category,
        state=State.CONFIRMED if sure and service else State.FOR_TRIAGE,
        latitude=place.latitude,
        longitude=place.longitude,
        cell=cell(place.point),
        ward=areas.ward.code if areas.ward else None,
        service=service,
        hands=Hands.NOBODY,
        handovers=0,
        opened_at=now,
        changed_at=now,
    )
    report = Report(
        id=mint.id(),
        reference=mint.reference(pack.authority.prefix),
        jurisdiction=pack.code,
        cluster_id=cluster.id,
        contact_id=telling.contact_id,
        text=telling.text,
        redacted=telling.redacted,
        language=telling.language,
        category=telling.category,
        confidence=telling.confidence,
        own_state=None,
        publication=_publication(pack, telling.category),
        created_at=now,
        send_after=now if category and category.hazard else now + _correction_window(pack),
        told_with=told_with,
        **_where(place, areas),
    )
    return report, cluster


def _publication(pack: Pack, category: str) -> Publication:
    """A sensitive matter is never shown; any other may be, after a look."""
    known = pack.category(category)
    return Publication.PRIVATE if known and known.sensitive else Publication.PENDING


def _correction_window(pack: Pack) -> timedelta:
    return timedelta(minutes=pack.authority.correction_minutes)


class _Where(TypedDict):
    latitude: float
    longitude: float
    label: str
    place_kind: str
    uncertainty_m: float
    ward: str | None
    ward_near_edge: bool
    parish: str | None
    division: str | None
    estate: str | None


def _code(area: Area | None) -> str | None:
    return area.code if area else None


def _where(place: PlaceCandidate, areas: Areas) -> _Where:
    """The fields of a report that say where it is."""
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "label": place.label,
        "place_kind": str(place.kind),
        "uncertainty_m": place.uncertainty_m,
        "ward": _code(areas.ward),
        "ward_near_edge": areas.near_edge,
        "parish": _code(areas.parish),
        "division": _code(areas.division),
        "estate": _code(areas.estate),
    }


def areas_of(pack: Pack, report: Report) -> Areas:
    """The areas stored with a report, as they were on its day."""

    def area(code: str | None) -> Area | None:
        return pack.area(code) if code else None

    return Areas(
        ward=area(report.ward),
        parish=area(report.parish),
        division=area(report.division),
        estate=area(report.estate),
        jurisdiction=report.jurisdiction,
    )


def make_promise(
    pack: Pack, report: Report, cluster: Cluster, areas: Areas, now: datetime, mint: Mint
) -> Promise:
    """The promise that the charter gives this report now."""
    today = local(now, pack.calendar).date()
    standard = None
    if cluster.service is not None:
        standard = choose_standard(pack, cluster.category, areas, today)
    return Promise(
        id=mint.id(),
        report_id=report.id,
        cluster_id=cluster.id,
        jurisdiction=pack.code,
        category=cluster.category,
        ward=cluster.ward,
        service=cluster.service,
        made_at=now,
        due_at=due(standard or TRIAGE_STANDARD, now, pack.calendar),
    )


def end_promise(promise: Promise, end: PromiseEnd, now: datetime) -> Promise:
    """The promise with its end; a date that passed is a promise broken, whatever was meant."""
    late = end is PromiseEnd.KEPT and now > promise.due_at
    return replace(promise, ended_at=now, end=PromiseEnd.BROKEN if late else end)


def _desk_item(report: Report, telling: Telling, now: datetime, mint: Mint) -> DeskItem:
    if telling.areas.ward is None:
        kind = DeskKind.OUTSIDE
    elif not telling.place_sure:
        kind = DeskKind.UNSURE_PLACE
    elif not telling.sure:
        kind = DeskKind.UNSURE_CATEGORY
    else:
        kind = DeskKind.NO_SERVICE
    return desk_item(kind, report, now, mint)


def desk_item(kind: DeskKind, report: Report, now: datetime, mint: Mint, words: str = "") -> DeskItem:
    """Something about this report for a person to look at."""
    return DeskItem(
        id=mint.id(),
        kind=kind,
        jurisdiction=report.jurisdiction,
        ward=report.ward,
        report_id=report.id,
        contact_id=report.contact_id,
        words=words,
        created_at=now,
    )


def make_update(
    report: Report,
    key: str,
    actor: str,
    now: datetime,
    mint: Mint,
    *,
    state: State | None = None,
    words: str = "",
    public: bool = True,
    whole_cluster: bool = False,
) -> Update:
    """An entry of the case's history."""
    return Update(
        id=mint.id(),
        cluster_id=report.cluster_id,
        report_id=None if whole_cluster else report.id,
        state=state,
        key=key,
        words=words,
        public=public,
        actor=actor,
        at=now,
    )


def filed_parameters(
    pack: Pack, report: Report, cluster: Cluster, promise: Promise | None
) -> dict[str, object]:
    """What every message about a report may say: reference, what, where, who, by when."""
    category = pack.category(cluster.category)
    return {
        "reference": report.reference,
        "what": category.name if category else cluster.category,
        "where": report.label,
        "who": holder(pack, cluster.service, cluster.ward),
        "by_on": promise.due_at.isoformat() if promise else "",
    }


# --- Corrections -------------------------------------------------------------------------------


def may_correct(report: Report, now: datetime) -> bool:
    """True while a correction still changes the report itself: it has not been sent on."""
    return report.sent_at is None and report.own_state is None


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
        report = replace(report, **_where(correction.place, areas))
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
    publication = _publication(pack, category)
    if publication is _publication(pack, old.category):
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


def service_notice(cluster: Cluster, report: Report, key: str, **parameters: object) -> Notice:
    """A message to the service that holds the case."""
    return Notice(
        recipient=f"service:{cluster.service}",
        key=key,
        parameters=parameters,
        jurisdiction=report.jurisdiction,
        report_id=report.id,
    )


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


# --- Sending on --------------------------------------------------------------------------------


def send_on(pack: Pack, case: Case, report_id: str, now: datetime, mint: Mint) -> Outcome:
    """The correction window is over: the report goes to its service.

    Where nobody can take it (no service, a vacant ward) it goes to the desk instead.
    """
    report = replace(case.report(report_id), sent_at=now)
    service = case.cluster.service
    today = local(now, pack.calendar).date()
    to = recipients(pack, service, report.ward, today) if service else ()
    if not to:
        cluster = replace(case.cluster, state=State.FOR_TRIAGE, service=None, changed_at=now)
        return Outcome(
            new=(desk_item(DeskKind.NO_SERVICE, report, now, mint),),
            changed=(report, *((cluster,) if cluster != case.cluster else ())),
            audit=(AuditEntry(now, "system", "report_unroutable", report.id),),
        )
    cluster = replace(case.cluster, hands=Hands.OFFERED, changed_at=now)
    return Outcome(
        changed=(report, cluster),
        updates=(make_update(report, "update.sent", "system", now, mint, state=cluster.state),),
        audit=(AuditEntry(now, "system", "report_sent", report.id, {"service": service}),),
        notices=tuple(
            Notice(
                recipient=recipient,
                key="service.new_report",
                jurisdiction=report.jurisdiction,
                report_id=report.id,
                once=f"sent:{report.id}:{cluster.handovers}:{recipient}:{now.isoformat()}",
            )
            for recipient in to
        ),
    )
