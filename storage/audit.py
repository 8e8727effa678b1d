"""The audit trail: appended by ``storage.commit``, chained here, read and verified; never changed.

Both tables refuse UPDATE and DELETE by triggers (migration 0005). Who can drop those is found out by
the chain, and who can make the chain anew by a head that somebody has written down.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, insert, select, text

from casework.audit import Flaw, Head, Link, flaws, linked
from casework.cases import Case
from casework.outcomes import AuditEntry
from storage.database import Database
from storage.locks import AUDIT_CHAIN
from storage.tables import audit, audit_chain

LOOK_BACK = 100_000
"""On PostgreSQL a smaller number may be committed later than a greater one: so far back we look."""

CHAINED_AT_ONCE = 500
"""A SQLite writer keeps all others waiting: so many take some hundredths of a second."""

_READ_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Tail:
    """The entries that no link holds yet: how many, and since when."""

    entries: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept: its number, and its place in the chain if it has one."""

    seq: int
    entry: AuditEntry
    position: int | None


class Audit:
    """Who did what, when and why."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- Chaining ---

    def chain(self, limit: int = CHAINED_AT_ONCE, look_back: int | None = LOOK_BACK) -> int:
        """Give the entries that can be seen their places, in order; how many got one.

        Only one process at a time does it, so that there is one order. An entry that was committed
        late gets a later place. None for ``look_back`` looks at everything.
        """
        with self._database.write() as connection:
            if not self._database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": AUDIT_CHAIN})
            found = connection.execute(_unchained(connection, look_back).order_by(audit.c.seq).limit(limit))
            links = list(linked(_head(connection), ((row.seq, _entry(row)) for row in found)))
            if links:
                connection.execute(insert(audit_chain), [asdict(link) for link in links])
            return len(links)

    # --- Verifying ---

    def head(self) -> Head | None:
        """The last link; None while there is none."""
        with self._database.read() as connection:
            return _head(connection)

    def hash_at(self, position: int) -> str | None:
        """The hash of the link at that position."""
        with self._database.read() as connection:
            query = select(audit_chain.c.hash).where(audit_chain.c.position == position)
            found: str | None = connection.execute(query).scalar()
            return found

    def length(self) -> int:
        """How many links there are."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(audit_chain)).scalar_one())

    def flaws(self, seen: Callable[[int], object] = lambda links: None) -> Iterator[Flaw]:
        """Everything that is wrong with the chain; ``seen`` is told how many links were looked at."""
        return flaws(self._chain(seen))

    def _chain(self, seen: Callable[[int], object]) -> Iterator[tuple[Link, AuditEntry | None]]:
        at = 0
        while rows := self._links_after(at):
            for row in rows:
                yield Link(row.position, row.chained, row.digest, row.hash), _entry(row) if row.act else None
            at = rows[-1].position
            seen(len(rows))

    def _links_after(self, position: int) -> Sequence[Row[Any]]:
        query = (
            select(audit_chain, audit_chain.c.seq.label("chained"), *_ENTRY)
            .outerjoin(audit, audit.c.seq == audit_chain.c.seq)
            .where(audit_chain.c.position > position)
            .order_by(audit_chain.c.position)
            .limit(_READ_AT_ONCE)
        )
        with self._database.read() as connection:
            return connection.execute(query).all()

    def tail(self) -> Tail:
        """What is not chained yet."""
        query = select(func.count(), func.min(audit.c.at)).where(_has_no_link())
        with self._database.read() as connection:
            entries, since = connection.execute(query).one()
            return Tail(int(entries), since)

    # --- Reading ---

    def of_case(self, case: Case) -> tuple[Kept, ...]:
        """The entries about a case and all that hangs on it, in the order of their writing."""
        ids = [case.cluster.id, *(r.id for r in case.reports), *(p.id for p in case.promises)]
        return self.about([*ids, *(q.id for q in case.questions), *(item.id for item in case.desk)])

    def of_act(self, act: str) -> tuple[AuditEntry, ...]:
        """Every entry of one kind of act, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(audit).where(audit.c.act == act).order_by(audit.c.seq))
            return tuple(_entry(row) for row in rows)

    def about(self, subjects: Iterable[str]) -> tuple[Kept, ...]:
        """The entries about things with these ids."""
        query = (
            select(audit.c.seq, *_ENTRY, audit_chain.c.position)
            .outerjoin(audit_chain, audit_chain.c.seq == audit.c.seq)
            .where(audit.c.subject.in_(list(subjects)))
            .order_by(audit.c.seq)
        )
        with self._database.read() as connection:
            return tuple(Kept(row.seq, _entry(row), row.position) for row in connection.execute(query))


_ENTRY = (audit.c.at, audit.c.actor, audit.c.act, audit.c.subject, audit.c.details)


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(row.at, row.actor, row.act, row.subject, row.details)


def _head(connection: Connection) -> Head | None:
    query = select(audit_chain.c.position, audit_chain.c.hash).order_by(audit_chain.c.position.desc())
    row = connection.execute(query.limit(1)).first()
    return Head(row.position, row.hash) if row else None


def _has_no_link() -> ColumnElement[bool]:
    return ~exists().where(audit_chain.c.seq == audit.c.seq)


def _unchained(connection: Connection, look_back: int | None) -> Select[Any]:
    query = select(audit.c.seq, *_ENTRY).where(_has_no_link())
    if look_back is None:
        return query
    newest = connection.execute(select(func.max(audit_chain.c.seq))).scalar() or 0
    return query.where(audit.c.seq > newest - look_back)
