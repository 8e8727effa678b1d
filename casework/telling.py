"""What is said and written of a case: to its residents, and in its history."""

from datetime import datetime

from casework.cases import Case, Cluster, Promise, Report, Update
from casework.filing import filed_parameters, make_update
from casework.minting import Mint
from casework.outcomes import Button, Notice
from casework.packs import Pack
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


def cluster_update(
    case: Case, key: str, actor: str, now: datetime, mint: Mint, state: State, words: str
) -> Update:
    """An entry of the history that is about the whole case."""
    return make_update(
        case.reports[0], key, actor, now, mint, state=state, words=words.strip(), whole_cluster=True
    )
