"""Messages out: written with what they tell of, delivered afterwards by id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, text, update

from casework.outcomes import Outcome
from storage.commit import write_outcome
from storage.database import Database
from storage.locks import OUTBOX_CLAIM
from storage.tables import outbox

_UNSENT = ("waiting", "sending")
_LATEST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message to be worded and sent.

    ``attempts`` counts this one too; ``interrupted`` if an earlier attempt was never heard of
    again, so that the provider may have the message already. ``address`` is set only where the
    contact was forgotten before this, its last answer, went out.
    """

    id: int
    recipient: str
    contact_id: str | None
    seq: int | None
    channel: str
    key: str
    parameters: Mapping[str, object]
    buttons: Sequence[Mapping[str, str]]
    wants: str | None
    language: str
    jurisdiction: str
    report_id: str | None
    inbox_id: int | None
    attempts: int
    created_at: datetime
    address: str | None = None
    interrupted: bool = False


_WAITING = tuple(
    outbox.c[name]
    for name in (
        "id",
        "recipient",
        "contact_id",
        "seq",
        "channel",
        "key",
        "parameters",
        "buttons",
        "wants",
        "language",
        "jurisdiction",
        "report_id",
        "inbox_id",
        "attempts",
        "created_at",
        "address",
    )
)


class Outbox:
    """The messages that go out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, channels: Sequence[str], now: datetime, lease: timedelta, limit: int = 20
    ) -> tuple[Waiting, ...]:
        """Take messages that are due on these channels; after the lease they are due again.

        A recipient's messages keep their order: none is taken while an earlier one has to wait.
        """
        due = _due(channels, now).limit(limit)
        with self._database.read() as connection:
            if connection.execute(due.limit(1)).first() is None:
                return ()
        with self._database.write() as connection:
            self._one_at_a_time(connection)
            states = {row.id: row.state for row in connection.execute(due.with_for_update(of=outbox))}
            connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(states))
                .values(state="sending", next_attempt_at=now + lease, attempts=outbox.c.attempts + 1)
            )
            rows = connection.execute(select(*_WAITING).where(outbox.c.id.in_(states)).order_by(outbox.c.id))
            return tuple(
                Waiting(**row, interrupted=states[row["id"]] == "sending") for row in rows.mappings()
            )

    def _one_at_a_time(self, connection: Connection) -> None:
        """Two claims at one instant could part one recipient's messages and send them out of order."""
        if not self._database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": OUTBOX_CLAIM})

    def mark_sent(self, outbox_id: int, now: datetime, provider_id: str | None = None) -> None:
        """The provider has accepted it."""
        self._set(outbox_id, state="sent", sent_at=now, provider_id=provider_id, error=None, address=None)

    def mark_retry(self, outbox_id: int, at: datetime, error: str) -> None:
        """It did not go: try again then."""
        self._set(outbox_id, state="waiting", next_attempt_at=at, error=error[:200])

    def hold(self, outbox_id: int, reason: str) -> None:
        """It may go only after the contact has written again; then ``storage.lines`` lets it go."""
        self._set(outbox_id, state="held", error=reason[:200])

    def suppress(self, outbox_id: int, reason: str) -> None:
        """It is not wanted there: kept, but not sent."""
        self._set(outbox_id, state="suppressed", error=reason[:200], address=None)

    def put_back(self, outbox_ids: Sequence[int], at: datetime) -> None:
        """They were not tried after all: try then. It does not count as an attempt."""
        with self._database.write() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(outbox_ids), outbox.c.state == "sending")
                .values(state="waiting", next_attempt_at=at, attempts=outbox.c.attempts - 1)
            )

    def mark_failed(self, outbox_id: int, error: str, outcome: Outcome, now: datetime) -> None:
        """It will never go; ``outcome`` (somebody is to look at it) is written with the mark."""
        with self._database.write() as connection:
            write_outcome(connection, outcome, now)
            connection.execute(
                update(outbox)
                .where(outbox.c.id == outbox_id)
                .values(state="failed", error=error[:200], address=None)
            )

    def _set(self, outbox_id: int, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(**values))

    def replies_to(self, inbox_id: int) -> tuple[Waiting, ...]:
        """What answered that message."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(*_WAITING).where(outbox.c.inbox_id == inbox_id).order_by(outbox.c.id)
            )
            return tuple(Waiting(**row) for row in rows.mappings())

    def fetch(self, contact_id: str, inbox_id: int, now: datetime) -> tuple[Waiting, ...]:
        """What answered that message and all else that this contact's own page has not read, in order.

        It is read now, and marked so.
        """
        unread = and_(outbox.c.contact_id == contact_id, outbox.c.state == "waiting")
        shown = select(*_WAITING, outbox.c.state).where(or_(unread, outbox.c.inbox_id == inbox_id))
        with self._database.read() as connection:
            rows = connection.execute(shown.order_by(outbox.c.seq)).mappings().all()
        waiting = [row["id"] for row in rows if row["state"] == "waiting"]
        if waiting:
            self._mark_read(outbox.c.id.in_(waiting), now)
        return tuple(Waiting(**{column.name: row[column.name] for column in _WAITING}) for row in rows)

    def after(self, contact_id: str, seq: int, limit: int = 100) -> tuple[Waiting, ...]:
        """What was said to this contact after message number ``seq``, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(*_WAITING)
                .where(outbox.c.contact_id == contact_id, outbox.c.seq > seq, outbox.c.state != "suppressed")
                .order_by(outbox.c.seq)
                .limit(limit)
            )
            return tuple(Waiting(**row) for row in rows.mappings())

    def message(self, outbox_id: int) -> Waiting | None:
        """The message of that id, as it stands."""
        with self._database.read() as connection:
            row = connection.execute(select(*_WAITING).where(outbox.c.id == outbox_id)).mappings().first()
            return Waiting(**row) if row else None

    def replies_since(self, contact_id: str, since: datetime) -> tuple[Waiting, ...]:
        """The latest answers to this contact's messages, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(*_WAITING)
                .where(
                    outbox.c.contact_id == contact_id,
                    outbox.c.inbox_id.is_not(None),
                    outbox.c.created_at >= since,
                )
                .order_by(outbox.c.seq.desc())
                .limit(_LATEST)
            )
            return tuple(Waiting(**row) for row in rows.mappings())

    def mark_fetched(self, contact_id: str, seq: int, now: datetime) -> None:
        """The resident's own page has read everything up to ``seq``."""
        with self._database.read() as connection:
            unread = select(outbox.c.id).where(
                outbox.c.contact_id == contact_id, outbox.c.seq <= seq, outbox.c.state == "waiting"
            )
            if connection.execute(unread.limit(1)).first() is None:
                return
        self._mark_read(and_(outbox.c.contact_id == contact_id, outbox.c.seq <= seq), now)

    def _mark_read(self, which: ColumnElement[bool], now: datetime) -> None:
        with self._database.write(durable=False) as connection:
            read = update(outbox).where(which, outbox.c.state == "waiting")
            connection.execute(read.values(state="sent", sent_at=now))

    def states(self) -> Mapping[tuple[str, str], int]:
        """How many messages there are by channel and state."""
        counted = select(outbox.c.channel, outbox.c.state, func.count()).group_by(
            outbox.c.channel, outbox.c.state
        )
        with self._database.read() as connection:
            return {(channel, state): n for channel, state, n in connection.execute(counted)}


def _due(channels: Sequence[str], now: datetime) -> Select[int, str]:
    """What may be sent now, oldest first, with its state."""
    earlier = outbox.alias("earlier")
    held_back = exists().where(
        earlier.c.channel == outbox.c.channel,
        earlier.c.state.in_(_UNSENT),
        earlier.c.next_attempt_at > now,
        earlier.c.recipient == outbox.c.recipient,
        earlier.c.id < outbox.c.id,
    )
    return (
        select(outbox.c.id, outbox.c.state)
        .where(
            outbox.c.channel.in_(channels),
            outbox.c.state.in_(_UNSENT),
            outbox.c.next_attempt_at <= now,
            ~held_back,
        )
        .order_by(outbox.c.id)
    )
