"""Takes a person out of what is kept. Reports of a street stay; who told them, and how, goes."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.tables import (
    contact_links,
    contacts,
    desk_items,
    drafts,
    inbox,
    link_codes,
    outbox,
    photos,
    questions,
    reports,
    updates,
)


def erase(connection: Connection, contact_id: str, now: datetime) -> None:
    """Forget a contact: address, conversation, own words. The audit trail holds none of these."""
    told = select(reports.c.id).where(reports.c.contact_id == contact_id)
    connection.execute(
        update(updates).where(updates.c.report_id.in_(told), updates.c.actor == "resident").values(words="")
    )
    connection.execute(delete(questions).where(questions.c.contact_id == contact_id))
    connection.execute(delete(drafts).where(drafts.c.contact_id == contact_id))
    connection.execute(
        update(desk_items).where(desk_items.c.contact_id == contact_id).values(contact_id=None, words="")
    )
    connection.execute(update(photos).where(photos.c.contact_id == contact_id).values(contact_id=None))
    connection.execute(
        update(reports)
        .where(reports.c.contact_id == contact_id)
        .values(contact_id=None, text=reports.c.redacted, version=reports.c.version + 1)
    )
    connection.execute(update(inbox).where(inbox.c.contact_id == contact_id).values(payload=None))
    connection.execute(delete(contact_links).where(contact_links.c.contact_id == contact_id))
    connection.execute(delete(link_codes).where(link_codes.c.contact_id == contact_id))
    _keep_address_of_last_answers(connection, contact_id)
    connection.execute(update(contacts).where(contacts.c.updates_to == contact_id).values(updates_to=None))
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(
            address=None,
            address_hash=None,
            person_id=None,
            updates_to=None,
            forgotten_at=now,
            version=contacts.c.version + 1,
        )
    )


def start_afresh(connection: Connection, contact_id: str, now: datetime) -> None:
    """Whoever writes from there after so long may be somebody else: the old owner is forgotten."""
    erase(connection, contact_id, now)
    unsent = (outbox.c.contact_id == contact_id, outbox.c.state.in_(("waiting", "sending", "held")))
    connection.execute(update(outbox).where(*unsent).values(state="suppressed", address=None))


def _keep_address_of_last_answers(connection: Connection, contact_id: str) -> None:
    """The receipt still has to arrive; what else was on its way is not wanted any more."""
    address = select(contacts.c.address).where(contacts.c.id == contact_id).scalar_subquery()
    unsent = (outbox.c.contact_id == contact_id, outbox.c.state.in_(("waiting", "sending", "held")))
    connection.execute(update(outbox).where(*unsent, outbox.c.inbox_id.is_not(None)).values(address=address))
    connection.execute(update(outbox).where(*unsent, outbox.c.inbox_id.is_(None)).values(state="suppressed"))
