import time
from datetime import timedelta

from sqlalchemy import insert, text

from casework.outcomes import Notice, Outcome
from storage.database import Database
from storage.outbox import Outbox, Waiting
from storage.store import Store
from storage.tables import outbox
from tests.factories import NOW

LEASE = timedelta(minutes=5)


def tell(store: Store, *recipients: str) -> None:
    notices = tuple(
        Notice(f"service:{name}", "service.overdue", {"n": n}) for n, name in enumerate(recipients)
    )
    store.commit(Outcome(notices=notices), NOW)


def claim(store: Store, minutes: float = 0, limit: int = 20) -> list[tuple[str, object]]:
    return [(row.recipient, row.parameters["n"]) for row in taken(store, minutes, limit)]


def taken(store: Store, minutes: float = 0, limit: int = 20) -> tuple[Waiting, ...]:
    return store.outbox.claim(["email"], NOW + timedelta(minutes=minutes), LEASE, limit)


def test_messages_are_taken_in_the_order_in_which_they_were_written(store: Store) -> None:
    tell(store, "a", "b", "a")

    assert claim(store) == [("service:a", 0), ("service:b", 1), ("service:a", 2)]


def test_nobody_takes_a_message_twice_while_it_is_being_sent(store: Store) -> None:
    tell(store, "a")
    claim(store)

    assert claim(store, minutes=4) == []


def test_a_message_whose_sender_died_is_taken_again_and_marked_as_interrupted(store: Store) -> None:
    tell(store, "a")
    (first,) = taken(store)
    (again,) = taken(store, minutes=6)

    assert (first.interrupted, first.attempts) == (False, 1)
    assert (again.interrupted, again.attempts) == (True, 2)


def test_a_retry_is_not_an_interruption(store: Store) -> None:
    tell(store, "a")
    (first,) = taken(store)
    store.outbox.mark_retry(first.id, NOW + timedelta(minutes=1), "busy")
    (again,) = taken(store, minutes=2)

    assert not again.interrupted


def test_a_recipients_later_messages_wait_for_an_earlier_one(store: Store) -> None:
    tell(store, "a", "b", "a")
    (first,) = taken(store, limit=1)
    store.outbox.mark_retry(first.id, NOW + timedelta(minutes=8), "busy")

    assert claim(store, minutes=5) == [("service:b", 1)]
    assert claim(store, minutes=8) == [("service:a", 0), ("service:a", 2)]


def test_a_message_put_back_was_not_attempted(store: Store) -> None:
    tell(store, "a")
    (first,) = taken(store)
    store.outbox.put_back([first.id], NOW + timedelta(minutes=1))
    (again,) = taken(store, minutes=1)

    assert (again.attempts, again.interrupted) == (1, False)


def test_a_failed_message_is_never_taken_again_and_holds_nobody_back(store: Store) -> None:
    tell(store, "a", "a")
    (first,) = taken(store, limit=1)
    store.outbox.mark_failed(first.id, "no such mailbox", Outcome(), NOW)

    assert claim(store, minutes=1) == [("service:a", 1)]
    assert store.outbox.states()["email", "failed"] == 1


def test_thousands_of_recipients_do_not_make_a_claim_slow(database: Database) -> None:
    rows = [
        {
            "recipient": f"service:{number}",
            "channel": "email",
            "key": "service.more",
            "parameters": {},
            "buttons": [],
            "language": "en",
            "jurisdiction": "ashmere",
            "state": "waiting",
            # The earlier half waits for its next try: each of the others asks whether it is behind one.
            "next_attempt_at": NOW + timedelta(hours=1) if number < 4000 else NOW,
            "created_at": NOW,
        }
        for number in range(8000)
    ]
    with database.write() as connection:
        connection.execute(insert(outbox), rows)
        # As a server does by itself after a while; without figures it guesses how to look.
        connection.execute(text("ANALYZE"))
    began = time.perf_counter()
    claimed = Outbox(database).claim(["email"], NOW, timedelta(minutes=1))

    assert len(claimed) == 20
    assert time.perf_counter() - began < 1
