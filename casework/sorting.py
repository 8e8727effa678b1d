"""What a person at the desk does with what the machine was not sure of."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from casework.cases import Case, Cluster, DeskItem, Promise, PromiseEnd, Report
from casework.correcting import Correction, clear_desk, correct
from casework.errors import NotAllowed
from casework.filing import Filed, end_promise, filed_parameters, make_update
from casework.minting import Mint
from casework.offers import has_refused
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.routing import service_name
from casework.states import State, check_transition


def sort(
    pack: Pack, case: Case, report_id: str, correction: Correction, actor: str, now: datetime, mint: Mint
) -> Filed:
    """Category, place or service put right by a person: it goes on its way, and the residents hear.

    Raises NotAllowed where no service would get it, where the routes lead to one that has refused it
    (a person may say so all the same), or where the case is over.
    """
    to = correction.service
    if to is not None and to != COUNCILLORS and pack.service(to) is None:
        raise NotAllowed("no such service", key="sort.no_such_service")
    filed = correct(pack, case, report_id, correction, actor, now, mint)
    if filed.cluster.service is None:
        raise NotAllowed("no route for it here", key="sort.no_service")
    if to is None and has_refused(case, filed.cluster.service):
        who = service_name(pack, filed.cluster.service)
        raise NotAllowed("refused before", key="sort.refused_before", who=who)
    told = [filed.report, *(report for report in case.standing if report.id != report_id)]
    running = (*case.open_promises, *(p for p in filed.outcome.new if isinstance(p, Promise)))
    notices = _tell(pack, told, filed.cluster, "told.sorted", promises={p.report_id: p for p in running})
    return replace(filed, outcome=filed.outcome + Outcome(notices=notices))


def close(pack: Pack, case: Case, words: str, actor: str, now: datetime, mint: Mint) -> Outcome:
    """Closed with an answer and without a service: every resident of the case gets the words.

    Raises NotAllowed where no reason is given (2.7: a right to an answer) or the case is over.
    """
    if not words.strip():
        raise NotAllowed("a reason is needed", key="sort.reason_needed")
    check_transition(case.cluster.state, State.CLOSED)
    cluster = replace(case.cluster, state=State.CLOSED, changed_at=now)
    update = make_update(
        case.reports[0],
        "update.closed",
        actor,
        now,
        mint,
        state=State.CLOSED,
        words=words.strip(),
        whole_cluster=True,
    )
    return Outcome(
        changed=(
            cluster,
            *(end_promise(promise, _end_of(promise), now) for promise in case.open_promises),
            *clear_desk(case, actor, now),
        ),
        updates=(update,),
        audit=(AuditEntry(now, actor, "case_closed", cluster.id),),
        notices=_tell(pack, case.hearers, cluster, "told.closed", words=words),
    )


def finish(item: DeskItem, words: str, actor: str, now: datetime) -> Outcome:
    """An item that needs no case to change is done; words go to the resident as an answer.

    Raises NotAllowed where there are words and nobody to say them to.
    """
    said = words.strip()
    if said and item.contact_id is None:
        raise NotAllowed("nobody to answer", key="sort.nobody_to_answer")
    done = replace(item, done_at=now, done_by=actor)
    answer = Notice(
        f"contact:{item.contact_id}", "told.reply", {"words": said}, jurisdiction=item.jurisdiction
    )
    return Outcome(
        changed=(done,),
        audit=(
            AuditEntry(now, actor, "desk_item_done", item.id, {"kind": item.kind, "answered": bool(said)}),
        ),
        notices=(answer,) if said else (),
    )


def _end_of(promise: Promise) -> PromiseEnd:
    """To have sorted it was promised and is kept; that it would be dealt with is not."""
    return PromiseEnd.KEPT if promise.service is None else PromiseEnd.BROKEN


def _tell(
    pack: Pack,
    reports: Iterable[Report],
    cluster: Cluster,
    key: str,
    *,
    promises: Mapping[str, Promise] | None = None,
    words: str = "",
) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            recipient=f"contact:{report.contact_id}",
            key=key,
            parameters=filed_parameters(pack, report, cluster, (promises or {}).get(report.id))
            | {"words": words.strip()},
            jurisdiction=pack.code,
            report_id=report.id,
        )
        for report in reports
        if report.contact_id
    )
