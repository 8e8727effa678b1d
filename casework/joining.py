"""A new report joins the cluster of its problem, or starts one and asks whether it is the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework import bursts
from casework.cases import Case, DeskItem, DeskKind, Promise, Report
from casework.clusters import Looked, Match, Near, Neighbour, Verdict, best_match, look_for
from casework.filing import Filed, Telling, desk_item, file_report, make_promise, make_update, new_report
from casework.likeness import Account, account_told
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Pack
from casework.states import OPEN, State


@dataclass(frozen=True, slots=True)
class Sought:
    """A report to be filed, what to compare it by, and where its problem may be known."""

    telling: Telling
    account: Account
    near: Near | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A report as it was filed. ``match`` is the cluster that it joined, or is asked about."""

    filed: Filed
    match: Match | None = None

    @property
    def joined(self) -> bool:
        """True if it is a further voice of a problem that was known."""
        return self.match is not None and self.match.verdict is Verdict.JOIN

    @property
    def asks(self) -> bool:
        """True if its resident must say whether it is the same."""
        return self.match is not None and self.match.verdict is Verdict.ASK


def seek(pack: Pack, telling: Telling, now: datetime) -> Sought:
    """What to look for before the report is filed: nothing where its place is not known."""
    hashes = [photo.dhash for photo in telling.photos]
    account = account_told(telling.category, telling.text, telling.place, now, hashes)
    known = telling.place_sure and telling.areas.ward is not None
    return Sought(telling, account, look_for(pack, account) if known else None)


def choose(pack: Pack, sought: Sought, seen: Sequence[Neighbour]) -> Match | None:
    """The cluster of the same problem.

    What the machine was not sure of itself is asked about, and never joined by it. A sensitive matter
    stays by itself: to learn that somebody else told of it, or what came of it, is no neighbour's
    business. Staff see that it may be the same.
    """
    match = best_match(pack, sought.account, seen)
    if match is None or match.verdict is Verdict.ASK:
        return match
    category = pack.category(sought.telling.category)
    waits = match.neighbour.state is State.FOR_TRIAGE
    unsure = not sought.telling.sure or waits or (category is not None and category.sensitive)
    return replace(match, verdict=Verdict.ASK) if unsure else match


def place(
    pack: Pack,
    sought: Sought,
    seen: Sequence[Neighbour],
    match: Match | None,
    case: Case | None,
    now: datetime,
    mint: Mint,
    told_with: str | None = None,
) -> Placed:
    """File the report: into ``case``, the one that it matches for sure, or by itself.

    ``seen`` is what was near by when ``match`` was chosen; storage looks again under a lock.
    """
    if case is not None and match is not None and case.cluster.state in OPEN:
        filed = _join(pack, sought.telling, case, match, now, mint, told_with)
    else:
        filed = file_report(pack, sought.telling, now, mint, told_with)
        if match is not None:
            sure = match.probability >= pack.joining.join
            match = replace(match, verdict=Verdict.ASK)
            asks = _may_ask(pack, filed)
            filed = _with(filed, _doubt(filed.report, match, asks, now, mint) if asks or sure else Outcome())
            match = match if asks else None
    looked = Looked(sought.near, frozenset(one.cluster_id for one in seen)) if sought.near else None
    return Placed(_with(filed, Outcome(looked=(looked,) if looked else ())), match)


def _may_ask(pack: Pack, filed: Filed) -> bool:
    """A resident learns nothing of another's sensitive matter."""
    category = pack.category(filed.report.category)
    return not (category and category.sensitive)


def _with(filed: Filed, more: Outcome) -> Filed:
    return replace(filed, outcome=filed.outcome + more)


def _doubt(report: Report, match: Match, asks: bool, now: datetime, mint: Mint) -> Outcome:
    """It may be the same: kept for the resident's answer, or for a person where nobody can be asked.

    No mail tells staff of what a resident was asked: both reports go their way, answered or not.
    """
    item = replace(
        desk_item(DeskKind.SAME_PROBLEM, report, now, mint, match.neighbour.cluster_id),
        contact_id=None,
        mailed_at=now if asks else None,
    )
    return Outcome(new=(item,), audit=(_audit(report, "report_may_be_same", match, now),))


def _audit(report: Report, act: str, match: Match, now: datetime) -> AuditEntry:
    details = {"cluster": match.neighbour.cluster_id, "probability": round(match.probability, 3)}
    return AuditEntry(now, "system", act, report.id, details)


def _join(
    pack: Pack,
    telling: Telling,
    case: Case,
    match: Match,
    now: datetime,
    mint: Mint,
    told_with: str | None,
) -> Filed:
    """A further voice of the case: its own reference, the case's state, service and date."""
    cluster = replace(case.cluster, reported_at=now)
    report = new_report(pack, telling, cluster, now, mint, told_with)
    burst = bursts.found(case, report, telling.known_since)
    report = replace(report, doubtful=bool(burst))
    promise = promise_like(pack, case, report, telling, now, mint)
    photos = tuple(replace(photo, report_id=report.id) for photo in telling.photos)
    filed = AuditEntry(
        now,
        "resident",
        "report_filed",
        report.id,
        {"category": report.category, "ward": report.ward, "service": cluster.service},
    )
    outcome = Outcome(
        new=(report, promise),
        changed=(cluster, *photos),
        updates=(make_update(report, "update.joined", "resident", now, mint, state=cluster.state),),
        audit=(filed, _audit(report, "report_joined", match, now)),
    )
    return Filed(report, cluster, promise, outcome + bursts.flagged(case, report, burst, now, mint))


def promise_like(
    pack: Pack, case: Case, report: Report, telling: Telling, now: datetime, mint: Mint
) -> Promise:
    """The date that the others were told, as long as it is to come; else the charter's from now."""
    promise = make_promise(pack, report, case.cluster, telling.areas, now, mint)
    running = [other.due_at for other in case.open_promises if other.due_at > now]
    return replace(promise, due_at=min(running)) if running else promise


def same_problem_items(case: Case, report: Report) -> tuple[DeskItem, ...]:
    """The open doubts whether this report is the same as another."""
    return tuple(
        item for item in case.desk if item.kind is DeskKind.SAME_PROBLEM and item.report_id == report.id
    )
