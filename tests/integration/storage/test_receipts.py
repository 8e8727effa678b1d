"""Receipts of providers, and the lines on which contacts are reached, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.outcomes import Notice, Outcome
from storage.commit import Handled
from storage.inbox import Arrival, Screened
from storage.lines import Line
from storage.outbox import Waiting
from storage.receipts import Receipt
from storage.store import Store
from storage.tables import outbox
from tests.factories import NOW, keep_contact, make_contact

LATER = NOW + timedelta(hours=1)
LEASE = timedelta(minutes=1)


def tell(store: Store, contact_id: str) -> int:
    """A message to a contact; its number in the outbox."""
    notice = Notice(f"contact:{contact_id}", "told.reply", {"words": "Done."}, jurisdiction="ashmere")
    store.commit(Outcome(notices=(notice,)), NOW)
    return claim(store)[-1].id


def claim(store: Store) -> tuple[Waiting, ...]:
    return store.outbox.claim(["sms"], LATER, LEASE)


def state(store: Store, outbox_id: int) -> str:
    with store.database.read() as connection:
        return str(connection.execute(select(outbox.c.state).where(outbox.c.id == outbox_id)).scalar())


@pytest.fixture
def contact(store: Store) -> str:
    """Somebody who texts."""
    return keep_contact(store, channel="sms", address="+447700900123").id


def hear(store: Store, event: str = "SM1", **fields: object) -> str:
    """A message comes from the contact."""
    known = make_contact(channel="sms", address_hash="hash", address="+447700900123")
    named: dict[str, Any] = {"ours": "+447700900100", **fields}
    arrival = Arrival("sms", event, "hash", "+447700900123", {"Body": "Hi"}, **named)
    return store.inbox.add(arrival, known, NOW)[1]


# --- Receipts --------------------------------------------------------------------------------------


def test_a_part_that_was_taken_is_known(store: Store, contact: str) -> None:
    message = tell(store, contact)
    assert store.receipts.taken(message, 0, "SM1", NOW) == Receipt("queued")
    assert store.receipts.parts(message) == {0: "SM1"}
    assert store.receipts.state(message) == "queued"


def test_a_receipt_before_its_part_is_kept_for_it(store: Store, contact: str) -> None:
    message = tell(store, contact)
    assert store.receipts.record("SM1", "undelivered", 30006, NOW) is None
    assert store.receipts.taken(message, 0, "SM1", NOW) == Receipt("undelivered", 30006)
    assert store.receipts.state(message) == "undelivered"


def test_a_receipt_tells_something_new_once(store: Store, contact: str) -> None:
    message = tell(store, contact)
    store.receipts.taken(message, 0, "SM1", NOW)
    assert store.receipts.record("SM1", "delivered", None, NOW) == message
    assert store.receipts.record("SM1", "delivered", None, NOW) is None
    assert store.receipts.record("SM1", "sent", None, NOW) is None


def test_lost_parts_are_forgotten_and_the_others_kept(store: Store, contact: str) -> None:
    message = tell(store, contact)
    store.receipts.taken(message, 0, "SM1", NOW)
    store.receipts.taken(message, 1, "SM2", NOW)
    store.receipts.record("SM2", "failed", 30003, NOW)
    assert store.receipts.state(message) == "failed"
    store.receipts.forget_lost(message)
    assert store.receipts.parts(message) == {0: "SM1"}


# --- Lines -----------------------------------------------------------------------------------------


def test_a_contact_that_never_wrote_has_an_empty_line(store: Store, contact: str) -> None:
    assert store.lines.of(contact) == Line()


def test_the_line_is_the_number_that_was_written_to_last(store: Store) -> None:
    heard = hear(store)
    hear(store, "SM2", ours="+447700900101", sent_at=LATER)
    assert store.lines.of(heard) == Line("+447700900101", LATER)


def test_a_late_message_does_not_put_the_line_back(store: Store) -> None:
    heard = hear(store)
    hear(store, "SM2", ours="+447700900101", carrier="stop", sent_at=NOW - timedelta(days=1))
    assert store.lines.of(heard) == Line("+447700900100", NOW)


def test_the_carriers_words_block_and_free_the_line(store: Store) -> None:
    heard = hear(store, carrier="stop")
    assert store.lines.of(heard).blocked_at == NOW
    hear(store, "SM2", carrier="help")
    assert store.lines.of(heard).blocked_at == NOW
    hear(store, "SM3", carrier="start")
    assert store.lines.of(heard).blocked_at is None


def test_what_was_held_goes_when_the_contact_writes(store: Store) -> None:
    heard = hear(store)
    message = tell(store, heard)
    store.outbox.hold(message, "outside the window")
    assert claim(store) == ()
    hear(store, "SM1")
    assert state(store, message) == "held"
    hear(store, "SM2")
    assert [waiting.id for waiting in claim(store)] == [message]


def test_the_last_answer_of_a_forgotten_contact_keeps_its_address_until_it_is_out(store: Store) -> None:
    heard = hear(store)
    store.inbox.screen(lambda _stored: Screened(None, Outcome()), NOW)
    answer = Notice(f"contact:{heard}", "forget.done", jurisdiction="ashmere", reply=True)
    news = Notice(f"contact:{heard}", "told.reply", {"words": "Done."}, jurisdiction="ashmere")
    [stored] = store.inbox.unread(heard)
    store.inbox.claim("worker", NOW, LEASE)
    outcome = Outcome(notices=(news, answer), forgotten=(heard,))
    store.commit(outcome, NOW, Handled(stored.id, heard, "worker"))
    [message] = claim(store)
    assert (message.key, message.address) == ("forget.done", "+447700900123")
    store.outbox.mark_sent(message.id, NOW)
    with store.database.read() as connection:
        assert set(connection.execute(select(outbox.c.address)).scalars()) == {None}
