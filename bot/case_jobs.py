"""What the clock does to cases: sent on, chased, reminded, overdue, asked again, silent.

Each job looks for the cases for which something is due at ``now``, and asks the rule that is also
asked when the case itself is read: what somebody else did meanwhile is never undone.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.due_work import Packs, page_by_page, written
from casework import filing, handovers, promises, questions
from casework.cases import Case, Report
from casework.clock import Clock
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import Pack
from storage.store import Store

Find = Callable[[datetime, Iterable[str], int], Sequence[str]]
Rule = Callable[[Pack, Case, datetime, Mint], Outcome]


def send_on_due(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Reports whose correction window is over go to their services."""
    now = clock.now()

    def send(report: Report) -> bool:
        case = store.cases.case(report.cluster_id)
        if case is None or case.report(report.id).sent_at is not None:
            return False
        pack = packs[report.jurisdiction]
        return written(store, filing.send_on(pack, case, report.id, now, mint), now)

    return page_by_page(lambda skip: store.cases.reports_to_send(now, packs, skip), send)


def tell_overdue(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Residents and services hear of promises that ran out, once."""
    return _each_case(store, packs, clock, mint, store.due.overdue, promises.tell_overdue)


def remind_services(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Services are asked before a promised day whether they will make it."""

    def rule(pack: Pack, case: Case, now: datetime, _mint: Mint) -> Outcome:
        return promises.remind(pack, case, now)

    return _each_case(store, packs, clock, mint, store.due.reminders, rule)


def end_pauses(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """A clock that stood still as long as was said runs again."""
    return _each_case(store, packs, clock, mint, store.due.pauses, promises.end_pause)


def chase_offers(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """A service that has not said whether a case is its own is reminded; then a person is called."""
    return _each_case(store, packs, clock, mint, store.due.offers, handovers.chase)


def ask_again(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Who has not said for some days whether it was fixed is asked once more."""

    def rule(pack: Pack, case: Case, now: datetime, _mint: Mint) -> Outcome:
        return questions.ask_again(pack, case, now)

    return _each_case(store, packs, clock, mint, store.due.to_ask_again, rule)


def end_questions(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Silence is recorded as silence."""

    def rule(_pack: Pack, case: Case, now: datetime, _mint: Mint) -> Outcome:
        return questions.end_questions(case, now)

    return _each_case(store, packs, clock, mint, store.due.silent, rule)


def _each_case(store: Store, packs: Packs, clock: Clock, mint: Mint, find: Find, rule: Rule) -> int:
    now = clock.now()

    def do(cluster_id: str) -> bool:
        case = store.cases.case(cluster_id)
        if case is None:
            return False
        return written(store, rule(packs[case.cluster.jurisdiction], case, now, mint), now)

    return page_by_page(lambda skip: find(now, packs, skip), do)
