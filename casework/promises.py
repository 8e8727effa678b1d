"""The dates that residents were told: kept, moved in the open, or broken."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from casework.calendars import end_of_day, later_by, reminder
from casework.cases import Case, Cluster, Hands, Pause, Promise, PromiseEnd
from casework.errors import NotAllowed
from casework.filing import make_update
from casework.minting import Mint
from casework.offers import accepted, check_holder
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Pack, Reason, Unit, Use
from casework.states import OPEN
from casework.telling import cluster_update, tell, tell_all, tell_holder

LONGEST_MOVE = timedelta(days=730)
"""A new date is at most so far away: later than that is no promise."""

LONGEST_PAUSE = timedelta(days=92)
"""A clock stands still for at most a quarter of a year at a time; then it must be said again."""


# --- What a service says -------------------------------------------------------------------------


def promise_anew(
    pack: Pack,
    case: Case,
    day: date,
    reason: str,
    actor: str,
    words: str,
    now: datetime,
    mint: Mint,
) -> Outcome:
    """The service needs longer: the old dates have slipped, and everyone is told the new one and why.

    Raises NotAllowed for a reason that the charter does not list, a day that is past or no later
    than what was promised, and a case that is over or with somebody else.
    """
    check_holder(pack, case, actor, now)
    because = _reason(pack, reason, Use.LONGER)
    case, pauses = unpaused(pack, case, actor, now)
    due_at = _new_date(pack, case, day, now)
    slipping = tuple(p for p in case.open_promises if p.due_at < due_at)
    others = tuple(p for p in case.open_promises if p.due_at >= due_at) if pauses else ()
    ended = tuple(_slipped(promise, reason, now) for promise in slipping)
    made = {p.report_id: _made_anew(pack, case.cluster, p, due_at, now, mint) for p in slipping}
    cluster = replace(case.cluster, hands=Hands.ACCEPTED, changed_at=now)
    was = {promise.report_id: promise.due_at.isoformat() for promise in slipping}
    return Outcome(
        new=tuple(made.values()),
        changed=(cluster, *pauses, *accepted(case, actor, now), *ended, *others),
        updates=(cluster_update(case, "update.longer", actor, now, mint, None, _public(because, words)),),
        audit=(AuditEntry(now, actor, "promise_slipped", cluster.id, {"reason": reason, "day": str(day)}),),
        notices=tuple(
            tell(
                pack,
                case,
                cluster,
                report,
                "told.longer",
                words,
                promise=promise,
                also={"reason": because.name, "was_on": was[report.id]},
            )
            for report in case.hearers
            if (promise := made.get(report.id))
        ),
    )


def _reason(pack: Pack, code: str, use: Use) -> Reason:
    found = pack.reason(code)
    if found is None or use not in found.uses:
        raise NotAllowed("no such reason", key=f"act.why_{use}")
    return found


def _public(because: Reason, words: str) -> str:
    """What stands in the history: the published reason, and the service's own words under it."""
    return f"{because.name}\n{words.strip()}".strip()


def _new_date(pack: Pack, case: Case, day: date, now: datetime) -> datetime:
    """The end of the day that is promised now. Raises NotAllowed for one that is none."""
    if case.cluster.state not in OPEN or not case.open_promises:
        raise NotAllowed("the case is over", key="act.over")
    due_at = end_of_day(day, pack.calendar)
    if due_at <= now:
        raise NotAllowed("a date in the past", key="act.date_past")
    if due_at > now + LONGEST_MOVE:
        raise NotAllowed("too far away", key="act.date_too_far")
    if all(promise.due_at >= due_at for promise in case.open_promises):
        promised = max(promise.due_at for promise in case.open_promises)
        raise NotAllowed("no later", key="act.date_not_later", promised_on=promised.isoformat())
    return due_at


def _slipped(promise: Promise, reason: str, now: datetime) -> Promise:
    """Told before the date it slipped; told after it, it was broken already."""
    end = PromiseEnd.SLIPPED if now <= promise.due_at else PromiseEnd.BROKEN
    return replace(promise, ended_at=now, end=end, reason=reason)


def _made_anew(
    pack: Pack, cluster: Cluster, old: Promise, due_at: datetime, now: datetime, mint: Mint
) -> Promise:
    return Promise(
        id=mint.id(),
        report_id=old.report_id,
        cluster_id=old.cluster_id,
        jurisdiction=old.jurisdiction,
        category=cluster.category,
        ward=cluster.ward,
        service=cluster.service,
        made_at=now,
        due_at=due_at,
        unit=Unit.WORKING_DAYS,
        remind_at=reminder(now, due_at, pack.calendar),
    )


def pause(
    pack: Pack,
    case: Case,
    until: date,
    reason: str,
    actor: str,
    words: str,
    now: datetime,
    mint: Mint,
) -> Outcome:
    """The clock stands still until that day at the latest; everyone is told why.

    Raises NotAllowed for a reason that the charter does not list, a day that is past or too far
    away, a date that has passed already, and a case that is paused, over or with somebody else.
    """
    check_holder(pack, case, actor, now)
    because = _reason(pack, reason, Use.PAUSE)
    _check_pause(case, now)
    until_at = end_of_day(until, pack.calendar)
    if until_at <= now:
        raise NotAllowed("a date in the past", key="act.date_past")
    if until_at > now + LONGEST_PAUSE:
        raise NotAllowed("too long", key="act.pause_too_long", days=LONGEST_PAUSE.days)
    cluster = replace(case.cluster, hands=Hands.ACCEPTED, paused_at=now, changed_at=now)
    paused = Pause(mint.id(), cluster.id, pack.code, cluster.service, reason, actor, now, until_at)
    stopped = tuple(replace(promise, paused_at=now) for promise in case.open_promises)
    return Outcome(
        new=(paused,),
        changed=(cluster, *accepted(case, actor, now), *stopped),
        updates=(cluster_update(case, "update.paused", actor, now, mint, None, _public(because, words)),),
        audit=(AuditEntry(now, actor, "case_paused", cluster.id, {"reason": reason, "until": str(until)}),),
        notices=tell_all(
            pack,
            case,
            cluster,
            "told.paused",
            words,
            also={"reason": because.name, "until_on": until_at.isoformat()},
        ),
    )


def _check_pause(case: Case, now: datetime) -> None:
    if case.cluster.state not in OPEN or not case.open_promises:
        raise NotAllowed("the case is over", key="act.over")
    if case.cluster.paused_at is not None:
        raise NotAllowed("paused already", key="act.paused_already")
    if any(promise.due_at < now for promise in case.open_promises):
        raise NotAllowed("the date has passed", key="act.pause_too_late")


def resume(pack: Pack, case: Case, actor: str, now: datetime, mint: Mint) -> Outcome:
    """The clock runs again, and the dates move by the time in which it stood still; everyone is told.

    Raises NotAllowed where it does not stand still, or the case is with somebody else.
    """
    check_holder(pack, case, actor, now)
    if case.cluster.paused_at is None:
        raise NotAllowed("not paused", key="act.not_paused")
    going, ended = unpaused(pack, case, actor, now)
    cluster = replace(going.cluster, changed_at=now)
    return Outcome(
        changed=(cluster, *ended, *going.open_promises),
        updates=(cluster_update(case, "update.resumed", actor, now, mint, None, ""),),
        audit=(AuditEntry(now, actor, "case_resumed", cluster.id),),
        notices=tell_all(pack, going, cluster, "told.resumed"),
    )


def unpaused(pack: Pack, case: Case, actor: str, now: datetime) -> tuple[Case, tuple[Pause, ...]]:
    """The case with its clock running, and the pauses that end by it.

    Whoever uses it must write the pauses and, where they do not end, the running promises.
    """
    if case.cluster.paused_at is None:
        return case, ()
    ended = tuple(replace(p, ended_at=now, ended_by=actor) for p in case.pauses if p.ended_at is None)
    promises = tuple(p if p.ended_at else _going_on(pack, p, now) for p in case.promises)
    return replace(case, cluster=replace(case.cluster, paused_at=None), promises=promises), ended


def by_the_clock_of(pack: Pack, cluster: Cluster, promise: Promise, now: datetime) -> Promise:
    """A promise that comes to another case: its clock stands still with that one's, or runs with it."""
    if cluster.paused_at is None:
        return _going_on(pack, promise, now)
    return promise if promise.paused_at else replace(promise, paused_at=now)


def _going_on(pack: Pack, promise: Promise, now: datetime) -> Promise:
    if promise.paused_at is None:
        return promise
    due_at = later_by(promise.due_at, promise.unit, promise.paused_at, now, pack.calendar)
    return replace(
        promise,
        due_at=due_at,
        first_due_at=promise.first_due_at or promise.due_at,
        paused_at=None,
        remind_at=reminder(now, due_at, pack.calendar),
        reminded_at=None,
    )


# --- What the clock says -------------------------------------------------------------------------


def end_pause(pack: Pack, case: Case, now: datetime, mint: Mint) -> Outcome:
    """A pause has lasted as long as it was said to: the clock runs again by itself."""
    if case.cluster.paused_at is not None and case.cluster.state in OPEN:
        return resume(pack, case, "system", now, mint)
    # The case was closed or passed on meanwhile: only the pause itself is still open.
    over = tuple(replace(p, ended_at=now, ended_by="system") for p in case.pauses if p.ended_at is None)
    return Outcome(changed=over)


def remind(pack: Pack, case: Case, now: datetime) -> Outcome:
    """Before a date: its service is asked, once for the whole case, whether it will be kept."""
    near = tuple(p for p in case.open_promises if is_reminder_due(p, now))
    if not near:
        return Outcome()
    first = min(near, key=lambda promise: promise.due_at)
    report = case.report(first.report_id)
    return Outcome(
        changed=tuple(replace(promise, reminded_at=now) for promise in near),
        audit=(AuditEntry(now, "system", "promise_reminded", case.cluster.id, {"promises": len(near)}),),
        notices=tell_holder(pack, case.cluster, report, "service.due_soon", now),
    )


def is_reminder_due(promise: Promise, now: datetime) -> bool:
    """True if its service should be asked now whether it will be kept."""
    asked = promise.reminded_at is not None or promise.paused_at is not None or promise.service is None
    return not asked and promise.remind_at is not None and promise.remind_at <= now <= promise.due_at


def is_overdue(promise: Promise, now: datetime) -> bool:
    """True if its date has passed and nobody was told."""
    told = promise.overdue_told_at is not None or promise.ended_at is not None
    return not told and promise.paused_at is None and promise.due_at < now


def tell_overdue(pack: Pack, case: Case, now: datetime, mint: Mint) -> Outcome:
    """Promised dates have passed: each resident is told, and the service once for the whole case."""
    late = tuple(promise for promise in case.open_promises if is_overdue(promise, now))
    if not late:
        return Outcome()
    # One message to each person, about the first of their dates.
    first = {case.person_of(case.report(p.report_id)): p for p in reversed(late)}
    told = [(p, case.report(p.report_id)) for p in late if p in first.values()]
    told = [(promise, report) for promise, report in told if report.own_state is None]
    reports = [report for _, report in told] or [case.report(late[0].report_id)]
    # What nobody has sorted comes before staff again.
    unsorted = () if case.cluster.service else tuple(replace(item, mailed_at=None) for item in case.desk)
    return Outcome(
        changed=(*(replace(promise, overdue_told_at=now) for promise in late), *unsorted),
        updates=tuple(make_update(report, "update.overdue", "system", now, mint) for report in reports),
        audit=tuple(AuditEntry(now, "system", "promise_overdue", promise.id) for promise in late),
        notices=(
            *(
                tell(pack, case, case.cluster, report, "told.overdue", promise=promise)
                for promise, report in told
                if report.contact_id
            ),
            *tell_holder(pack, case.cluster, reports[0], "service.overdue", now),
        ),
    )
