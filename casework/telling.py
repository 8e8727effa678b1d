"""What is said and written of a case: to its residents, to whoever holds it, and in its history."""

from collections.abc import Mapping
from datetime import datetime

from casework.calendars import local
from casework.cases import Case, Cluster, Promise, Report, Update
from casework.filing import filed_parameters, make_update
from casework.minting import Mint
from casework.outcomes import Button, Notice
from casework.packs import Pack
from casework.routing import recipients
from casework.states import State


def tell(
    pack: Pack,
    case: Case,
    cluster: Cluster,
    report: Report,
    key: str,
    words: str = "",
    asks: bool = False,
    promise: Promise | None = None,
    also: Mapping[str, object] | None = None,
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
        parameters=parameters | dict(also or {}),
        buttons=buttons if asks else (),
        jurisdiction=pack.code,
        report_id=report.id,
    )


def tell_all(
    pack: Pack,
    case: Case,
    cluster: Cluster,
    key: str,
    words: str = "",
    *,
    asks: bool = False,
    but: Report | None = None,
    also: Mapping[str, object] | None = None,
) -> tuple[Notice, ...]:
    """The same to everyone who told of it, once each, ``but`` to who told that report."""
    return tuple(
        tell(pack, case, cluster, report, key, words, asks, also=also) for report in hearers(case, but)
    )


def hearers(case: Case, but: Report | None = None) -> tuple[Report, ...]:
    """One report of everyone who hears of the case, ``but`` of who told that report."""
    said = case.person_of(but) if but else None
    return tuple(report for report in case.hearers if case.person_of(report) != said)


def tell_holder(
    pack: Pack, cluster: Cluster, report: Report, key: str, now: datetime, **parameters: object
) -> tuple[Notice, ...]:
    """A message about the case to the service that holds it, or to the ward's councillors."""
    if cluster.service is None:
        return ()
    today = local(now, pack.calendar).date()
    return tuple(
        Notice(recipient, key, parameters, jurisdiction=pack.code, report_id=report.id)
        for recipient in recipients(pack, cluster.service, cluster.ward, today)
    )


def cluster_update(
    case: Case,
    key: str,
    actor: str,
    now: datetime,
    mint: Mint,
    state: State | None,
    words: str = "",
    public: bool = True,
) -> Update:
    """An entry of the history that is about the whole case."""
    return make_update(
        case.reports[0],
        key,
        actor,
        now,
        mint,
        state=state,
        words=words.strip(),
        public=public,
        whole_cluster=True,
    )
