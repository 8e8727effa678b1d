"""What a service, a resident's answer or the clock does to a case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from casework.calendars import local
from casework.cases import (
    Answer,
    Case,
    Cluster,
    DeskKind,
    Hands,
    Promise,
    PromiseEnd,
    Question,
    Report,
    Update,
)
from casework.errors import NotAllowed
from casework.filing import (
    areas_of,
    desk_item,
    end_promise,
    filed_parameters,
    make_promise,
    make_update,
    service_notice,
)
from casework.minting import Mint
from casework.outcomes import AuditEntry, Button, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.routing import recipients, service_name
from casework.states import CLOSED, FIXED, State, check_transition

MOST_HANDOVERS = 3
"""A case is passed on at most so often before it goes to a person (a bounce limit)."""


class Act(StrEnum):
    """What a service may say of a case from its e-mail."""

    SEEN = "seen"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    UNABLE = "unable"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Effect:
    """The state an act leads to, and whether the service must say why."""

    state: State
    needs_words: bool = False


EFFECTS: Mapping[Act, Effect] = {
    Act.SEEN: Effect(State.INVESTIGATING),
    Act.IN_PROGRESS: Effect(State.IN_PROGRESS),
    Act.DONE: Effect(State.FIXED_COUNCIL),
    Act.UNABLE: Effect(State.UNABLE_TO_FIX, needs_words=True),
}


def may_act(case: Case, act: Act) -> bool:
    """True where the act leads somewhere from the case's present state."""
    if act is Act.NOT_OURS:
        return case.cluster.state not in (FIXED | CLOSED | {State.HIDDEN})
    try:
        check_transition(case.cluster.state, EFFECTS[act].state)
    except NotAllowed:
        return False
    return True


def act(pack: Pack, case: Case, doing: Act, actor: str, words: str, now: datetime, mint: Mint) -> Outcome:
    """A service says seen, in progress, done or unable; every reporter hears of it.

    Raises TransitionNotAllowed where the state does not allow it, NotAllowed where a reason is
    missing or the case is no longer with this service.
    """
    effect = EFFECTS[doing]
    _check_holder(pack, case, actor, now)
    check_transition(case.cluster.state, effect.state)
    if effect.needs_words and not words.strip():
        raise NotAllowed("a reason is needed", key="act.reason_needed")
    cluster = replace(case.cluster, state=effect.state, hands=Hands.ACCEPTED, changed_at=now)
    over = effect.state in FIXED | CLOSED
    ended = tuple(end_promise(p, _end_for(effect.state), now) for p in case.open_promises) if over else ()
    questions = _questions(case, now, mint) if doing is Act.DONE else ()
    return Outcome(
        new=questions,
        changed=(cluster, *ended),
        updates=(_cluster_update(case, f"update.{doing}", actor, now, mint, effect.state, words),),
        audit=(AuditEntry(now, actor, f"case_{doing}", cluster.id, {"state": effect.state}),),
        notices=tuple(
            _tell(pack, case, cluster, report, f"told.{doing}", words, asks=doing is Act.DONE)
            for report in case.standing
            if report.contact_id
        ),
    )


def is_holder(pack: Pack, case: Case, actor: str, now: datetime) -> bool:
    """True if the case is with this ``service:CODE`` or ``councillor:ID``, or it is no such actor.

    A link of a service that has passed the case on does nothing any more, nor that of somebody
    who is not the ward's councillor now.
    """
    if not actor.startswith(("service:", "councillor:")):
        return True
    holder = case.cluster.service
    if holder is None:
        return False
    return actor in recipients(pack, holder, case.cluster.ward, local(now, pack.calendar).date())


def _check_holder(pack: Pack, case: Case, actor: str, now: datetime) -> None:
    if not is_holder(pack, case, actor, now):
        raise NotAllowed("passed on", key="act.passed_on", who=service_name(pack, case.cluster.service))


def _end_for(state: State) -> PromiseEnd:
    return PromiseEnd.KEPT if state in FIXED else PromiseEnd.BROKEN


def _cluster_update(
    case: Case, key: str, actor: str, now: datetime, mint: Mint, state: State, words: str
) -> Update:
    return make_update(
        case.reports[0], key, actor, now, mint, state=state, words=words.strip(), whole_cluster=True
    )


def _questions(case: Case, now: datetime, mint: Mint) -> tuple[Question, ...]:
    asked = {question.report_id for question in case.questions if question.answered_at is None}
    return tuple(
        Question(mint.id(), report.id, case.cluster.id, report.contact_id, now)
        for report in case.standing
        if report.contact_id and report.id not in asked
    )


def _tell(
    pack: Pack,
    case: Case,
    cluster: Cluster,
    report: Report,
    key: str,
    words: str = "",
    asks: bool = False,
    promise: Promise | None = None,
) -> Notice:
    """A message about the case to the resident who told this report."""
    buttons = (
        Button(f"fixed:yes:{report.reference}", key="button.fixed_yes"),
        Button(f"fixed:no:{report.reference}", key="button.fixed_no"),
    )
    running = promise or next((p for p in case.open_promises if p.report_id == report.id), None)
    parameters = filed_parameters(pack, report, cluster, running)
    parameters["words"] = words.strip()
    return Notice(
        recipient=f"contact:{report.contact_id}",
        key=key,
        parameters=parameters,
        buttons=buttons if asks else (),
        jurisdiction=pack.code,
        report_id=report.id,
    )


def hand_over(
    pack: Pack, case: Case, to: str | None, actor: str, words: str, now: datetime, mint: Mint
) -> Outcome:
    """The service says "not ours": the case goes on to ``to``, or to a person where that is unknown.

    The resident is told once, kindly, and never that it was the wrong council (3.62).
    """
    _check_holder(pack, case, actor, now)
    if not may_act(case, Act.NOT_OURS):
        raise NotAllowed("the case is over", key="act.over")
    if to is not None and to != COUNCILLORS and pack.service(to) is None:
        raise NotAllowed("no such service", key="act.no_service")
    report = case.standing[0] if case.standing else case.reports[0]
    passed = case.cluster.handovers + 1
    today = local(now, pack.calendar).date()
    onward = to if to != case.cluster.service and passed <= MOST_HANDOVERS else None
    if onward is not None and not recipients(pack, onward, case.cluster.ward, today):
        onward = None
    cluster = replace(
        case.cluster,
        service=onward,
        handovers=passed,
        state=State.CONFIRMED if onward else State.FOR_TRIAGE,
        hands=Hands.OFFERED if onward else Hands.NOBODY,
        changed_at=now,
    )
    update = _cluster_update(case, "update.passed_on", actor, now, mint, cluster.state, "")
    note = replace(update, id=mint.id(), key="update.not_ours", words=words.strip(), public=False, state=None)
    desk = () if onward else (desk_item(DeskKind.NOT_OURS, report, now, mint, words.strip()),)
    return Outcome(
        new=desk,
        changed=(cluster,),
        updates=(update, note),
        audit=(AuditEntry(now, actor, "case_passed_on", cluster.id, {"to": onward, "named": to}),),
        notices=(
            *_offers(pack, case, cluster, now),
            *(_tell(pack, case, cluster, r, "told.passed_on") for r in _first_told(case)),
        ),
    )


def _first_told(case: Case) -> tuple[Report, ...]:
    """Those to tell that a case was passed on: everyone, but only the first time."""
    return tuple(r for r in case.standing if r.contact_id) if case.cluster.handovers == 0 else ()


def _offers(pack: Pack, case: Case, cluster: Cluster, now: datetime) -> tuple[Notice, ...]:
    if cluster.service is None:
        return ()
    to = recipients(pack, cluster.service, cluster.ward, local(now, pack.calendar).date())
    return tuple(
        Notice(
            recipient=recipient,
            key="service.new_report",
            jurisdiction=pack.code,
            report_id=report.id,
        )
        for recipient in to
        for report in case.standing
    )


def answer(
    pack: Pack, case: Case, report_id: str, said: Answer, words: str, now: datetime, mint: Mint
) -> Outcome:
    """A resident answers "was it fixed?": yes confirms it, no opens the case again for everyone.

    Raises NotAllowed where nothing was asked of this reporter, or it was answered already.
    """
    report = case.report(report_id)
    question = next((q for q in case.questions if q.report_id == report_id and not q.answered_at), None)
    if question is None:
        raise NotAllowed("nothing was asked", key="answer.not_asked", reference=report.reference)
    answered = replace(question, answered_at=now, answer=said)
    audit = AuditEntry(now, "resident", f"answered_{said}", report.id)
    if said is Answer.NO:
        return reopen(pack, case, report, words, now, mint) + Outcome(changed=(answered,), audit=(audit,))
    if case.cluster.state is not State.FIXED_COUNCIL:
        return Outcome(changed=(answered,), audit=(audit,))
    cluster = replace(case.cluster, state=State.FIXED_USER, changed_at=now)
    update = _cluster_update(case, "update.fixed_user", "resident", now, mint, cluster.state, "")
    return Outcome(changed=(cluster, answered), updates=(update,), audit=(audit,))


def reopen(pack: Pack, case: Case, report: Report, words: str, now: datetime, mint: Mint) -> Outcome:
    """Not fixed after all: confirmed again, with a new promise; the service and the others hear it.

    Nothing happens to a case that is not called fixed.
    """
    if case.cluster.state not in FIXED:
        return Outcome()
    cluster = replace(case.cluster, state=State.CONFIRMED, changed_at=now)
    promise = make_promise(pack, report, cluster, areas_of(pack, report), now, mint)
    others = [r for r in case.standing if r.contact_id and r.id != report.id]
    tell_service = cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        new=(promise,),
        changed=(cluster,),
        updates=(_cluster_update(case, "update.not_fixed", "resident", now, mint, cluster.state, ""),),
        audit=(AuditEntry(now, "resident", "case_reopened", cluster.id),),
        notices=(
            *((service_notice(cluster, report, "service.not_fixed", words=words),) if tell_service else ()),
            *(_tell(pack, case, cluster, r, "told.not_fixed", promise=promise) for r in others),
        ),
    )


def tell_overdue(pack: Pack, case: Case, promise: Promise, now: datetime, mint: Mint) -> Outcome:
    """A promised date has passed: the resident and the service are told, once."""
    report = case.report(promise.report_id)
    told = replace(promise, overdue_told_at=now)
    notices = []
    if report.contact_id and report.own_state is None:
        notices.append(_tell(pack, case, case.cluster, report, "told.overdue", promise=promise))
    if case.cluster.service and case.cluster.service != COUNCILLORS:
        notices.append(service_notice(case.cluster, report, "service.overdue"))
    # What nobody has sorted comes before staff again.
    unsorted = () if case.cluster.service else tuple(replace(item, mailed_at=None) for item in case.desk)
    return Outcome(
        changed=(told, *unsorted),
        updates=(make_update(report, "update.overdue", "system", now, mint),),
        audit=(AuditEntry(now, "system", "promise_overdue", promise.id),),
        notices=tuple(notices),
    )
