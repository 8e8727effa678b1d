"""Chasing: the service hears once a day at most; a closed case comes before a person."""

from datetime import datetime, timedelta

from casework.calendars import local
from casework.cases import Case, DeskKind, Photo, Report
from casework.correcting import add_to_report
from casework.filing import desk_item
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.states import CLOSED, OPEN

RECENT = timedelta(days=60)
"""So long after a case was fixed or closed, "it's still there" may be about it."""


def is_live(case: Case, now: datetime) -> bool:
    """True for a case that is open, or was until not long ago."""
    return case.cluster.state in OPEN or now - case.cluster.changed_at <= RECENT


def chase_key(pack: Pack, case: Case, now: datetime) -> str:
    """The name of the one chase of this case that its service hears of today."""
    return f"chase:{case.cluster.id}:{local(now, pack.calendar).date().isoformat()}"


def chase(
    pack: Pack, case: Case, report: Report, words: str, photos: tuple[Photo, ...], now: datetime, mint: Mint
) -> Outcome:
    """What was said is kept, and its service told; of a case that was closed a person decides."""
    kept = add_to_report(case, report.id, words, photos, now, mint)
    told = Outcome(changed=kept.changed, updates=kept.updates, audit=kept.audit)
    noted = Outcome(audit=(AuditEntry(now, "resident", "case_chased", case.cluster.id),))
    if case.cluster.state in CLOSED:
        item = desk_item(DeskKind.CHASED_CLOSED, report, now, mint, words)
        waits = any(waiting.kind is DeskKind.CHASED_CLOSED for waiting in case.desk)
        return told + noted + (Outcome() if waits else Outcome(new=(item,)))
    return told + noted + Outcome(notices=_notices(pack, case, report, words, photos, now))


def _notices(
    pack: Pack, case: Case, report: Report, words: str, photos: tuple[Photo, ...], now: datetime
) -> tuple[Notice, ...]:
    service = case.cluster.service
    if report.sent_at is None or not service or service == COUNCILLORS:
        return ()
    notice = Notice(
        recipient=f"service:{service}",
        key="service.chased",
        parameters={"words": words, "photos": [photo.id for photo in photos]},
        jurisdiction=report.jurisdiction,
        report_id=report.id,
        once=chase_key(pack, case, now),
    )
    return (notice,)
