"""Reads cases, contacts and what is due. Nothing here writes: ``storage.commit`` does."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from casework.cases import (
    Case,
    Cluster,
    Contact,
    ContactLink,
    DeskItem,
    DeskKind,
    Inquiry,
    LinkCode,
    Move,
    Offer,
    Pause,
    Photo,
    Promise,
    Question,
    Report,
    Reporter,
    Update,
)
from casework.clusters import Near, Neighbour
from casework.drafts import Draft
from casework.places import PlaceKind
from casework.states import FIXED, OPEN, State
from storage.commit import DRAFT
from storage.database import Database
from storage.nearness import read_near
from storage.rows import from_row
from storage.tables import (
    TABLE_OF,
    beats,
    clusters,
    contact_links,
    contacts,
    desk_items,
    drafts,
    inquiries,
    link_codes,
    moves,
    outbox,
    photos,
    promises,
    reports,
    updates,
)

T = TypeVar("T")

_AT_ONCE = 500
"""Cases that are read with one query; databases limit how much one may name."""


class Cases:
    """What is kept, as the domain's own things."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- One case ---

    def case(self, cluster_id: str) -> Case | None:
        """The cluster with its reports, promises, questions and open desk items."""
        return self._cases([cluster_id]).get(cluster_id)

    def present_case(self, cluster_id: str) -> Case | None:
        """The case of that cluster, or of the one that it was merged into since."""
        found = self.case(cluster_id)
        passed = {cluster_id}
        while found and found.cluster.merged_into and found.cluster.merged_into not in passed:
            passed.add(found.cluster.merged_into)
            found = self.case(found.cluster.merged_into)
        return found

    def case_of_report(self, report_id: str) -> Case | None:
        """The case that holds this report."""
        with self._database.read() as connection:
            cluster_id = connection.execute(
                select(reports.c.cluster_id).where(reports.c.id == report_id)
            ).scalar()
        return self.case(cluster_id) if cluster_id else None

    def case_by_reference(self, reference: str) -> tuple[Case, Report] | None:
        """The case and the report of that reference."""
        with self._database.read() as connection:
            row = connection.execute(
                select(reports.c.id, reports.c.cluster_id).where(reports.c.reference == reference)
            ).first()
        case = self.case(row.cluster_id) if row else None
        return (case, case.report(row.id)) if case and row else None

    def _cases(self, wanted: Sequence[str]) -> dict[str, Case]:
        """The cases of these clusters, by the cluster's id."""
        found: dict[str, Case] = {}
        with self._database.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                found |= _read_cases(connection, wanted[start : start + _AT_ONCE])
        return found

    def history(self, cluster_id: str) -> tuple[Update, ...]:
        """One timeline, oldest first: of the cluster, of those merged into it, and of its reports."""
        chain = select(clusters.c.id).where(clusters.c.id == cluster_id).cte("chain", recursive=True)
        chain = chain.union(select(clusters.c.id).join(chain, clusters.c.merged_into == chain.c.id))
        of_cluster = select(updates.c.seq).where(
            updates.c.cluster_id.in_(select(chain.c.id)), updates.c.report_id.is_(None)
        )
        of_reports = (
            select(updates.c.seq)
            .join(reports, reports.c.id == updates.c.report_id)
            .where(reports.c.cluster_id == cluster_id)
        )
        query = select(updates).where(updates.c.seq.in_(of_cluster.union(of_reports)))
        with self._database.read() as connection:
            return tuple(_all(connection, Update, query.order_by(updates.c.seq)))

    def photos_of(self, report_ids: Iterable[str]) -> tuple[Photo, ...]:
        """The photos of these reports, oldest first."""
        query = select(photos).where(photos.c.report_id.in_(list(report_ids)))
        with self._database.read() as connection:
            return tuple(_all(connection, Photo, query.order_by(photos.c.created_at, photos.c.id)))

    def photos_by_id(self, ids: Iterable[str]) -> tuple[Photo, ...]:
        """These photos, in the order of the ids."""
        wanted = list(ids)
        with self._database.read() as connection:
            found = _all(connection, Photo, select(photos).where(photos.c.id.in_(wanted)))
        return tuple(sorted(found, key=lambda photo: wanted.index(photo.id)))

    def loose_photos(self, contact_id: str, until: datetime) -> tuple[Photo, ...]:
        """Photos that the contact had sent by then for no report, oldest first."""
        query = select(photos).where(
            photos.c.contact_id == contact_id, photos.c.report_id.is_(None), photos.c.created_at <= until
        )
        with self._database.read() as connection:
            return tuple(_all(connection, Photo, query.order_by(photos.c.created_at, photos.c.id)))

    def near(self, near: Near) -> tuple[Neighbour, ...]:
        """The clusters that may be of the same problem, those told last first."""
        with self._database.read() as connection:
            return read_near(connection, near)

    def moves_of(self, cluster_id: str) -> tuple[Move, ...]:
        """The moves into or out of the cluster that were not undone, newest first."""
        touching = or_(moves.c.from_cluster == cluster_id, moves.c.to_cluster == cluster_id)
        query = select(moves).where(touching, moves.c.undone_at.is_(None))
        with self._database.read() as connection:
            return tuple(_all(connection, Move, query.order_by(moves.c.at.desc(), moves.c.id)))

    # --- A contact ---

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of that id."""
        with self._database.read() as connection:
            return _one(connection, Contact, select(contacts).where(contacts.c.id == contact_id))

    def contact_at(self, channel: str, address_hash: str) -> Contact | None:
        """Who is known at that address."""
        with self._database.read() as connection:
            query = select(contacts).where(
                contacts.c.channel == channel, contacts.c.address_hash == address_hash
            )
            return _one(connection, Contact, query)

    def people_of(self, contact: Contact) -> tuple[Contact, ...]:
        """The contacts of the same person, this one among them."""
        if contact.person_id is None:
            return (contact,)
        query = select(contacts).where(contacts.c.person_id == contact.person_id)
        with self._database.read() as connection:
            return tuple(_all(connection, Contact, query.order_by(contacts.c.created_at)))

    def contacts_idle(self, since: datetime, limit: int = 100) -> tuple[Contact, ...]:
        """Contacts that nobody wrote from after that, and that are not forgotten yet."""
        heard_at = func.coalesce(contacts.c.heard_at, contacts.c.created_at)
        query = select(contacts).where(contacts.c.forgotten_at.is_(None), heard_at < since)
        with self._database.read() as connection:
            return tuple(_all(connection, Contact, query.order_by(contacts.c.id).limit(limit)))

    def link_code(self, code_hash: str) -> LinkCode | None:
        """The one-time code with that hash, also one that was used."""
        with self._database.read() as connection:
            query = select(link_codes).where(link_codes.c.code_hash == code_hash)
            return _one(connection, LinkCode, query)

    def links_of(self, contact_id: str) -> tuple[ContactLink, ...]:
        """As which councillors or staff this chat speaks."""
        with self._database.read() as connection:
            query = select(contact_links).where(contact_links.c.contact_id == contact_id)
            return tuple(_all(connection, ContactLink, query.order_by(contact_links.c.linked_at)))

    def inquiries_of(self, contact_ids: Iterable[str]) -> tuple[Inquiry, ...]:
        """What these contacts were asked and have not answered."""
        query = select(inquiries).where(
            inquiries.c.contact_id.in_(list(contact_ids)), inquiries.c.answered_at.is_(None)
        )
        with self._database.read() as connection:
            return tuple(_all(connection, Inquiry, query.order_by(inquiries.c.asked_at)))

    def draft(self, contact_id: str) -> Draft | None:
        """The contact's conversation."""
        with self._database.read() as connection:
            row = connection.execute(
                select(drafts.c.body, drafts.c.version).where(drafts.c.contact_id == contact_id)
            ).first()
        return _draft(row.body, row.version) if row else None

    def reports_of(self, *contact_ids: str, limit: int = 10) -> tuple[Report, ...]:
        """The reports of these contacts, newest first."""
        with self._database.read() as connection:
            query = (
                select(reports)
                .where(reports.c.contact_id.in_(contact_ids))
                .order_by(reports.c.created_at.desc(), reports.c.id)
                .limit(limit)
            )
            return tuple(_all(connection, Report, query))

    def pinned_reports(self, jurisdiction: str) -> tuple[Report, ...]:
        """The reports of an authority whose place is a pin, oldest first."""
        query = (
            select(reports)
            .where(reports.c.jurisdiction == jurisdiction, reports.c.place_kind == PlaceKind.COORDINATES)
            .order_by(reports.c.created_at, reports.c.id)
        )
        with self._database.read() as connection:
            return tuple(_all(connection, Report, query))

    def clusters_of(self, told: Iterable[Report]) -> Mapping[str, Cluster]:
        """The clusters of these reports by id, without what hangs on them."""
        ids = {report.cluster_id for report in told}
        with self._database.read() as connection:
            query = select(clusters).where(clusters.c.id.in_(ids))
            return {cluster.id: cluster for cluster in _all(connection, Cluster, query)}

    def cases_of(self, *contact_ids: str, limit: int = 10) -> tuple[Case, ...]:
        """The cases of these contacts' latest reports, newest report first."""
        latest = self.reports_of(*contact_ids, limit=limit)
        wanted = list(dict.fromkeys(report.cluster_id for report in latest))
        found = self._cases(wanted)
        return tuple(found[cluster_id] for cluster_id in wanted)

    # --- What is due ---

    def reports_to_send(
        self, now: datetime, jurisdictions: Iterable[str], skip: int = 0, limit: int = 100
    ) -> tuple[Report, ...]:
        """Reports whose correction window is over and that have a service to go to."""
        query = (
            select(reports)
            .join(clusters, clusters.c.id == reports.c.cluster_id)
            .where(
                reports.c.sent_at.is_(None),
                reports.c.send_after <= now,
                reports.c.own_state.is_(None),
                reports.c.jurisdiction.in_(list(jurisdictions)),
                clusters.c.service.is_not(None),
                clusters.c.state.in_(_names(OPEN - {State.FOR_TRIAGE})),
            )
            .order_by(reports.c.send_after, reports.c.id)
            .offset(skip)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(_all(connection, Report, query))

    def drafts_left(self, before: datetime, nudged: bool, limit: int = 100) -> tuple[Draft, ...]:
        """Drafts untouched since ``before`` that were asked about (or not yet)."""
        asked = drafts.c.nudged_at.is_not(None) if nudged else drafts.c.nudged_at.is_(None)
        query = (
            select(drafts.c.body, drafts.c.version)
            .where(drafts.c.telling, drafts.c.updated_at < before, asked)
            .order_by(drafts.c.updated_at)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(_draft(row.body, row.version) for row in connection.execute(query))

    def desk_to_mail(self, limit: int = 200) -> tuple[DeskItem, ...]:
        """Desk items of which nobody was told."""
        query = (
            select(desk_items)
            .where(desk_items.c.done_at.is_(None), desk_items.c.mailed_at.is_(None))
            .order_by(desk_items.c.created_at)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(_all(connection, DeskItem, query))

    def desk_item(self, item_id: str) -> DeskItem | None:
        """The desk item of that id."""
        with self._database.read() as connection:
            return _one(connection, DeskItem, select(desk_items).where(desk_items.c.id == item_id))

    def is_on_desk(self, kind: DeskKind, report_id: str | None, contact_id: str | None) -> bool:
        """True if an item of that kind waits for this resident, or else for this report."""
        about = (
            desk_items.c.contact_id == contact_id
            if contact_id
            else and_(desk_items.c.report_id == report_id, desk_items.c.contact_id.is_(None))
        )
        query = select(desk_items.c.id).where(
            about, desk_items.c.kind == str(kind), desk_items.c.done_at.is_(None)
        )
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def cases_for_digest(
        self, jurisdiction: str, ward: str, since: datetime, until: datetime
    ) -> tuple[Case, ...]:
        """The ward's cases with something new, overdue or fixed in that time, oldest first."""
        is_new = exists().where(reports.c.cluster_id == clusters.c.id, reports.c.created_at >= since)
        is_overdue = exists().where(
            promises.c.cluster_id == clusters.c.id, promises.c.ended_at.is_(None), promises.c.due_at < until
        )
        is_fixed = and_(clusters.c.state.in_(_names(FIXED)), clusters.c.changed_at >= since)
        wanted = select(clusters.c.id).where(
            clusters.c.jurisdiction == jurisdiction,
            clusters.c.ward == ward,
            or_(is_fixed, and_(clusters.c.state.in_(_names(OPEN)), or_(is_new, is_overdue))),
        )
        with self._database.read() as connection:
            ids = connection.execute(wanted).scalars().all()
        return tuple(sorted(self._cases(ids).values(), key=lambda case: case.cluster.opened_at))

    def open_in_wards(
        self, jurisdiction: str, wards: Collection[str], after: str = "", limit: int = 200
    ) -> tuple[Case, ...]:
        """Open cases of these wards by id, those beyond ``after``: a long list is read piece by piece."""
        wanted = (
            select(clusters.c.id)
            .where(
                clusters.c.jurisdiction == jurisdiction,
                clusters.c.ward.in_(list(wards)),
                clusters.c.state.in_(_names(OPEN)),
                clusters.c.id > after,
            )
            .order_by(clusters.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            ids = connection.execute(wanted).scalars().all()
        found = self._cases(ids)
        return tuple(found[cluster_id] for cluster_id in ids)

    def count_open(self, jurisdiction: str, ward: str) -> int:
        """How many of the ward's reports are open."""
        query = (
            select(func.count())
            .select_from(reports)
            .join(clusters, clusters.c.id == reports.c.cluster_id)
            .where(
                clusters.c.jurisdiction == jurisdiction,
                clusters.c.ward == ward,
                clusters.c.state.in_(_names(OPEN)),
                reports.c.own_state.is_(None),
            )
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def was_noticed(self, once: str) -> bool:
        """True if the notice that may be given only once was given."""
        with self._database.read() as connection:
            query = select(outbox.c.id).where(outbox.c.once == once)
            return connection.execute(query).first() is not None

    def last_beat(self) -> datetime | None:
        """When a worker last showed that it lives."""
        with self._database.read() as connection:
            found: datetime | None = connection.execute(select(func.max(beats.c.at))).scalar()
            return found


def _read_cases(connection: Connection, wanted: Sequence[str]) -> dict[str, Case]:
    def of(cls: Callable[..., T], order: str) -> list[T]:
        table = TABLE_OF[cls]  # type: ignore[index]
        return _all(
            connection, cls, select(table).where(table.c.cluster_id.in_(wanted)).order_by(table.c[order])
        )

    told_by = select(reports.c.contact_id).where(reports.c.cluster_id.in_(wanted))
    who = select(contacts.c.id, contacts.c.person_id, contacts.c.created_at).where(contacts.c.id.in_(told_by))
    waiting = (
        select(desk_items)
        .join(reports, reports.c.id == desk_items.c.report_id)
        .where(reports.c.cluster_id.in_(wanted), desk_items.c.done_at.is_(None))
    )
    return _assembled(
        _all(connection, Cluster, select(clusters).where(clusters.c.id.in_(wanted))),
        of(Report, "created_at"),
        of(Promise, "made_at"),
        of(Question, "asked_at"),
        _all(connection, DeskItem, waiting),
        of(Offer, "offered_at"),
        of(Pause, "began_at"),
        {row.id: Reporter(row.person_id or row.id, row.created_at) for row in connection.execute(who)},
    )


def _assembled(
    found: Iterable[Cluster],
    told: Iterable[Report],
    promised: Iterable[Promise],
    asked: Iterable[Question],
    waiting: Iterable[DeskItem],
    offered: Iterable[Offer],
    paused: Iterable[Pause],
    who: Mapping[str, Reporter],
) -> dict[str, Case]:
    """Each cluster with what hangs on it; each thing is looked at once."""
    reports_of = _grouped(told, lambda report: report.cluster_id)
    promises_of = _grouped(promised, lambda promise: promise.cluster_id)
    questions_of = _grouped(asked, lambda question: question.cluster_id)
    desk_of = _grouped(waiting, lambda item: item.report_id or "")
    offers_of = _grouped(offered, lambda offer: offer.cluster_id)
    pauses_of = _grouped(paused, lambda pause: pause.cluster_id)
    return {
        cluster.id: Case(
            cluster,
            tuple(reports_of[cluster.id]),
            tuple(promises_of[cluster.id]),
            tuple(questions_of[cluster.id]),
            tuple(item for report in reports_of[cluster.id] for item in desk_of[report.id]),
            tuple(offers_of[cluster.id]),
            tuple(pauses_of[cluster.id]),
            {id: who[id] for r in reports_of[cluster.id] if (id := r.contact_id or "") in who},
        )
        for cluster in found
    }


def _grouped(things: Iterable[T], name: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        groups[name(thing)].append(thing)
    return groups


def _names(states: Iterable[State]) -> list[str]:
    return [str(state) for state in states]


def _draft(body: dict[str, object], version: int) -> Draft:
    return DRAFT.validate_python(body | {"version": version})


def _all(connection: Connection, cls: Callable[..., T], query: Select[tuple[object, ...]]) -> list[T]:
    return [from_row(cls, row) for row in connection.execute(query).mappings()]


def _one(connection: Connection, cls: Callable[..., T], query: Select[tuple[object, ...]]) -> T | None:
    row = connection.execute(query).mappings().first()
    return from_row(cls, row) if row else None
