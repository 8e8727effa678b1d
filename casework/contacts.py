"""What a resident may ask about themselves: silence, being heard of again, being forgotten."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from casework.cases import Contact, DeskItem, DeskKind
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Pack

DAYS_A_MONTH = 30.5


def opt_out(contact: Contact, now: datetime) -> Outcome:
    """No more messages; reports already made go on."""
    if contact.opted_out_at is not None:
        return Outcome()
    return Outcome(
        changed=(replace(contact, opted_out_at=now),),
        audit=(AuditEntry(now, "resident", "opted_out", contact.id),),
    )


def opt_in(contact: Contact, now: datetime) -> Outcome:
    """Messages again."""
    if contact.opted_out_at is None:
        return Outcome()
    return Outcome(
        changed=(replace(contact, opted_out_at=None),),
        audit=(AuditEntry(now, "resident", "opted_in", contact.id),),
    )


def unreachable(contact: Contact, now: datetime) -> Outcome:
    """The provider says that nothing reaches them: they blocked us. Taken for a wish of theirs."""
    if contact.opted_out_at is not None:
        return Outcome()
    return Outcome(
        changed=(replace(contact, opted_out_at=now),),
        audit=(AuditEntry(now, "system", "unreachable", contact.id),),
    )


def idle_time(packs: Iterable[Pack]) -> timedelta:
    """So long without a word, and the contact is forgotten: a number may have a new owner."""
    return timedelta(days=DAYS_A_MONTH * min(pack.authority.contact_months for pack in packs))


def forget(contact: Contact, now: datetime, actor: str = "resident") -> Outcome:
    """Forget who this was: storage takes their words and address out of everything that is kept."""
    return Outcome(
        forgotten=(contact.id,),
        audit=(AuditEntry(now, actor, "forgotten", contact.id),),
    )


def keep_for_desk(
    kind: DeskKind, jurisdiction: str, contact: Contact, words: str, now: datetime, mint: Mint
) -> DeskItem:
    """Words that are no report, for a person to read."""
    return DeskItem(
        id=mint.id(),
        kind=kind,
        jurisdiction=jurisdiction,
        ward=None,
        report_id=None,
        contact_id=contact.id,
        words=words,
        created_at=now,
    )
