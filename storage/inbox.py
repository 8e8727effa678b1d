"""Messages in: stored as they came, before anything is done with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import Connection, Select, and_, false, func, or_, select, text, update

from casework.cases import Contact
from casework.outcomes import Outcome
from storage.commit import Handled, mark_handled, write_outcome
from storage.database import Database, insert_or_skip
from storage.forgetting import erase
from storage.lines import Heard, heard
from storage.rows import to_row
from storage.tables import contacts, inbox

_SCREENED_AT_ONCE = 200
_ANSWERED_AT_ONCE = 10
_HEARD_TO = timedelta(days=1)
"""When a contact was last heard is kept no more exactly than this."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A provider's event, checked: who sent it, its own id, and the payload as it came.

    ``ours`` is the number of ours that it was sent to, where there are several; ``carrier`` what
    the carrier makes of it by itself (stop, start, help); ``sent_at`` when it was sent, where that
    is not now.
    """

    channel: str
    event_id: str
    address_hash: str
    address: str | None
    payload: Mapping[str, object]
    ours: str = ""
    carrier: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A message in the inbox. ``danger`` is what the screen saw in it."""

    id: int
    channel: str
    event_id: str
    contact_id: str
    payload: Mapping[str, object]
    received_at: datetime
    danger: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Screened:
    """What the danger screen found in a message, and whom it told at once."""

    danger: str | None
    outcome: Outcome


class Inbox:
    """The messages that came in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, arrival: Arrival, contact: Contact, now: datetime, idle_since: datetime | None = None
    ) -> tuple[int, str, bool]:
        """Store an event once: its inbox id, its contact's id, and False if it was there already.

        ``contact`` is written if nobody is known at that address yet, or nobody has written from
        there after ``idle_since``: a number may be another person's by then.
        """
        with self._database.write() as connection:
            contact_id = _known_or_new(connection, contact, now, idle_since)
            row = {
                "channel": arrival.channel,
                "event_id": arrival.event_id,
                "contact_id": contact_id,
                "payload": dict(arrival.payload),
                "received_at": now,
            }
            made = connection.execute(
                insert_or_skip(connection, inbox, row, ["channel", "event_id"]).returning(inbox.c.id)
            ).scalar()
            if made is not None:
                if arrival.ours:
                    heard(connection, contact_id, _heard(arrival, now), now)
                return int(made), contact_id, True
            known = connection.execute(
                select(inbox.c.id, inbox.c.contact_id).where(
                    inbox.c.channel == arrival.channel, inbox.c.event_id == arrival.event_id
                )
            ).one()
            return int(known.id), str(known.contact_id), False

    def ping(self) -> None:
        """Raise StorageUnavailable unless a message could be stored now."""
        with self._database.write() as connection:
            if not self._database.is_sqlite:
                # Whoever asks wants to know soon.
                connection.execute(text("SET LOCAL lock_timeout = '2s'"))
            connection.execute(update(inbox).where(false()).values(attempts=inbox.c.attempts))

    def is_handled(self, inbox_id: int) -> bool:
        """True once the message was answered (or given up and put on the desk)."""
        with self._database.read() as connection:
            handled = select(inbox.c.handled_at).where(inbox.c.id == inbox_id)
            return connection.execute(handled).scalar() is not None

    def screen(self, look: Callable[[Stored], Screened], now: datetime) -> int:
        """Look at every new message before any queue order; the number looked at.

        The answer to a danger is written in the same transaction as its mark. Where another worker
        looks at the same time, the first to mark a message answers it.
        """
        seen = self._look_at_new(look)
        if seen:
            told = any(screened.danger for _, screened in seen)
            with self._database.write(durable=told) as connection:
                for inbox_id, screened in seen:
                    _mark_screened(connection, inbox_id, screened, now)
        return len(seen)

    def _look_at_new(self, look: Callable[[Stored], Screened]) -> list[tuple[int, Screened]]:
        """What the screen sees; one payload at a time, since each may hold photos, and no lock held."""
        new = select(*_STORED).where(inbox.c.screened_at.is_(None)).order_by(inbox.c.id)
        with self._database.read() as connection:
            rows = connection.execution_options(yield_per=1).execute(new.limit(_SCREENED_AT_ONCE))
            return [(row["id"], look(Stored(**row))) for row in rows.mappings()]

    def claim(self, worker: str, now: datetime, lease: timedelta, limit: int = 1) -> tuple[str, ...]:
        """Take contacts with unread messages, dangers first; nobody else holds them until then.

        What this worker still holds it could not give back, and takes up again.
        """
        with self._database.read() as connection:
            # A look first: a write transaction on an empty queue would cost every idle second.
            if connection.execute(_claimable(worker, now).limit(1)).first() is None:
                return ()
        with self._database.write(durable=False) as connection:
            found = connection.execute(
                _claimable(worker, now).limit(limit).with_for_update(skip_locked=True, of=contacts)
            )
            taken = tuple(dict.fromkeys(str(row.id) for row in found))
            if taken:
                connection.execute(
                    update(contacts)
                    .where(contacts.c.id.in_(taken))
                    .values(held_by=worker, held_until=now + lease)
                )
            return taken

    def unread(self, contact_id: str) -> tuple[Stored, ...]:
        """The contact's next unread messages, in order, up to the first that the screen has not seen.

        A few at a time: each may hold photos, and others wait for their turn.
        """
        with self._database.read() as connection:
            rows = connection.execute(
                select(*_STORED, inbox.c.screened_at)
                .where(inbox.c.contact_id == contact_id, inbox.c.handled_at.is_(None))
                .order_by(inbox.c.id)
                .limit(_ANSWERED_AT_ONCE)
            )
            # Another worker may be looking at an earlier one: it is to be answered first.
            seen = takewhile(lambda row: row.screened_at is not None, rows)
            return tuple(Stored(*row[:-1]) for row in seen)

    def release(self, contact_ids: tuple[str, ...], worker: str) -> None:
        """Give the contacts back."""
        with self._database.write(durable=False) as connection:
            connection.execute(
                update(contacts)
                .where(contacts.c.id.in_(contact_ids), contacts.c.held_by == worker)
                .values(held_by=None, held_until=None)
            )

    def set_aside(self, contact_id: str, worker: str, until: datetime) -> None:
        """Let nobody take the contact before then."""
        with self._database.write(durable=False) as connection:
            connection.execute(
                update(contacts)
                .where(contacts.c.id == contact_id, contacts.c.held_by == worker)
                .values(held_by=None, held_until=until)
            )

    def attempted(self, inbox_id: int) -> int:
        """Count an attempt at a message that failed; the number of attempts so far."""
        with self._database.write() as connection:
            return int(
                connection.execute(
                    update(inbox)
                    .where(inbox.c.id == inbox_id)
                    .values(attempts=inbox.c.attempts + 1)
                    .returning(inbox.c.attempts)
                ).scalar_one()
            )

    def give_up(self, handled: Handled, error_id: str, outcome: Outcome, now: datetime) -> None:
        """A message that cannot be handled: kept with its payload, answered, put on the desk.

        Raises HoldLost if it is not this worker's to give up.
        """
        with self._database.write() as connection:
            mark_handled(connection, handled, handled_at=now, error_id=error_id)
            write_outcome(connection, outcome, now, handled.inbox_id)

    def newest(self, channels: Sequence[str]) -> datetime | None:
        """When the newest message came on these channels."""
        with self._database.read() as connection:
            latest = select(func.max(inbox.c.received_at)).where(inbox.c.channel.in_(channels))
            found: datetime | None = connection.execute(latest).scalar()
            return found

    def known(self, channel: str, event_ids: Sequence[str]) -> frozenset[str]:
        """Which of these events are stored already."""
        with self._database.read() as connection:
            query = select(inbox.c.event_id).where(
                inbox.c.channel == channel, inbox.c.event_id.in_(event_ids)
            )
            return frozenset(connection.execute(query).scalars())

    def oldest_unhandled(self) -> datetime | None:
        """When the oldest message came that nobody has answered."""
        with self._database.read() as connection:
            oldest = select(func.min(inbox.c.received_at)).where(inbox.c.handled_at.is_(None))
            found: datetime | None = connection.execute(oldest).scalar()
            return found


_STORED = (
    inbox.c.id,
    inbox.c.channel,
    inbox.c.event_id,
    inbox.c.contact_id,
    inbox.c.payload,
    inbox.c.received_at,
    inbox.c.danger,
    inbox.c.attempts,
)


def _mark_screened(connection: Connection, inbox_id: int, screened: Screened, now: datetime) -> None:
    new = update(inbox).where(inbox.c.id == inbox_id, inbox.c.screened_at.is_(None))
    marked = connection.execute(new.values(screened_at=now, danger=screened.danger))
    if marked.rowcount == 1:
        write_outcome(connection, screened.outcome, now, inbox_id)


def _heard(arrival: Arrival, now: datetime) -> Heard:
    return Heard(arrival.ours, arrival.sent_at or now, arrival.carrier)


def _known_or_new(
    connection: Connection, contact: Contact, now: datetime, idle_since: datetime | None
) -> str:
    known = select(
        contacts.c.id, func.coalesce(contacts.c.heard_at, contacts.c.created_at).label("heard")
    ).where(contacts.c.channel == contact.channel, contacts.c.address_hash == contact.address_hash)
    found = connection.execute(known).first()
    if found and idle_since and found.heard < idle_since:
        # Whoever writes from there after so long may be somebody else.
        erase(connection, found.id, now)
        found = None
    if found is None:
        row = to_row(contact) | {"heard_at": now}
        connection.execute(insert_or_skip(connection, contacts, row))
        found = connection.execute(known).one()
    if now - found.heard > _HEARD_TO:
        connection.execute(update(contacts).where(contacts.c.id == found.id).values(heard_at=now))
    return str(found.id)


def _claimable(worker: str, now: datetime) -> Select[tuple[str]]:
    """Contacts with unread messages that nobody holds, the endangered first, then the longest waiting."""
    free = or_(contacts.c.held_until.is_(None), contacts.c.held_until < now, contacts.c.held_by == worker)
    return (
        select(contacts.c.id)
        .join(
            inbox,
            and_(
                inbox.c.contact_id == contacts.c.id,
                inbox.c.handled_at.is_(None),
                inbox.c.screened_at.is_not(None),
            ),
        )
        .where(free)
        .order_by(inbox.c.danger.is_(None), inbox.c.id)
    )
