"""Which cases something is due for. Each query gives ids of cases, the longest due first.

``jurisdictions`` are those that are served: what belongs to another never stands in their way.
``skip`` passes over the first so many, which the same run has looked at in vain.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, func, select

from casework.questions import ASK_AGAIN_AFTER, SILENT_AFTER
from casework.states import OPEN, State
from storage.database import Database
from storage.tables import clusters, offers, pauses, promises, questions

AT_ONCE = 100
_OPEN = [str(state) for state in OPEN]


class Due:
    """Looks for what is due at an instant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def overdue(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Cases with a promise that ran out and of which nobody was told."""
        return self._cases(
            promises.c.due_at,
            jurisdictions,
            skip,
            promises.c.ended_at.is_(None),
            promises.c.overdue_told_at.is_(None),
            promises.c.paused_at.is_(None),
            promises.c.due_at < now,
        )

    def reminders(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Cases whose service should be asked whether a promise will be kept."""
        return self._cases(
            promises.c.remind_at,
            jurisdictions,
            skip,
            promises.c.ended_at.is_(None),
            promises.c.reminded_at.is_(None),
            promises.c.paused_at.is_(None),
            promises.c.service.is_not(None),
            promises.c.remind_at <= now,
            promises.c.due_at >= now,
        )

    def pauses(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Cases whose pause is over."""
        return self._cases(
            pauses.c.until_at, jurisdictions, skip, pauses.c.ended_at.is_(None), pauses.c.until_at <= now
        )

    def offers(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Open cases that the service which has them has not accepted in time."""
        return self._cases(
            offers.c.answer_by,
            jurisdictions,
            skip,
            offers.c.accepted_at.is_(None),
            offers.c.refused_at.is_(None),
            offers.c.raised_at.is_(None),
            offers.c.answer_by < now,
            clusters.c.service == offers.c.service,
            clusters.c.state.in_(_OPEN),
        )

    def to_ask_again(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Cases in which somebody has not said for some days whether it was fixed."""
        return self._cases(
            questions.c.asked_at,
            jurisdictions,
            skip,
            questions.c.answered_at.is_(None),
            questions.c.silent_at.is_(None),
            questions.c.reminded_at.is_(None),
            questions.c.asked_at <= now - ASK_AGAIN_AFTER,
            clusters.c.state == str(State.FIXED_COUNCIL),
        )

    def silent(self, now: datetime, jurisdictions: Iterable[str], skip: int = 0) -> Sequence[str]:
        """Cases in which an answer was waited for long enough."""
        return self._cases(
            questions.c.asked_at,
            jurisdictions,
            skip,
            questions.c.answered_at.is_(None),
            questions.c.silent_at.is_(None),
            questions.c.asked_at <= now - SILENT_AFTER,
        )

    def _cases(
        self,
        since: Column[datetime],
        jurisdictions: Iterable[str],
        skip: int,
        *conditions: ColumnElement[bool],
    ) -> Sequence[str]:
        table = since.table
        query = (
            select(table.c.cluster_id)
            .join(clusters, clusters.c.id == table.c.cluster_id)
            .where(table.c.jurisdiction.in_(list(jurisdictions)), *conditions)
            .group_by(table.c.cluster_id)
            .order_by(func.min(since), table.c.cluster_id)
            .offset(skip)
            .limit(AT_ONCE)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalars().all()
