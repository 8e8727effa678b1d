"""Drafts that nobody goes on with: the resident is asked once, then a person looks at it."""

from dataclasses import replace
from datetime import datetime, timedelta

from casework.cases import DeskItem, DeskKind
from casework.drafts import Draft, cleared
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome

ASK_AFTER = timedelta(hours=1)
PASS_ON_AFTER = timedelta(hours=24)
TIME_TO_ANSWER = timedelta(hours=1)
"""However late the resident was asked, a person is called in no sooner than this."""


def ask(draft: Draft, jurisdiction: str, now: datetime) -> Outcome:
    """Ask the resident, once, whether they want to go on."""
    return Outcome(
        changed=(replace(draft, nudged_at=now),),
        notices=(_notice(draft, "draft.still_there", jurisdiction),),
    )


def may_pass_on(draft: Draft, now: datetime) -> bool:
    """True if the resident was asked long enough ago."""
    return (
        draft.updated_at is not None
        and draft.nudged_at is not None
        and draft.updated_at <= now - PASS_ON_AFTER
        and draft.nudged_at <= now - TIME_TO_ANSWER
    )


def pass_on(draft: Draft, jurisdiction: str, now: datetime, mint: Mint) -> Outcome:
    """What was told so far goes to a person, and the resident hears so."""
    item = DeskItem(
        id=mint.id(),
        kind=DeskKind.ABANDONED_DRAFT,
        jurisdiction=jurisdiction,
        ward=draft.place.ward if draft.place else None,
        report_id=None,
        contact_id=draft.contact_id,
        words=_told(draft),
        created_at=now,
    )
    return Outcome(
        new=(item,),
        changed=(cleared(draft, now),),
        audit=(AuditEntry(now, "system", "draft_passed_on", item.id, {"photos": len(draft.photos)}),),
        notices=(_notice(draft, "draft.passed_on", jurisdiction),),
    )


def _told(draft: Draft) -> str:
    """The resident's words, and the place as far as it was understood."""
    return "\n".join(part for part in (draft.text.strip(), draft.place.label if draft.place else "") if part)


def _notice(draft: Draft, key: str, jurisdiction: str) -> Notice:
    return Notice(f"contact:{draft.contact_id}", key, jurisdiction=jurisdiction)
