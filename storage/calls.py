"""Reads calls for action with all that hangs on them, the wards' budgets, and what is due."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, Table, exists, func, or_, select

from casework.calls import (
    BudgetLine,
    CallForAction,
    Check,
    DossierVersion,
    Interest,
    Ledger,
    Matter,
    Recommendation,
    Referral,
    Response,
    Step,
)
from casework.cases import Answer, Case, PromiseEnd
from casework.clocks import StatutoryClock
from casework.escalation import FlagRule
from casework.ladder import LIVE, Stage
from casework.packs import COUNCILLORS
from casework.states import OPEN
from storage.cases import Cases
from storage.database import Database
from storage.rows import from_row
from storage.tables import (
    TABLE_OF,
    budget_lines,
    calls,
    clocks,
    clusters,
    interests,
    ledgers,
    promises,
    questions,
    reports,
)

T = TypeVar("T")

_MISSED = (PromiseEnd.BROKEN, PromiseEnd.SLIPPED)


class Calls:
    """Calls for action and ward budgets, as the domain's own things."""

    def __init__(self, database: Database, cases: Cases) -> None:
        self._database = database
        self._cases = cases

    # --- One matter ---

    def matter(self, call_id: str) -> Matter | None:
        """The call with its case and all that hangs on both."""
        with self._database.read() as connection:
            call = _one(connection, CallForAction, select(calls).where(calls.c.id == call_id))
        return self._matter(call) if call else None

    def matter_of_cluster(self, cluster_id: str) -> Matter | None:
        """The matter of a case, with or without a call; None where there is no such case."""
        into_it = select(clusters.c.id).where(clusters.c.merged_into == cluster_id)
        its = or_(calls.c.cluster_id == cluster_id, calls.c.cluster_id.in_(into_it))
        # Its own before one of a case that was merged into it.
        first = (calls.c.cluster_id != cluster_id, calls.c.opened_at)
        with self._database.read() as connection:
            call = _one(connection, CallForAction, select(calls).where(its).order_by(*first).limit(1))
        if call:
            return self._matter(call)
        case = self._cases.case(cluster_id)
        if case is None:
            return None
        with self._database.read() as connection:
            return Matter(case=case, interests=_interests(connection, cluster_id))

    def matter_by_reference(self, reference: str) -> Matter | None:
        """The matter of a call's reference, or of a report's."""
        with self._database.read() as connection:
            call = _one(connection, CallForAction, select(calls).where(calls.c.reference == reference))
        if call:
            return self._matter(call)
        found = self._cases.case_by_reference(reference)
        return self.matter_of_cluster(found[0].cluster.id) if found else None

    def _matter(self, call: CallForAction) -> Matter:
        case = self._case(call.cluster_id)
        about = {call.cluster_id or call.id, case.cluster.id if case else call.id}
        with self._database.read() as connection:

            def of(cls: Callable[..., T], order: str) -> tuple[T, ...]:
                table = TABLE_OF[cls]  # type: ignore[index]
                mine = select(table).where(table.c.call_id == call.id)
                return tuple(_all(connection, cls, mine.order_by(table.c[order])))

            return Matter(
                case=case,
                call=call,
                steps=of(Step, "seq"),
                checks=of(Check, "at"),
                referrals=of(Referral, "referred_at"),
                recommendations=of(Recommendation, "number"),
                responses=of(Response, "at"),
                clocks=of(StatutoryClock, "started_at"),
                interests=_interests(connection, *about),
                lines=of(BudgetLine, "seq"),
                dossiers=of(DossierVersion, "number"),
            )

    def _case(self, cluster_id: str | None) -> Case | None:
        """The case; where it was merged into another, that one: its reporters are there."""
        case = self._cases.case(cluster_id) if cluster_id else None
        seen = {cluster_id}
        while case and case.cluster.merged_into and case.cluster.merged_into not in seen:
            seen.add(case.cluster.merged_into)
            case = self._cases.case(case.cluster.merged_into)
        return case

    # --- Several ---

    def of_ward(self, jurisdiction: str, ward: str) -> tuple[CallForAction, ...]:
        """The ward's calls that somebody has to do something about, the oldest first."""
        query = select(calls).where(
            calls.c.jurisdiction == jurisdiction, calls.c.ward == ward, calls.c.stage.in_(_names(LIVE))
        )
        return self._calls(query.order_by(calls.c.opened_at))

    def live(self, jurisdiction: str) -> tuple[CallForAction, ...]:
        """All of an authority's that somebody has to do something about, the oldest first."""
        query = select(calls).where(calls.c.jurisdiction == jurisdiction, calls.c.stage.in_(_names(LIVE)))
        return self._calls(query.order_by(calls.c.opened_at))

    def _calls(self, query: Select[tuple[object, ...]]) -> tuple[CallForAction, ...]:
        with self._database.read() as connection:
            return tuple(_all(connection, CallForAction, query))

    def brought(self, councillor: str, since: datetime) -> int:
        """How many calls this councillor has referred since then."""
        query = (
            select(func.count())
            .select_from(calls)
            .where(calls.c.raised_by == councillor, calls.c.referred_at >= since)
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def clusters_with_councillors(self, jurisdiction: str, ward: str) -> tuple[str, ...]:
        """The ward's open cases that are in its councillors' own hands, the oldest first."""
        query = (
            select(clusters.c.id)
            .where(
                clusters.c.jurisdiction == jurisdiction,
                clusters.c.ward == ward,
                clusters.c.state.in_(_names(OPEN)),
                clusters.c.service == COUNCILLORS,
            )
            .order_by(clusters.c.opened_at)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    # --- What is due ---

    def clusters_to_flag(
        self, jurisdiction: str, rule: FlagRule, hazards: Iterable[str], now: datetime
    ) -> tuple[str, ...]:
        """Open cases without a call that may meet the rule, the oldest first; more than do, never fewer."""

        def told(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
            of_cluster = select(func.count()).where(table.c.cluster_id == clusters.c.id, *conditions)
            return of_cluster.scalar_subquery()

        wanted = [
            clusters.c.jurisdiction == jurisdiction,
            clusters.c.ward.is_not(None),
            clusters.c.state.in_(_names(OPEN)),
            ~exists().where(calls.c.cluster_id == clusters.c.id),
        ]
        if rule.days_beyond_promise is not None:
            missed = or_(promises.c.end.is_(None), promises.c.end.in_(_names(_MISSED)))
            long_ago = now - timedelta(days=rule.days_beyond_promise)
            wanted.append(
                exists().where(promises.c.cluster_id == clusters.c.id, promises.c.due_at <= long_ago, missed)
            )
        if rule.voices > 1:
            wanted.append(told(reports, reports.c.own_state.is_(None)) >= rule.voices)
        if rule.reopenings:
            wanted.append(told(questions, questions.c.answer == str(Answer.NO)) >= rule.reopenings)
        if rule.harm:
            wanted.append(clusters.c.category.in_(list(hazards)))
        with self._database.read() as connection:
            found = connection.execute(select(clusters.c.id).where(*wanted).order_by(clusters.c.opened_at))
            return tuple(found.scalars())

    def clocks_running(self) -> tuple[StatutoryClock, ...]:
        """The clocks that nobody met or stopped, the next deadline first."""
        query = select(clocks).where(
            clocks.c.met_at.is_(None), clocks.c.stopped_at.is_(None), clocks.c.due_at.is_not(None)
        )
        with self._database.read() as connection:
            return tuple(_all(connection, StatutoryClock, query.order_by(clocks.c.due_at)))

    # --- Budgets ---

    def ledger(self, jurisdiction: str, ward: str, begins: date) -> Ledger | None:
        """A ward's budget of the year that begins on that day."""
        query = select(ledgers).where(
            ledgers.c.jurisdiction == jurisdiction, ledgers.c.ward == ward, ledgers.c.begins == begins
        )
        with self._database.read() as connection:
            return _one(connection, Ledger, query)

    def ledger_by_id(self, ledger_id: str) -> Ledger | None:
        """The ledger of that id."""
        with self._database.read() as connection:
            return _one(connection, Ledger, select(ledgers).where(ledgers.c.id == ledger_id))

    def lines(self, ledger_id: str) -> tuple[BudgetLine, ...]:
        """The entries of a ledger, oldest first."""
        query = select(budget_lines).where(budget_lines.c.ledger_id == ledger_id)
        with self._database.read() as connection:
            return tuple(_all(connection, BudgetLine, query.order_by(budget_lines.c.seq)))


def _interests(connection: Connection, *about: str) -> tuple[Interest, ...]:
    query = select(interests).where(interests.c.about.in_(about)).order_by(interests.c.declared_at)
    return tuple(_all(connection, Interest, query))


def _names(stages: Iterable[Stage] | Iterable[object]) -> list[str]:
    return sorted(map(str, stages))


def _one(connection: Connection, cls: Callable[..., T], query: Select[tuple[object, ...]]) -> T | None:
    row = connection.execute(query).mappings().first()
    return from_row(cls, row) if row else None


def _all(connection: Connection, cls: Callable[..., T], query: Select[tuple[object, ...]]) -> list[T]:
    return [from_row(cls, row) for row in connection.execute(query).mappings()]
