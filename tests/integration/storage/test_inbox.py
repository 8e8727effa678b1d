"""Messages in: stored once, taken by one worker at a time, in order, dangers first."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.errors import HoldLost
from casework.outcomes import Notice, Outcome
from storage.commit import Handled
from storage.inbox import Arrival, Screened, Stored
from storage.store import Store
from storage.tables import inbox
from tests.factories import NOW, make_contact

LEASE = timedelta(minutes=1)


def arrives(store: Store, text: str, sender: str = "ann", event: str | None = None) -> tuple[int, str, bool]:
    address = sender.ljust(64, "0")
    contact = make_contact(id=sender.ljust(32, "0"), channel="web_chat", address_hash=address, address=None)
    arrival = Arrival("web_chat", event or f"{sender} {text}", address, None, {"text": text})
    return store.inbox.add(arrival, contact, NOW)


def at_once(count: int, work: Callable[[str], object]) -> None:
    """Run it in so many threads, each with a name."""
    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def screen(store: Store, *dangerous: str) -> int:
    def look(stored: Stored) -> Screened:
        danger = "fire" if stored.payload["text"] in dangerous else None
        told = (Notice(f"contact:{stored.contact_id}", "danger.fire", reply=True),) if danger else ()
        return Screened(danger, Outcome(notices=told))

    return store.inbox.screen(look, NOW)


def texts(store: Store, contact_id: str) -> list[object]:
    return [stored.payload["text"] for stored in store.inbox.unread(contact_id)]


def test_an_event_is_stored_once_however_often_it_is_delivered(store: Store) -> None:
    first, *others = [arrives(store, "a sofa", event="42") for _ in range(3)]

    assert first[2]
    assert others == [(first[0], first[1], False)] * 2


def test_an_event_delivered_by_many_threads_at_once_is_stored_once(store: Store) -> None:
    results: list[tuple[int, str, bool]] = []
    at_once(8, lambda _: results.append(arrives(store, "a", event="1")))

    assert len({inbox_id for inbox_id, _, _ in results}) == 1
    assert [made for _, _, made in results].count(True) == 1


def test_one_sender_is_one_contact(store: Store) -> None:
    assert arrives(store, "one")[1] == arrives(store, "two")[1]
    assert arrives(store, "three", "bob")[1] != arrives(store, "four")[1]


def test_a_message_is_taken_up_only_after_the_danger_screen(store: Store) -> None:
    arrives(store, "a sofa")

    assert store.inbox.claim("w", NOW, LEASE) == ()
    screen(store)
    assert len(store.inbox.claim("w", NOW, LEASE)) == 1


def test_a_message_is_screened_once_and_its_danger_answered_at_once(store: Store) -> None:
    inbox_id, _, _ = arrives(store, "fire")

    assert (screen(store, "fire"), screen(store, "fire")) == (1, 0)
    assert [reply.key for reply in store.outbox.replies_to(inbox_id)] == ["danger.fire"]


def test_the_endangered_come_first_whoever_wrote_earlier(store: Store) -> None:
    for name in ("ann", "bob", "cyd"):
        arrives(store, f"{name}'s sofa", name)
    _, endangered, _ = arrives(store, "fire", "dan")
    screen(store, "fire")

    assert store.inbox.claim("w", NOW, LEASE, limit=1) == (endangered,)


def test_a_contacts_messages_are_read_in_their_order(store: Store) -> None:
    _, contact_id, _ = arrives(store, "one")
    for text in ("two", "three", "four"):
        arrives(store, text)
    screen(store)

    assert texts(store, contact_id) == ["one", "two", "three", "four"]


def test_nobody_else_takes_a_contact_until_it_is_given_back(store: Store) -> None:
    arrives(store, "a sofa")
    screen(store)
    taken = store.inbox.claim("one", NOW, LEASE)

    assert store.inbox.claim("two", NOW, LEASE) == ()
    store.inbox.release(taken, "one")
    assert store.inbox.claim("two", NOW, LEASE) == taken


def test_a_lease_runs_out(store: Store) -> None:
    arrives(store, "a sofa")
    screen(store)
    taken = store.inbox.claim("one", NOW, LEASE)

    assert store.inbox.claim("two", NOW + LEASE, LEASE) == ()
    assert store.inbox.claim("two", NOW + LEASE + timedelta(seconds=1), LEASE) == taken


def test_who_lost_a_contact_cannot_give_it_back_for_the_other(store: Store) -> None:
    arrives(store, "a sofa")
    screen(store)
    taken = store.inbox.claim("one", NOW, LEASE)
    later = NOW + 2 * LEASE
    store.inbox.claim("two", later, LEASE)
    store.inbox.release(taken, "one")

    assert store.inbox.claim("three", later, LEASE) == ()


def test_a_handled_message_is_gone_from_the_queue_with_its_payload(store: Store) -> None:
    inbox_id, contact_id, _ = arrives(store, "a sofa")
    screen(store)
    store.inbox.claim("w", NOW, LEASE)
    store.commit(Outcome(), NOW, Handled(inbox_id, contact_id, "w"))

    assert store.inbox.is_handled(inbox_id)
    assert (texts(store, contact_id), store.inbox.oldest_unhandled()) == ([], None)


def test_a_message_that_is_given_up_is_kept_with_its_payload(store: Store) -> None:
    inbox_id, contact_id, _ = arrives(store, "a sofa")
    screen(store)
    store.inbox.claim("w", NOW, LEASE)
    store.inbox.give_up(Handled(inbox_id, contact_id, "w"), "e1", Outcome(), NOW)

    assert store.inbox.is_handled(inbox_id)
    assert payload_of(store, inbox_id) == {"text": "a sofa"}


def test_who_lost_a_contact_cannot_give_its_message_up(store: Store) -> None:
    inbox_id, contact_id, _ = arrives(store, "a sofa")
    screen(store)
    store.inbox.claim("another", NOW, LEASE)

    with pytest.raises(HoldLost):
        store.inbox.give_up(Handled(inbox_id, contact_id, "w"), "e1", Outcome(), NOW)
    assert not store.inbox.is_handled(inbox_id)


def payload_of(store: Store, inbox_id: int) -> object:
    with store.database.read() as connection:
        return connection.execute(select(inbox.c.payload).where(inbox.c.id == inbox_id)).scalar_one()


class Workers:
    """Workers of several threads, and what they saw of each other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.answered: list[tuple[str, object]] = []
        self.held: Counter[str] = Counter()
        self.most = 0
        self._lock = threading.Lock()

    def work(self, worker: str) -> None:
        """Take contacts until there are none."""
        while self.store.inbox.oldest_unhandled() is not None:
            taken = self.store.inbox.claim(worker, NOW, LEASE, limit=2)
            for contact_id in taken:
                self._hold(contact_id, 1)
                self._answer(worker, contact_id)
                self._hold(contact_id, -1)
            self.store.inbox.release(taken, worker)

    def _hold(self, contact_id: str, by: int) -> None:
        with self._lock:
            self.held[contact_id] += by
            self.most = max(self.most, self.held[contact_id])

    def _answer(self, worker: str, contact_id: str) -> None:
        for stored in self.store.inbox.unread(contact_id):
            self.store.commit(Outcome(), NOW, Handled(stored.id, contact_id, worker))
            self.answered.append((contact_id, stored.payload["text"]))


def test_no_two_workers_hold_one_contact_and_each_message_is_answered_once_in_order(store: Store) -> None:
    contacts = {arrives(store, str(n), f"resident{r}")[1] for n in range(6) for r in range(5)}
    screen(store)
    workers = Workers(store)
    at_once(4, workers.work)

    assert workers.most == 1
    for contact_id in contacts:
        assert [text for owner, text in workers.answered if owner == contact_id] == list("012345")
