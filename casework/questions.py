"""Was it fixed? What is asked, and what follows from the answer."""

from dataclasses import replace
from datetime import datetime

from casework.cases import Answer, Case, Question, Report
from casework.errors import NotAllowed
from casework.filing import areas_of, make_promise, service_notice
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.states import FIXED, State
from casework.telling import cluster_update, tell


def ask(case: Case, now: datetime, mint: Mint) -> tuple[Question, ...]:
    """The question for each reporter who has none to answer yet."""
    asked = {question.report_id for question in case.questions if question.answered_at is None}
    return tuple(
        Question(mint.id(), report.id, case.cluster.id, report.contact_id, now)
        for report in case.hearers
        if report.contact_id and report.id not in asked
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
    update = cluster_update(case, "update.fixed_user", "resident", now, mint, cluster.state, "")
    return Outcome(changed=(cluster, answered), updates=(update,), audit=(audit,))


def reopen(pack: Pack, case: Case, report: Report, words: str, now: datetime, mint: Mint) -> Outcome:
    """Not fixed after all: confirmed again, with a new promise; the service and the others hear it.

    Nothing happens to a case that is not called fixed.
    """
    if case.cluster.state not in FIXED:
        return Outcome()
    cluster = replace(case.cluster, state=State.CONFIRMED, changed_at=now)
    promised = {promise.report_id for promise in case.open_promises}
    promises = {
        r.id: make_promise(pack, r, cluster, areas_of(pack, r), now, mint)
        for r in case.reports
        if r.id not in promised and (r.own_state is None or r.id == report.id)
    }
    others = [r for r in case.hearers if case.person_of(r) != case.person_of(report)]
    tell_service = cluster.service and cluster.service != COUNCILLORS
    return Outcome(
        new=tuple(promises.values()),
        changed=(cluster,),
        updates=(cluster_update(case, "update.not_fixed", "resident", now, mint, cluster.state, ""),),
        audit=(AuditEntry(now, "resident", "case_reopened", cluster.id),),
        notices=(
            *((service_notice(cluster, report, "service.not_fixed", words=words),) if tell_service else ()),
            *(tell(pack, case, cluster, r, "told.not_fixed", promise=promises.get(r.id)) for r in others),
        ),
    )
