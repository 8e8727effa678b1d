"""Was it fixed? What is asked, what follows from the answer, and from none."""

from dataclasses import replace
from datetime import datetime, timedelta

from casework.cases import Answer, Case, DeskItem, DeskKind, PromiseEnd, Question, Report
from casework.errors import NotAllowed
from casework.filing import areas_of, desk_item, end_promise, make_promise
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import Pack
from casework.states import FIXED, State, check_transition
from casework.telling import cluster_update, hearers, tell, tell_all, tell_holder

ASK_AGAIN_AFTER = timedelta(days=3)
SILENT_AFTER = timedelta(days=14)
"""So long an answer is waited for; an answer that comes later counts all the same."""


# --- Asking --------------------------------------------------------------------------------------


def ask(case: Case, now: datetime, mint: Mint) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """The question for each reporter, and those of earlier work that nobody answered.

    They are silence now: whoever answers from here on answers about the new work.
    """
    asked = tuple(
        Question(
            id=mint.id(),
            report_id=report.id,
            cluster_id=case.cluster.id,
            contact_id=report.contact_id,
            asked_at=now,
            jurisdiction=case.cluster.jurisdiction,
            category=case.cluster.category,
            ward=case.cluster.ward,
            service=case.cluster.service,
        )
        for report in case.hearers
        if report.contact_id
    )
    unheard = tuple(
        replace(question, silent_at=now)
        for question in case.questions
        if question.answered_at is None and question.silent_at is None
    )
    return asked, unheard


def ask_again(pack: Pack, case: Case, now: datetime) -> Outcome:
    """Who has not answered after some days is asked once more, while only the service says so."""
    waiting = tuple(q for q in case.questions if is_to_ask_again(q, now))
    if case.cluster.state is not State.FIXED_COUNCIL or not waiting:
        return Outcome()
    standing = {report.id: report for report in case.standing if report.contact_id}
    return Outcome(
        changed=tuple(replace(question, reminded_at=now) for question in waiting),
        audit=tuple(AuditEntry(now, "system", "asked_again", question.id) for question in waiting),
        notices=tuple(
            tell(pack, case, case.cluster, standing[question.report_id], "told.ask_again", asks=True)
            for question in waiting
            if question.report_id in standing
        ),
    )


def is_to_ask_again(question: Question, now: datetime) -> bool:
    """True if the answer has been outstanding for some days, and was asked for once."""
    waits = question.answered_at is None and question.silent_at is None and question.reminded_at is None
    return waits and question.asked_at + ASK_AGAIN_AFTER <= now


def end_questions(case: Case, now: datetime) -> Outcome:
    """Silence is recorded as silence, and counts for nothing else."""
    silent = tuple(question for question in case.questions if is_silent(question, now))
    return Outcome(
        changed=tuple(replace(question, silent_at=now) for question in silent),
        audit=tuple(AuditEntry(now, "system", "question_silent", question.id) for question in silent),
    )


def is_silent(question: Question, now: datetime) -> bool:
    """True if an answer has been waited for long enough."""
    waits = question.answered_at is None and question.silent_at is None
    return waits and question.asked_at + SILENT_AFTER <= now


# --- Answers -------------------------------------------------------------------------------------


def open_question(case: Case, report_id: str) -> Question | None:
    """The last question to this reporter that has no answer, however long it was waited for."""
    own = [q for q in case.questions if q.report_id == report_id and q.answered_at is None]
    return own[-1] if own else None


def answer(
    pack: Pack, case: Case, report_id: str, said: Answer, words: str, now: datetime, mint: Mint
) -> Outcome:
    """A resident answers "was it fixed?": yes confirms it, no opens the case again for everyone.

    Where another has just said the opposite of the same work, a person decides. Raises NotAllowed
    where nothing was asked of this reporter, or it was answered already.
    """
    report = case.report(report_id)
    question = open_question(case, report_id)
    if question is None:
        raise NotAllowed("nothing was asked", key="answer.not_asked", reference=report.reference)
    answered = Outcome(
        changed=(replace(question, answered_at=now, answer=said),),
        audit=(AuditEntry(now, "resident", f"answered_{said}", report.id),),
    )
    if said is Answer.NO:
        return answered + reopen(pack, case, report, words, now, mint)
    if any(q.answer is Answer.NO for q in _of_the_same_work(case, question)):
        return answered + _disagree(pack, case, report, words, now, mint)
    if case.cluster.state is not State.FIXED_COUNCIL:
        return answered
    cluster = replace(case.cluster, state=State.FIXED_USER, changed_at=now)
    return answered + Outcome(
        changed=(cluster,),
        updates=(cluster_update(case, "update.fixed_user", "resident", now, mint, cluster.state),),
        notices=tell_all(pack, case, cluster, "told.fixed_user", but=report),
    )


def _of_the_same_work(case: Case, question: Question) -> tuple[Question, ...]:
    return tuple(q for q in case.questions if q.asked_at == question.asked_at)


def reopen(pack: Pack, case: Case, report: Report, words: str, now: datetime, mint: Mint) -> Outcome:
    """Not fixed after all: confirmed again, with a new promise to everyone; the service hears it.

    Where another has just said that it is fixed, a person decides. Nothing happens to a case that is
    not called fixed.
    """
    if case.cluster.state not in FIXED:
        return Outcome()
    last_asked = max((q.asked_at for q in case.questions), default=None)
    says_yes = any(
        q.answer is Answer.YES and q.asked_at == last_asked and q.report_id != report.id
        for q in case.questions
    )
    if says_yes and last_asked is not None and now - last_asked <= SILENT_AFTER:
        return _disagree(pack, case, report, words, now, mint)
    return _open_again(pack, case, "resident", now, mint, but=report) + Outcome(
        notices=_tell_service(pack, case, report, words, now)
    )


def _tell_service(pack: Pack, case: Case, report: Report, words: str, now: datetime) -> tuple[Notice, ...]:
    return tell_holder(pack, case.cluster, report, "service.not_fixed", now, words=words)


def _open_again(
    pack: Pack,
    case: Case,
    actor: str,
    now: datetime,
    mint: Mint,
    *,
    how: str = "not_fixed",
    words: str = "",
    but: Report | None = None,
) -> Outcome:
    """``how`` ends the keys of what is told, ``but`` is the report of who knows it already."""
    cluster = replace(case.cluster, state=State.CONFIRMED, changed_at=now)
    promised = {promise.report_id for promise in case.open_promises}
    promises = {
        r.id: make_promise(pack, r, cluster, areas_of(pack, r), now, mint)
        for r in case.reports
        if r.id not in promised and (r.own_state is None or r == but)
    }
    return Outcome(
        new=tuple(promises.values()),
        changed=(cluster,),
        updates=(cluster_update(case, f"update.{how}", actor, now, mint, cluster.state, words),),
        audit=(AuditEntry(now, actor, "case_reopened", cluster.id),),
        notices=tuple(
            tell(pack, case, cluster, r, f"told.{how}", words, promise=promises.get(r.id))
            for r in hearers(case, but)
        ),
    )


# --- Where residents disagree --------------------------------------------------------------------


def _disagree(pack: Pack, case: Case, report: Report, words: str, now: datetime, mint: Mint) -> Outcome:
    """One says that it is fixed, another that it is not: a person decides, and everybody hears so.

    What a resident had confirmed is again no more than the service's word.
    """
    known = any(item.kind is DeskKind.DISAGREEMENT for item in case.desk)
    cluster = case.cluster
    if cluster.state is State.FIXED_USER:
        check_transition(cluster.state, State.FIXED_COUNCIL)
        cluster = replace(cluster, state=State.FIXED_COUNCIL)
    cluster = replace(cluster, changed_at=now)
    if known:
        return Outcome(changed=(cluster,))
    return Outcome(
        new=(desk_item(DeskKind.DISAGREEMENT, report, now, mint, words.strip()),),
        changed=(cluster,),
        updates=(cluster_update(case, "update.disputed", "resident", now, mint, cluster.state),),
        audit=(AuditEntry(now, "resident", "case_disputed", cluster.id),),
        notices=tell_all(pack, case, cluster, "told.disputed", but=report),
    )


def decide(
    pack: Pack, case: Case, is_fixed: bool, words: str, actor: str, now: datetime, mint: Mint
) -> Outcome:
    """A person has looked, because residents disagree: it is fixed, or the case is open; all hear it.

    Raises NotAllowed where nobody disagrees any more.
    """
    settled = tuple(
        replace(item, done_at=now, done_by=actor) for item in case.desk if item.kind is DeskKind.DISAGREEMENT
    )
    if not settled:
        raise NotAllowed("decided already", key="sort.already_done")
    if is_fixed:
        return Outcome(changed=settled) + _judged_fixed(pack, case, words, actor, now, mint)
    if case.cluster.state in FIXED:
        return Outcome(changed=settled) + _judged_open(pack, case, settled[0], words, actor, now, mint)
    return Outcome(
        changed=settled,
        updates=(cluster_update(case, "update.judged_open", actor, now, mint, case.cluster.state, words),),
        audit=(AuditEntry(now, actor, "case_judged_open", case.cluster.id),),
        notices=tell_all(pack, case, case.cluster, "told.judged_open", words),
    )


def _judged_fixed(pack: Pack, case: Case, words: str, actor: str, now: datetime, mint: Mint) -> Outcome:
    check_transition(case.cluster.state, State.FIXED_USER)
    cluster = replace(case.cluster, state=State.FIXED_USER, paused_at=None, changed_at=now)
    return Outcome(
        # Promised because one resident said no: it was fixed before.
        changed=(cluster, *(end_promise(p, PromiseEnd.WITHDRAWN, now) for p in case.open_promises)),
        updates=(cluster_update(case, "update.judged_fixed", actor, now, mint, cluster.state, words),),
        audit=(AuditEntry(now, actor, "case_judged_fixed", cluster.id),),
        notices=tell_all(pack, case, cluster, "told.judged_fixed", words),
    )


def _judged_open(
    pack: Pack, case: Case, item: DeskItem, words: str, actor: str, now: datetime, mint: Mint
) -> Outcome:
    report = next((r for r in case.reports if r.id == item.report_id), case.reports[0])
    return _open_again(pack, case, actor, now, mint, how="judged_open", words=words) + Outcome(
        notices=_tell_service(pack, case, report, words or item.words, now)
    )
