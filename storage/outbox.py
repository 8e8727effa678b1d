"""Messages out: written with what they tell of, delivered afterwards by id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from storage.database import Database
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message to be worded and sent."""

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
    )
)


class Outbox:
    """The messages that go out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, channels: Sequence[str], now: datetime, lease: timedelta, limit: int = 20
    ) -> tuple[Waiting, ...]:
        """Take messages that are due on these channels; after the lease they are due again."""
        due = (
            select(outbox.c.id)
            .where(
                outbox.c.state.in_(("waiting", "sending")),
                outbox.c.next_attempt_at <= now,
                outbox.c.channel.in_(channels),
            )
            .order_by(outbox.c.next_attempt_at, outbox.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            if connection.execute(due.limit(1)).first() is None:
                return ()
        with self._database.write() as connection:
            ids = connection.execute(due.with_for_update(skip_locked=True)).scalars().all()
            connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(ids))
                .values(state="sending", next_attempt_at=now + lease, attempts=outbox.c.attempts + 1)
            )
            rows = connection.execute(select(*_WAITING).where(outbox.c.id.in_(ids)).order_by(outbox.c.id))
            return tuple(Waiting(**row) for row in rows.mappings())

    def mark_sent(self, outbox_id: int, now: datetime, provider_id: str | None = None) -> None:
        """The provider has accepted it."""
        self._set(outbox_id, state="sent", sent_at=now, provider_id=provider_id, error=None)

    def mark_retry(self, outbox_id: int, at: datetime, error: str) -> None:
        """It did not go: try again then."""
        self._set(outbox_id, state="waiting", next_attempt_at=at, error=error[:200])

    def mark_failed(self, outbox_id: int, error: str) -> None:
        """It will never go."""
        self._set(outbox_id, state="failed", error=error[:200])

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

    def mark_fetched(self, contact_id: str, seq: int, now: datetime) -> None:
        """The resident's own page has read everything up to ``seq``."""
        with self._database.read() as connection:
            unread = select(outbox.c.id).where(
                outbox.c.contact_id == contact_id, outbox.c.seq <= seq, outbox.c.state == "waiting"
            )
            if connection.execute(unread.limit(1)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.contact_id == contact_id, outbox.c.seq <= seq, outbox.c.state == "waiting")
                .values(state="sent", sent_at=now)
            )

    def states(self) -> Mapping[tuple[str, str], int]:
        """How many messages there are by channel and state."""
        counted = select(outbox.c.channel, outbox.c.state, func.count()).group_by(
            outbox.c.channel, outbox.c.state
        )
        with self._database.read() as connection:
            return {(channel, state): n for channel, state, n in connection.execute(counted)}
