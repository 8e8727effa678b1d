"""Counts what was promised, asked and offered, for the figures of ``casework.ledger``."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select

from casework.ledger import LATE, RIGHT, SILENT, WRONG, Counted
from storage.database import Database
from storage.tables import offers, promises, questions


class Ledger:
    """Counts for one authority, of what was judged from ``since`` until ``until`` (exclusive)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def promised(self, jurisdiction: str, since: datetime, until: datetime) -> tuple[Counted, ...]:
        """Promises of services by how they ended; ``late`` where the date passed and they still run."""
        is_late = and_(
            promises.c.ended_at.is_(None), promises.c.paused_at.is_(None), promises.c.due_at < until
        )
        end = case((promises.c.ended_at.is_(None), literal(LATE)), else_=promises.c.end)
        ended = and_(promises.c.ended_at >= since, promises.c.ended_at < until)
        return self._counted(
            select(promises.c.service, promises.c.category, promises.c.ward, end, func.count())
            .where(
                promises.c.jurisdiction == jurisdiction,
                promises.c.service.is_not(None),
                or_(ended, and_(is_late, promises.c.due_at >= since)),
            )
            .group_by(promises.c.service, promises.c.category, promises.c.ward, end)
        )

    def asked(self, jurisdiction: str, since: datetime, until: datetime) -> tuple[Counted, ...]:
        """Answers to questions asked in that time; those that wait for one are not counted."""
        end = case((questions.c.answer.is_(None), literal(SILENT)), else_=questions.c.answer)
        return self._counted(
            select(
                questions.c.service, questions.c.category, questions.c.ward, end.label("end"), func.count()
            )
            .where(
                questions.c.jurisdiction == jurisdiction,
                questions.c.asked_at >= since,
                questions.c.asked_at < until,
                or_(questions.c.answer.is_not(None), questions.c.silent_at.is_not(None)),
            )
            .group_by(questions.c.service, questions.c.category, questions.c.ward, end)
        )

    def offered(self, jurisdiction: str, since: datetime, until: datetime) -> tuple[Counted, ...]:
        """Cases first offered in that time and accepted by now, by who was offered them first."""
        query = (
            select(offers)
            .where(offers.c.jurisdiction == jurisdiction)
            .order_by(offers.c.cluster_id, offers.c.offered_at, offers.c.id)
        )
        found: Counter[tuple[str, str, str | None, str]] = Counter()
        firsts: dict[str, tuple[str, str, str | None, datetime]] = {}
        holders: dict[str, str] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                firsts.setdefault(row.cluster_id, (row.service, row.category, row.ward, row.offered_at))
                if row.accepted_at is not None and row.refused_at is None:
                    holders.setdefault(row.cluster_id, row.service)
        for cluster_id, (service, category, ward, offered_at) in firsts.items():
            if cluster_id in holders and since <= offered_at < until:
                end = RIGHT if holders[cluster_id] == service else WRONG
                found[service, category, ward, end] += 1
        return tuple(Counted(*group, number) for group, number in found.items())

    def _counted(self, query: Select[Any]) -> tuple[Counted, ...]:
        with self._database.read() as connection:
            return tuple(Counted(*row) for row in connection.execute(query).all())
