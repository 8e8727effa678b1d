"""The dates that residents were told, and what the clock makes of them."""

from dataclasses import replace
from datetime import datetime

from casework.cases import Case, Promise
from casework.filing import make_update, service_notice
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.telling import tell


def tell_overdue(pack: Pack, case: Case, promise: Promise, now: datetime, mint: Mint) -> Outcome:
    """A promised date has passed: the resident and the service are told, once."""
    report = case.report(promise.report_id)
    told = replace(promise, overdue_told_at=now)
    notices = []
    if report.contact_id and report.own_state is None:
        notices.append(tell(pack, case, case.cluster, report, "told.overdue", promise=promise))
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
