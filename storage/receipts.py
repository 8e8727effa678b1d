"""What a provider tells of a message after it took it: each part has an id and a state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.database import Database, insert_or_skip
from storage.tables import outbox, receipts

ACCEPTED = "queued"
_RANK: Mapping[str, int] = {
    name: number
    for number, name in enumerate(
        ("accepted", "scheduled", "queued", "sending", "sent", "delivered", "read", "undelivered", "failed")
    )
}
STATES = frozenset(_RANK)
LOST = frozenset({"undelivered", "failed"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far a part has come, and the provider's code where it was lost."""

    state: str
    code: int | None = None


class Receipts:
    """The parts of messages that providers have taken."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def parts(self, outbox_id: int) -> Mapping[int, str]:
        """The parts of a message that are out already, with their ids."""
        with self._database.read() as connection:
            query = select(receipts.c.part, receipts.c.provider_id).where(receipts.c.outbox_id == outbox_id)
            return {part: provider_id for part, provider_id in connection.execute(query)}

    def knows(self, provider_id: str) -> bool:
        """True if that id is a part of some message already."""
        with self._database.read() as connection:
            query = select(receipts.c.outbox_id).where(
                receipts.c.provider_id == provider_id, receipts.c.outbox_id.is_not(None)
            )
            return connection.execute(query).first() is not None

    def taken(self, outbox_id: int, part: int, provider_id: str, now: datetime) -> Receipt:
        """The provider has taken that part. A receipt may have come before we knew the id: that."""
        row = {"provider_id": provider_id, "state": ACCEPTED, "at": now}
        with self._database.write() as connection:
            connection.execute(insert_or_skip(connection, receipts, row, ["provider_id"]))
            connection.execute(
                update(receipts)
                .where(receipts.c.provider_id == provider_id)
                .values(outbox_id=outbox_id, part=part)
            )
            _sum_up(connection, outbox_id)
            known = connection.execute(
                select(receipts.c.state, receipts.c.code).where(receipts.c.provider_id == provider_id)
            ).one()
            return Receipt(known.state, known.code)

    def record(self, provider_id: str, state: str, code: int | None, now: datetime) -> int | None:
        """A receipt came: the message it is of, or None if it says nothing new or of none we know.

        Receipts may come twice and in any order: a state that was passed already changes nothing.
        """
        with self._database.write() as connection:
            row = {"provider_id": provider_id, "state": "accepted", "at": now}
            connection.execute(insert_or_skip(connection, receipts, row, ["provider_id"]))
            known = connection.execute(
                select(receipts.c.state, receipts.c.outbox_id).where(receipts.c.provider_id == provider_id)
            ).one()
            if _RANK.get(state, -1) <= _RANK[known.state]:
                return None
            connection.execute(
                update(receipts)
                .where(receipts.c.provider_id == provider_id)
                .values(state=state, code=code, at=now)
            )
            if known.outbox_id is None:
                return None
            _sum_up(connection, known.outbox_id)
            return int(known.outbox_id)

    def forget_lost(self, outbox_id: int) -> None:
        """The parts that did not arrive are to be sent again."""
        with self._database.write() as connection:
            connection.execute(
                delete(receipts).where(receipts.c.outbox_id == outbox_id, receipts.c.state.in_(LOST))
            )
            connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(receipt=None))

    def state(self, outbox_id: int) -> str | None:
        """How far the message has come, by the provider's own word."""
        with self._database.read() as connection:
            found: str | None = connection.execute(
                select(outbox.c.receipt).where(outbox.c.id == outbox_id)
            ).scalar()
            return found


def _sum_up(connection: Connection, outbox_id: int) -> None:
    """A message is as far as the part that is behind the others, and lost if one is."""
    states = connection.execute(select(receipts.c.state).where(receipts.c.outbox_id == outbox_id)).scalars()
    found = list(states)
    lost = [state for state in found if state in LOST]
    worst = lost[0] if lost else min(found, key=_RANK.__getitem__)
    connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(receipt=worst))
