"""Writes an Outcome: everything that an act led to, in one transaction, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, Insert, Table, insert, select, update

from casework.drafts import Draft
from casework.errors import Conflict, HoldLost
from casework.outcomes import Appended, AuditEntry, Entity, Notice, Outcome
from storage.database import Database, insert_or_skip
from storage.forgetting import erase
from storage.nearness import lock_and_look_again
from storage.rows import to_row
from storage.tables import TABLE_OF, audit, contacts, drafts, inbox, metadata, outbox, updates

DRAFT = TypeAdapter(Draft)

EMAIL = "email"
"""The channel of everybody who is no contact: services, councillors, staff."""

_ORDER = {table: number for number, table in enumerate(metadata.sorted_tables)}


@dataclass(frozen=True, slots=True)
class Handled:
    """The inbox row that an outcome answers, and the worker that must still hold its contact.

    ``keeps_payload`` is for what the report cannot hold, such as a voice message.
    """

    inbox_id: int
    contact_id: str
    worker: str
    keeps_payload: bool = False


def commit(database: Database, outcome: Outcome, now: datetime, handled: Handled | None = None) -> None:
    """Write the outcome with its outbox rows, and mark the message that it answers.

    Raises Conflict if somebody else changed one of its things meanwhile, HoldLost if the message was
    answered or the worker lost its hold of the contact: nothing is written then.
    """
    with database.write() as connection:
        # Cells, then contacts, then things: in one order everywhere, so that no two wait for each other.
        lock_and_look_again(connection, outcome.looked)
        _lock_contacts(connection, outcome.notices, handled)
        if handled is None:
            write_outcome(connection, outcome, now)
        else:
            # What was said lives on in the report; the raw payload, photos and all, has done its work.
            done_with = {} if handled.keeps_payload else {"payload": None}
            mark_handled(connection, handled, handled_at=now, **done_with)
            write_outcome(connection, outcome, now, handled.inbox_id)


def _lock_contacts(connection: Connection, notices: Iterable[Notice], handled: Handled | None) -> None:
    """Whose message is answered and everybody who is told, in one order.

    Where news goes to another contact of the same person, that one is locked too: who it is may
    change until then, and is read again under the lock.
    """
    told = {name for kind, _, name in (n.recipient.partition(":") for n in notices) if kind == "contact"}
    ids = told | ({handled.contact_id} if handled else set())
    if connection.dialect.name == "sqlite" or len(ids) < 2:
        return
    others = select(contacts.c.updates_to).where(contacts.c.id.in_(ids), contacts.c.updates_to.is_not(None))
    ids |= set(connection.execute(others).scalars())
    connection.execute(
        select(contacts.c.id).where(contacts.c.id.in_(ids)).order_by(contacts.c.id).with_for_update()
    )


def mark_handled(connection: Connection, handled: Handled, **marks: object) -> None:
    """Mark a message inside a transaction; raises HoldLost if it is not this worker's to answer."""
    _check_hold(connection, handled)
    unanswered = update(inbox).where(inbox.c.id == handled.inbox_id, inbox.c.handled_at.is_(None))
    if connection.execute(unanswered.values(**marks)).rowcount != 1:
        raise HoldLost("this message was answered already")


def write_outcome(
    connection: Connection, outcome: Outcome, now: datetime, inbox_id: int | None = None
) -> None:
    """Write the outcome inside a transaction; ``inbox_id`` is the message that replies answer."""
    notices = _to_where_updates_go(connection, outcome.notices)
    seqs = _Sequences(connection, notices)
    _write_new(connection, outcome.new)
    for entity in sorted(outcome.changed, key=_place_in_order):
        _write_changed(connection, entity)
    if outcome.updates:
        connection.execute(insert(updates), [to_row(entry) for entry in outcome.updates])
    if outcome.audit:
        connection.execute(insert(audit), [_audit_row(entry) for entry in outcome.audit])
    for contact_id in outcome.forgotten:
        # Before the messages: the receipt is the one thing that is still to be said.
        erase(connection, contact_id, now)
    for notice in notices:
        row = _outbox_row(notice, seqs, now, inbox_id)
        if row.get("contact_id") in outcome.forgotten:
            # The answer goes where the contact was; anything else is not wanted any more.
            row |= {"address": seqs.address_of(notice)} if notice.reply else {"state": "suppressed"}
        connection.execute(_outbox_insert(connection, row))


def _to_where_updates_go(connection: Connection, notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """News of a report goes to the contact that its person chose; an answer to whoever asked."""
    told = {notice.recipient for notice in notices if not notice.reply}
    ids = [name for kind, _, name in (to.partition(":") for to in told) if kind == "contact"]
    if not ids:
        return tuple(notices)
    chosen = select(contacts.c.id, contacts.c.updates_to).where(
        contacts.c.id.in_(ids), contacts.c.updates_to.is_not(None)
    )
    moved = {f"contact:{row.id}": f"contact:{row.updates_to}" for row in connection.execute(chosen)}
    return tuple(
        notice if notice.reply else replace(notice, recipient=moved.get(notice.recipient, notice.recipient))
        for notice in notices
    )


def _audit_row(entry: AuditEntry) -> dict[str, object]:
    if not entry.is_codes_only:
        raise ValueError(f"the audit entry {entry.act[:40]!r} holds more than ids and codes")
    return to_row(entry) | {"details": dict(entry.details)}


def _check_hold(connection: Connection, handled: Handled) -> None:
    held = connection.execute(
        update(contacts)
        .where(contacts.c.id == handled.contact_id, contacts.c.held_by == handled.worker)
        .values(held_by=handled.worker)
    )
    if held.rowcount != 1:
        raise HoldLost("this contact is another worker's now")


def _write_new(connection: Connection, entities: Sequence[Entity | Appended]) -> None:
    """Insert in the order in which the tables refer to each other."""
    by_table: dict[Table, list[dict[str, object]]] = defaultdict(list)
    for entity in entities:
        if isinstance(entity, Draft):
            _write_draft(connection, entity)
        else:
            by_table[TABLE_OF[type(entity)]].append(to_row(entity))
    for table in sorted(by_table, key=_ORDER.__getitem__):
        connection.execute(insert(table), by_table[table])


def _place_in_order(entity: Entity) -> tuple[int, str]:
    """Tables in their order, rows by their ids: two transactions never wait for each other."""
    if isinstance(entity, Draft):
        return _ORDER[drafts], entity.contact_id
    return _ORDER[TABLE_OF[type(entity)]], entity.id


def _write_changed(connection: Connection, entity: Entity) -> None:
    """Update, unless the stored version is another than the one the change was made on."""
    if isinstance(entity, Draft):
        _write_draft(connection, entity)
        return
    table = TABLE_OF[type(entity)]
    row = to_row(entity)
    row["version"] = entity.version + 1
    done = connection.execute(
        update(table).where(table.c.id == entity.id, table.c.version == entity.version).values(**row)
    )
    if done.rowcount != 1:
        raise Conflict(f"{table.name} changed meanwhile")


def _write_draft(connection: Connection, draft: Draft) -> None:
    """A draft is made the first time and replaced afterwards."""
    row = {
        "telling": draft.telling,
        "updated_at": draft.updated_at,
        "nudged_at": draft.nudged_at,
        "body": DRAFT.dump_python(draft, mode="json"),
        "version": draft.version + 1,
    }
    if draft.version == 0:
        connection.execute(insert(drafts).values(contact_id=draft.contact_id, **row))
        return
    done = connection.execute(
        update(drafts)
        .where(drafts.c.contact_id == draft.contact_id, drafts.c.version == draft.version)
        .values(**row)
    )
    if done.rowcount != 1:
        raise Conflict("the draft changed meanwhile")


class _Sequences:
    """Numbers for each contact's messages, without a gap in the order of their commits.

    Taking them locks the contact's row until the end of the transaction, so that whoever reads
    "everything after N" can never miss a smaller number that commits later.
    """

    def __init__(self, connection: Connection, notices: Iterable[Notice]) -> None:
        counts: dict[str, int] = defaultdict(int)
        for notice in notices:
            kind, _, name = notice.recipient.partition(":")
            if kind == "contact":
                counts[name] += 1
        self._contacts: dict[str, Mapping[str, object]] = {}
        self._next: dict[str, int] = {}
        # In one order everywhere, so that two transactions cannot wait for each other.
        for contact_id in sorted(counts):
            row = connection.execute(
                update(contacts)
                .where(contacts.c.id == contact_id)
                .values(last_seq=contacts.c.last_seq + counts[contact_id])
                .returning(
                    contacts.c.last_seq,
                    contacts.c.channel,
                    contacts.c.language,
                    contacts.c.opted_out_at,
                    contacts.c.forgotten_at,
                    contacts.c.address,
                )
            ).one()
            self._contacts[contact_id] = dict(row._mapping)
            self._next[contact_id] = row.last_seq - counts[contact_id] + 1

    def take(self, contact_id: str) -> tuple[int, Mapping[str, object]]:
        """The next number of this contact, and the contact."""
        number = self._next[contact_id]
        self._next[contact_id] += 1
        return number, self._contacts[contact_id]

    def address_of(self, notice: Notice) -> object:
        """Where its contact was reached when the transaction began."""
        return self._contacts[notice.recipient.partition(":")[2]]["address"]


def _outbox_row(notice: Notice, seqs: _Sequences, now: datetime, inbox_id: int | None) -> dict[str, object]:
    kind, _, name = notice.recipient.partition(":")
    row: dict[str, object] = {
        "recipient": notice.recipient,
        "channel": EMAIL,
        "key": notice.key,
        "parameters": dict(notice.parameters),
        "buttons": [asdict(button) for button in notice.buttons],
        "wants": notice.wants,
        "language": "",
        "jurisdiction": notice.jurisdiction,
        "report_id": notice.report_id,
        "inbox_id": inbox_id if notice.reply else None,
        "once": notice.once,
        "state": "waiting",
        "next_attempt_at": now,
        "created_at": now,
    }
    if kind == "contact":
        seq, contact = seqs.take(name)
        row |= {
            "contact_id": name,
            "seq": seq,
            "channel": contact["channel"],
            "language": contact["language"],
        }
        if not notice.reply and (contact["opted_out_at"] or contact["forgotten_at"]):
            row["state"] = "suppressed"
    return row


def _outbox_insert(connection: Connection, row: dict[str, object]) -> Insert:
    """An insert that passes over a notice which may be given only once and was."""
    if row["once"] is None:
        return insert(outbox).values(**row)
    return insert_or_skip(connection, outbox, row, ["once"])
