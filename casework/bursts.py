"""The same words from several people who never wrote before: shown to a person, not counted, not dropped."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from casework.cases import Case, DeskItem, DeskKind, Report
from casework.filing import desk_item
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome

AT_LEAST = 3
"""So many people with the same words are a burst."""

WITHIN = timedelta(hours=6)
NEWCOMER = timedelta(days=1)
"""So long before their report a newcomer first wrote."""

LEAST_WORDS = 6
"""Fewer words are the same by chance."""


def found(case: Case, report: Report, known_since: datetime | None) -> tuple[Report, ...]:
    """The reports of the case that belong to a burst with this new one; empty where there is none."""
    words = _words(report)
    if len(words) < LEAST_WORDS or known_since is None or report.created_at - known_since > NEWCOMER:
        return ()
    same = tuple(
        other
        for other in case.standing
        if report.created_at - other.created_at <= WITHIN
        and other.contact_id != report.contact_id
        and _is_newcomer(case, other)
        and _words(other) == words
    )
    people = {case.person_of(other) for other in same}
    return same if len(people) >= AT_LEAST - 1 else ()


def _is_newcomer(case: Case, report: Report) -> bool:
    known = case.reporters.get(report.contact_id or "")
    return known is not None and report.created_at - known.since <= NEWCOMER


def _words(report: Report) -> list[str]:
    return re.findall(r"\w+", report.text.casefold())


def flagged(case: Case, report: Report, burst: tuple[Report, ...], now: datetime, mint: Mint) -> Outcome:
    """All but the first of them wait for a person, who is told once for each case."""
    if not burst:
        return Outcome()
    doubted = tuple(replace(other, doubtful=True) for other in burst[1:] if not other.doubtful)
    # Who has looked once at these words need not look at each of them.
    waits = any(i.kind is DeskKind.SAME_WORDS for i in case.desk) or any(r.doubtful for r in burst)
    items = () if waits else (replace(desk_item(DeskKind.SAME_WORDS, report, now, mint), contact_id=None),)
    audit = AuditEntry(now, "system", "same_words_flagged", report.id, {"reports": len(burst) + 1})
    return Outcome(new=items, changed=doubted, audit=(audit,))


def decide(case: Case, item: DeskItem, counts: bool, actor: str, now: datetime) -> Outcome:
    """A person looked: they count as voices after all, or they stay uncounted."""
    done = replace(item, done_at=now, done_by=actor)
    doubted = tuple(replace(r, doubtful=False) for r in case.reports if r.doubtful) if counts else ()
    act = "same_words_counted" if counts else "same_words_not_counted"
    return Outcome(changed=(*doubted, done), audit=(AuditEntry(now, actor, act, case.cluster.id),))
