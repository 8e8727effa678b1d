"""Which of our numbers a contact wrote to, when, and whether its carrier lets anything through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, select, update

from storage.database import Database, insert_or_skip
from storage.tables import lines, outbox


@dataclass(frozen=True, slots=True)
class Line:
    """How a contact is reached: from the number of ours that it wrote to last.

    ``heard_at`` is when it last wrote, which opens WhatsApp's window; ``blocked_at`` is set while
    the carrier keeps everything from it, because it sent one of the carrier's own words.
    """

    ours: str = ""
    heard_at: datetime | None = None
    blocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A contact wrote: to which number of ours, when, and what its carrier made of it by itself."""

    ours: str
    at: datetime
    carrier: str = ""


class Lines:
    """The lines of contacts on channels that have several numbers, windows or carriers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, contact_id: str) -> Line:
        """The contact's line; an empty one where nothing is known."""
        with self._database.read() as connection:
            row = connection.execute(select(lines).where(lines.c.contact_id == contact_id)).first()
        return Line(row.ours, row.heard_at, row.blocked_at) if row else Line()

    def block(self, contact_id: str, now: datetime) -> None:
        """The carrier lets nothing through to it from now on."""
        with self._database.write() as connection:
            _make(connection, contact_id)
            connection.execute(_blocked(contact_id, now))

    def unblock(self, contact_id: str) -> None:
        """The carrier lets messages through again."""
        with self._database.write() as connection:
            connection.execute(_blocked(contact_id, None))

    def close_window(self, contact_id: str) -> None:
        """The provider says that the window is shut, whatever we thought."""
        with self._database.write() as connection:
            connection.execute(update(lines).where(lines.c.contact_id == contact_id).values(heard_at=None))


def heard(connection: Connection, contact_id: str, what: Heard, now: datetime) -> None:
    """The contact wrote to a number of ours: what was held for it may go."""
    _make(connection, contact_id)
    known = connection.execute(select(lines.c.heard_at).where(lines.c.contact_id == contact_id)).scalar()
    if known is None or known <= what.at:
        values: dict[str, object] = {"ours": what.ours, "heard_at": what.at}
        if what.carrier in ("stop", "start"):
            values["blocked_at"] = what.at if what.carrier == "stop" else None
        connection.execute(update(lines).where(lines.c.contact_id == contact_id).values(values))
    connection.execute(
        update(outbox)
        .where(outbox.c.contact_id == contact_id, outbox.c.state == "held")
        .values(state="waiting", next_attempt_at=now)
    )


def _make(connection: Connection, contact_id: str) -> None:
    connection.execute(
        insert_or_skip(connection, lines, {"contact_id": contact_id, "ours": ""}, ["contact_id"])
    )


def _blocked(contact_id: str, at: datetime | None) -> Update:
    return update(lines).where(lines.c.contact_id == contact_id).values(blocked_at=at)
