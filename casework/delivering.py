"""What follows from a message that could not be delivered."""

from dataclasses import dataclass
from datetime import datetime

from casework.cases import DeskItem, DeskKind
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome

STAFF_MAIL = "staff.triage"
"""The mail that tells of the desk. That it failed can be seen on the desk, not mailed again."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that will never arrive: to whom, what sort, and why."""

    recipient: str
    key: str
    reason: str
    jurisdiction: str
    ward: str | None = None
    report_id: str | None = None
    contact_id: str | None = None


def put_on_desk(what: Undelivered, now: datetime, mint: Mint) -> Outcome:
    """A person is to look at it: the case's mail never came, or the resident cannot be reached."""
    item = DeskItem(
        id=mint.id(),
        kind=DeskKind.DELIVERY_FAILED,
        jurisdiction=what.jurisdiction,
        ward=what.ward,
        report_id=what.report_id,
        contact_id=what.contact_id,
        words="\n".join((what.recipient, what.key, what.reason)),
        created_at=now,
        # Or a broken address among the staff would fill the desk with itself.
        mailed_at=now if what.key == STAFF_MAIL else None,
    )
    audit = AuditEntry(now, "system", "message_undelivered", item.id, {"to": what.recipient, "key": what.key})
    return Outcome(new=(item,), audit=(audit,))


def undelivered_of(item: DeskItem) -> Undelivered:
    """What a desk item of that kind tells."""
    recipient, key, reason = (*item.words.split("\n", 2), "", "", "")[:3]
    return Undelivered(recipient, key, reason, item.jurisdiction, item.ward, item.report_id, item.contact_id)
