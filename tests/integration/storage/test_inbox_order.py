"""One contact's messages stay in order, whoever looks at them, and none is held by nobody."""

from datetime import timedelta

from casework.outcomes import Notice, Outcome
from storage.inbox import Arrival, Screened, Stored
from storage.store import Store
from tests.factories import NOW, make_contact

LEASE = timedelta(minutes=1)


def add(store: Store, event: str) -> int:
    """A message of the one contact that there is."""
    contact = make_contact()
    arrival = Arrival(contact.channel, event, contact.address_hash or "", contact.address, {"text": event})
    return store.inbox.add(arrival, contact, NOW)[0]


def harmless(_stored: Stored) -> Screened:
    """No danger."""
    return Screened(None, Outcome())


def events(store: Store) -> list[str]:
    """What a worker would answer now, in order."""
    return [stored.event_id for stored in store.inbox.unread(make_contact().id)]


def test_two_workers_that_look_at_one_message_answer_its_danger_once(store: Store) -> None:
    inbox_id = add(store, "fire")

    def dangerous(stored: Stored) -> Screened:
        told = Notice(f"contact:{stored.contact_id}", "danger.fire", reply=True)
        return Screened("fire", Outcome(notices=(told,)))

    def look(stored: Stored) -> Screened:
        # While one worker looks, another looks at the same message and is quicker.
        store.inbox.screen(dangerous, NOW)
        return dangerous(stored)

    store.inbox.screen(look, NOW)

    assert [reply.key for reply in store.outbox.replies_to(inbox_id)] == ["danger.fire"]


def test_a_message_that_comes_while_the_screen_looks_is_seen_after_it(store: Store) -> None:
    add(store, "first")

    def look(stored: Stored) -> Screened:
        if stored.event_id == "first":
            add(store, "second")
        return harmless(stored)

    assert store.inbox.screen(look, NOW) == 1
    assert events(store) == ["first"]
    assert store.inbox.screen(look, NOW) == 1
    assert events(store) == ["first", "second"]


def test_a_contact_with_very_many_messages_is_answered_a_few_at_a_time(store: Store) -> None:
    """Each may hold photos, and others wait for their turn."""
    for number in range(25):
        add(store, f"{number:02}")
    store.inbox.screen(harmless, NOW)

    assert events(store) == [f"{number:02}" for number in range(10)]


def test_a_contact_set_aside_is_nobody_s_until_its_time(store: Store) -> None:
    add(store, "first")
    store.inbox.screen(harmless, NOW)
    (held,) = store.inbox.claim("ann", NOW, LEASE)
    store.inbox.set_aside(held, "ann", NOW + timedelta(seconds=5))

    assert store.inbox.claim("ann", NOW + timedelta(seconds=4), LEASE) == ()
    assert store.inbox.claim("bob", NOW + timedelta(seconds=6), LEASE) == (held,)


def test_a_worker_takes_up_again_what_it_could_not_give_back(store: Store) -> None:
    add(store, "first")
    store.inbox.screen(harmless, NOW)
    held = store.inbox.claim("ann", NOW, LEASE)
    # The database went away, and with it the release.
    assert store.inbox.claim("bob", NOW, LEASE) == ()
    assert store.inbox.claim("ann", NOW, LEASE) == held
