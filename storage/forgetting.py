"""Takes a person out of what is kept. Reports of a street stay; who told them, and how, goes."""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, select, update

from storage.tables import (
    contact_links,
    contacts,
    desk_items,
    drafts,
    inbox,
    inquiries,
    link_codes,
    outbox,
    photos,
    questions,
    receipts,
    reports,
    updates,
)


def erase(connection: Connection, contact_id: str, now: datetime) -> None:
    """Forget a contact: address, conversation, own words. The audit trail holds none of these."""
    told = select(reports.c.id).where(reports.c.contact_id == contact_id)
    _forget_messages(connection, contact_id, told)
    connection.execute(
        update(updates).where(updates.c.report_id.in_(told), updates.c.actor == "resident").values(words="")
    )
    connection.execute(delete(questions).where(questions.c.contact_id == contact_id))
    connection.execute(delete(inquiries).where(inquiries.c.contact_id == contact_id))
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


def _forget_messages(connection: Connection, contact_id: str, told: Select[str]) -> None:
    """What was said to the contact, and the contact's own words in mails to services."""
    said = select(outbox.c.id).where(outbox.c.contact_id == contact_id)
    connection.execute(delete(receipts).where(receipts.c.outbox_id.in_(said)))
    connection.execute(delete(outbox).where(outbox.c.contact_id == contact_id))
    mails = select(outbox.c.id, outbox.c.parameters).where(
        outbox.c.report_id.in_(told), outbox.c.contact_id.is_(None)
    )
    for mail in connection.execute(mails).all():
        if mail.parameters.get("words"):
            without = mail.parameters | {"words": ""}
            connection.execute(update(outbox).where(outbox.c.id == mail.id).values(parameters=without))
