"""One person on several channels, and councillors and staff in a chat: linked by one-time codes.

A code is made from its own id and the installation's key (``bot/codes.py``): only a hash of it is
kept, and whoever sends it says it out of the id.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from casework.cases import Contact, ContactLink, LinkCode
from casework.minting import Mint
from casework.outcomes import AuditEntry, Notice, Outcome


def join(
    code: LinkCode, mine: Sequence[Contact], theirs: Sequence[Contact], now: datetime, mint: Mint
) -> Outcome:
    """The contacts of both become one person's. The one that gave the code out hears of it."""
    everybody = {contact.id: contact for contact in (*mine, *theirs)}
    person_id = next((c.person_id for c in everybody.values() if c.person_id), None) or mint.id()
    changed = tuple(replace(c, person_id=person_id) for c in everybody.values() if c.person_id != person_id)
    told = Notice(f"contact:{code.contact_id}", "join.told", jurisdiction=code.jurisdiction)
    return Outcome(
        changed=(*changed, replace(code, used_at=now)),
        audit=(AuditEntry(now, "resident", "joined", code.contact_id, {"contacts": len(everybody)}),),
        notices=(told,),
    )


def leave(contact: Contact, people: Sequence[Contact], now: datetime) -> Outcome:
    """The contact stands alone again, and nobody's updates go to it."""
    alone = replace(contact, person_id=None, updates_to=None)
    others = tuple(
        replace(c, updates_to=None) for c in people if c.id != contact.id and c.updates_to == contact.id
    )
    return Outcome(changed=(alone, *others), audit=(AuditEntry(now, "resident", "left", contact.id),))


def send_updates_to(contact: Contact, people: Sequence[Contact], now: datetime) -> Outcome:
    """Whatever the person told, on whichever channel, the news of it comes here."""
    changed = tuple(
        replace(c, updates_to=wanted)
        for c in people
        if c.updates_to != (wanted := None if c.id == contact.id else contact.id)
    )
    return Outcome(changed=changed, audit=(AuditEntry(now, "resident", "updates_moved", contact.id),))


def link_office(code: LinkCode, contact: Contact, now: datetime, mint: Mint) -> Outcome:
    """The chat belongs to the councillor or member of staff whose mail had the code."""
    link = ContactLink(mint.id(), contact.id, code.subject, code.jurisdiction, now)
    return Outcome(
        new=(link,),
        changed=(replace(code, used_at=now),),
        audit=(AuditEntry(now, code.subject, "chat_linked", contact.id),),
    )
