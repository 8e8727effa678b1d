"""One contact's messages stay in order, whoever looks at them, and none is held by nobody."""

from datetime import timedelta

from casework.outcomes import Outcome
from storage.database import Database
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


def test_a_message_is_not_answered_before_an_earlier_one_that_is_still_looked_at(postgres_url: str) -> None:
    database, another = Database(postgres_url), Database(postgres_url)
    store = Store(database)
    add(store, "first")
    seen = []

    def look(stored: Stored) -> Screened:
        # While one worker looks at the first, a second one comes in and another worker looks at it.
        add(store, "second")
        Store(another).inbox.screen(harmless, NOW)
        seen.extend(events(store))
        return harmless(stored)

    store.inbox.screen(look, NOW)
    assert seen == []
    assert events(store) == ["first", "second"]
    database.close()
    another.close()


def test_a_worker_takes_up_again_what_it_could_not_give_back(store: Store) -> None:
    add(store, "first")
    store.inbox.screen(harmless, NOW)
    held = store.inbox.claim("ann", NOW, LEASE)
    # The database went away, and with it the release.
    assert store.inbox.claim("bob", NOW, LEASE) == ()
    assert store.inbox.claim("ann", NOW, LEASE) == held
