"""Whose hands a case is in: offered, passed on, and never for ever."""

from dataclasses import replace
from datetime import datetime

from casework.acting import Act, check_holder, may_act
from casework.calendars import local
from casework.cases import Case, Cluster, DeskKind, Hands, Report
from casework.errors import NotAllowed
from casework.filing import desk_item
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.routing import recipients
from casework.states import State
from casework.telling import cluster_update, tell

MOST_HANDOVERS = 3
"""A case is passed on at most so often before it goes to a person (a bounce limit)."""


def hand_over(
    pack: Pack, case: Case, to: str | None, actor: str, words: str, now: datetime, mint: Mint
) -> Outcome:
    """The service says "not ours": the case goes on to ``to``, or to a person where that is unknown.

    The resident is told once, kindly, and never that it was the wrong council (3.62).
    """
    check_holder(pack, case, actor, now)
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
    update = cluster_update(case, "update.passed_on", actor, now, mint, cluster.state, "")
    note = replace(update, id=mint.id(), key="update.not_ours", words=words.strip(), public=False, state=None)
    desk = () if onward else (desk_item(DeskKind.NOT_OURS, report, now, mint, words.strip()),)
    return Outcome(
        new=desk,
        changed=(cluster,),
        updates=(update, note),
        audit=(AuditEntry(now, actor, "case_passed_on", cluster.id, {"to": onward, "named": to}),),
        notices=(
            *_offers(pack, case, cluster, now),
            *(tell(pack, case, cluster, r, "told.passed_on") for r in _first_told(case)),
        ),
    )


def _first_told(case: Case) -> tuple[Report, ...]:
    """Those to tell that a case was passed on: everyone, but only the first time."""
    return case.hearers if case.cluster.handovers == 0 else ()


def _offers(pack: Pack, case: Case, cluster: Cluster, now: datetime) -> tuple[Notice, ...]:
    if cluster.service is None:
        return ()
    to = recipients(pack, cluster.service, cluster.ward, local(now, pack.calendar).date())
    # One mail for the case, not one for each report: the page behind its link shows all of them.
    return tuple(
        Notice(recipient, "service.new_report", jurisdiction=pack.code, report_id=report.id)
        for recipient in to
        for report in case.standing[:1]
    )
