"""Files a report and sends it on to its service."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypedDict

from casework.calendars import due, local, reminder
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
from casework.minting import Mint
from casework.offers import make_offer
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import Pack, Standard, Unit
from casework.places import Area, Areas, PlaceCandidate
from casework.routing import choose_service, choose_standard, holder, recipients
from casework.states import State
from casework.understanding import CategoryCandidate

TRIAGE_STANDARD = Standard("", 1, Unit.WORKING_DAYS)
"""Until a person has sorted an unclear report, its promise is to be sorted by the next working day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a resident told, complete: ready to be filed. ``known_since`` is when they first wrote."""

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
    known_since: datetime | None = None


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
    cluster = _new_cluster(pack, telling, now, mint)
    report = new_report(pack, telling, cluster, now, mint, told_with)
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


def _new_cluster(pack: Pack, telling: Telling, now: datetime, mint: Mint) -> Cluster:
    place, areas = telling.place, telling.areas
    sure = telling.sure and telling.place_sure and areas.ward is not None
    service = (
        choose_service(pack, telling.category, areas, local(now, pack.calendar).date()) if sure else None
    )
    return Cluster(
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
        reported_at=now,
    )


def new_report(
    pack: Pack, telling: Telling, cluster: Cluster, now: datetime, mint: Mint, told_with: str | None = None
) -> Report:
    """What the resident told, as a report of that cluster."""
    category = pack.category(telling.category)
    return Report(
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
        publication=publication_of(pack, telling.category),
        created_at=now,
        send_after=now if category and category.hazard else now + _correction_window(pack),
        told_with=told_with,
        **place_fields(telling.place, telling.areas),
    )


def publication_of(pack: Pack, category: str) -> Publication:
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


def place_fields(place: PlaceCandidate, areas: Areas) -> _Where:
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
    due_at = due(standard or TRIAGE_STANDARD, now, pack.calendar)
    return Promise(
        id=mint.id(),
        report_id=report.id,
        cluster_id=cluster.id,
        jurisdiction=pack.code,
        category=cluster.category,
        ward=cluster.ward,
        service=cluster.service,
        made_at=now,
        due_at=due_at,
        unit=(standard or TRIAGE_STANDARD).unit,
        remind_at=reminder(now, due_at, pack.calendar),
        paused_at=now if cluster.paused_at else None,
    )


def end_promise(promise: Promise, end: PromiseEnd, now: datetime) -> Promise:
    """The promise with its end; a date that passed is a promise broken, whatever was meant."""
    late = end in (PromiseEnd.KEPT, PromiseEnd.SLIPPED) and now > promise.due_at
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


def service_notice(cluster: Cluster, report: Report, key: str, **parameters: object) -> Notice:
    """A message to the service that holds the case."""
    return Notice(
        recipient=f"service:{cluster.service}",
        key=key,
        parameters=parameters,
        jurisdiction=report.jurisdiction,
        report_id=report.id,
    )


MILESTONES = frozenset(n * 10**power for power in range(1, 7) for n in (1, 2, 5)) | {2, 3, 4, 5}
"""At so many voices the service hears that there are more: of the first ones, then ever more rarely."""


def send_on(pack: Pack, case: Case, report_id: str, now: datetime, mint: Mint) -> Outcome:
    """The correction window is over: the report goes to its service, with all of its case that are due.

    A service that has the case hears that more people tell of it, without a mail for each. Where
    nobody can take it (no service, a vacant ward) it goes to the desk instead.
    """
    due = tuple(r for r in case.standing if r.sent_at is None and (r.send_after <= now or r.id == report_id))
    sent = tuple(replace(report, sent_at=now) for report in due)
    service = case.cluster.service
    today = local(now, pack.calendar).date()
    to = recipients(pack, service, case.cluster.ward, today) if service else ()
    if not service or not to:
        return _unroutable(case, sent, now, mint)
    audit = tuple(AuditEntry(now, "system", "report_sent", r.id, {"service": service}) for r in sent)
    if _is_held(case):
        return Outcome(changed=sent, audit=audit, notices=_more_voices(case, sent, to, now))
    cluster = replace(case.cluster, hands=Hands.OFFERED, changed_at=now)
    report = sent[0]
    return Outcome(
        new=(make_offer(pack, cluster, service, "system", now, mint),),
        changed=(*sent, cluster),
        updates=(make_update(report, "update.sent", "system", now, mint, state=cluster.state),),
        audit=audit,
        notices=_sent_notices("service.new_report", case, report, to, now),
    )


def _is_held(case: Case) -> bool:
    """True if the service has the case already, since offers are kept or from before."""
    from_before = not case.offers and any(report.sent_at is not None for report in case.standing)
    return case.offer is not None or from_before


def _sent_notices(
    key: str, case: Case, report: Report, to: Iterable[str], now: datetime
) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            recipient=recipient,
            key=key,
            jurisdiction=report.jurisdiction,
            report_id=report.id,
            once=f"sent:{report.id}:{case.cluster.handovers}:{recipient}:{now.isoformat()}",
        )
        for recipient in to
    )


def _more_voices(
    case: Case, sent: tuple[Report, ...], to: Iterable[str], now: datetime
) -> tuple[Notice, ...]:
    """One mail where a milestone was reached; the page behind its link shows all of them."""
    known = replace(case, reports=tuple(r for r in case.standing if r.sent_at is not None))
    with_these = replace(case, reports=(*known.reports, *sent))
    reached = any(known.voices < number <= with_these.voices for number in MILESTONES)
    return _sent_notices("service.one_more", case, sent[-1], to, now) if reached else ()


def _unroutable(case: Case, sent: tuple[Report, ...], now: datetime, mint: Mint) -> Outcome:
    cluster = replace(case.cluster, state=State.FOR_TRIAGE, service=None, changed_at=now)
    return Outcome(
        new=(desk_item(DeskKind.NO_SERVICE, sent[0], now, mint),),
        changed=(*sent, *((cluster,) if cluster != case.cluster else ())),
        audit=tuple(AuditEntry(now, "system", "report_unroutable", report.id) for report in sent),
    )
