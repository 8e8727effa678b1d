"""An outcome is written whole or not at all, and never over somebody else's change."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from casework.cases import Contact
from casework.drafts import Draft, Step
from casework.errors import Conflict
from casework.outcomes import AuditEntry, Notice, Outcome
from storage.commit import Handled
from storage.inbox import Arrival
from storage.store import Store
from storage.tables import metadata
from tests.factories import NOW, keep_contact, keep_report, make_contact, make_desk_item, make_pack

PACK = make_pack()


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def told(contact: Contact, key: str = "hello", once: str | None = None) -> Notice:
    return Notice(f"contact:{contact.id}", key, once=once)


def test_what_is_changed_is_read_as_it_was_written(store: Store) -> None:
    contact = keep_contact(store)
    store.commit(Outcome(changed=(replace(contact, opted_out_at=NOW),)), NOW)

    assert store.cases.contact(contact.id) == replace(contact, opted_out_at=NOW, version=2)


def test_a_change_of_an_older_version_is_refused(store: Store) -> None:
    contact = keep_contact(store)
    store.commit(Outcome(changed=(replace(contact, opted_out_at=NOW),)), NOW)

    with pytest.raises(Conflict):
        store.commit(Outcome(changed=(replace(contact, language="cy"),)), NOW)


def test_a_conflict_in_the_last_thing_leaves_nothing_of_the_first(store: Store) -> None:
    filed = keep_report(store, PACK)
    before = counts(store)
    outcome = Outcome(
        new=(make_desk_item(report_id=filed.report.id, id="1" * 32),),
        changed=(filed.cluster, replace(filed.report, version=9)),
        audit=(AuditEntry(NOW, "system", "x", "y"),),
        notices=(told(make_contact()),),
    )

    with pytest.raises(Conflict):
        store.commit(outcome, NOW)
    assert counts(store) == before


def test_a_thing_of_something_that_does_not_exist_is_refused_whole(store: Store) -> None:
    before = counts(store)

    with pytest.raises(Conflict):
        store.commit(Outcome(new=(make_desk_item(report_id="9" * 32),)), NOW)
    assert counts(store) == before


def test_two_changes_at_one_instant_are_one_change_and_one_refusal(store: Store) -> None:
    contact = keep_contact(store)
    results: list[str] = []

    def change(language: str) -> None:
        try:
            store.commit(Outcome(changed=(replace(contact, language=language),)), NOW)
            results.append("written")
        except Conflict:
            results.append("refused")

    threads = [threading.Thread(target=change, args=(language,)) for language in ("cy", "pl", "ur")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["refused", "refused", "written"]


def test_a_reference_that_is_taken_is_refused(store: Store) -> None:
    keep_report(store, PACK, seed=1)

    with pytest.raises(Conflict):
        keep_report(store, PACK, seed=1)


# --- Drafts -------------------------------------------------------------------------------------


def test_a_draft_is_read_as_it_was_told(store: Store) -> None:
    contact = keep_contact(store)
    draft = Draft(contact.id, Step.PLACE, "a sofa", photos=("p1",), started_at=NOW, offered=("yes", "no"))
    store.commit(Outcome(changed=(draft,)), NOW)

    assert store.cases.draft(contact.id) == replace(draft, version=1)


def test_a_draft_that_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    contact = keep_contact(store)
    store.commit(Outcome(changed=(Draft(contact.id, text="first"),)), NOW)

    for stale in (Draft(contact.id, text="as new"), Draft(contact.id, text="as old", version=7)):
        with pytest.raises(Conflict):
            store.commit(Outcome(changed=(stale,)), NOW)
    kept = store.cases.draft(contact.id)
    assert kept is not None
    assert kept.text == "first"


# --- Messages out -------------------------------------------------------------------------------


def test_a_contacts_messages_are_numbered_in_their_order(store: Store) -> None:
    contact = keep_contact(store)
    store.commit(Outcome(notices=(told(contact, "a"), told(contact, "b"))), NOW)
    store.commit(Outcome(notices=(told(contact, "c"),)), NOW)

    assert [(m.seq, m.key) for m in store.outbox.after(contact.id, 0)] == [(1, "a"), (2, "b"), (3, "c")]


def test_numbers_have_no_gap_and_no_double_when_many_write_at_once(store: Store) -> None:
    ann, bob = keep_contact(store), keep_contact(store, id="b" * 32, address_hash="b" * 64)

    def tell_both(order: tuple[Contact, Contact]) -> None:
        for _ in range(5):
            store.commit(Outcome(notices=tuple(map(told, order))), NOW)

    threads = [threading.Thread(target=tell_both, args=(order,)) for order in ((ann, bob), (bob, ann)) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for contact in (ann, bob):
        assert [message.seq for message in store.outbox.after(contact.id, 0)] == list(range(1, 21))


def test_what_may_be_said_once_is_said_once(store: Store) -> None:
    contact = keep_contact(store)
    for _ in range(3):
        store.commit(Outcome(notices=(told(contact, once="digest:1"),)), NOW)

    assert len(store.outbox.after(contact.id, 0)) == 1
    assert store.cases.was_noticed("digest:1")


def test_once_holds_between_threads(store: Store) -> None:
    contact = keep_contact(store)
    once = Outcome(notices=(told(contact, once="digest:1"),))
    threads = [threading.Thread(target=store.commit, args=(once, NOW)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(store.outbox.after(contact.id, 0)) == 1


def test_who_stopped_gets_answers_and_nothing_else(store: Store) -> None:
    contact = keep_contact(store, opted_out_at=NOW)
    answer = replace(told(contact, "help"), reply=True)
    store.commit(Outcome(notices=(told(contact, "told.done"), answer)), NOW)

    assert [message.key for message in store.outbox.after(contact.id, 0)] == ["help"]


# --- The message that is answered ---------------------------------------------------------------


def held(store: Store, worker: str = "w") -> Handled:
    """A message of a contact that the worker holds."""
    contact = make_contact()
    arrival = Arrival("sms", "1", contact.address_hash or "", None, {"text": "x"})
    inbox_id, contact_id, _ = store.inbox.add(arrival, contact, NOW)
    with store.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE contacts SET held_by = '{worker}' WHERE id = '{contact_id}'")
    return Handled(inbox_id, contact_id, worker)


def test_a_message_is_marked_with_what_it_led_to(store: Store) -> None:
    handled = held(store)
    answer = replace(told(make_contact()), reply=True)
    store.commit(Outcome(notices=(answer,)), NOW, handled)

    assert store.inbox.is_handled(handled.inbox_id)
    assert [reply.key for reply in store.outbox.replies_to(handled.inbox_id)] == ["hello"]


def test_a_worker_that_lost_its_hold_writes_nothing(store: Store) -> None:
    handled = replace(held(store, "another"), worker="w")
    before = counts(store)

    with pytest.raises(Conflict):
        store.commit(Outcome(notices=(told(make_contact()),)), NOW, handled)
    assert counts(store) == before
    assert not store.inbox.is_handled(handled.inbox_id)


def test_a_message_is_answered_once_even_by_who_still_holds_it(store: Store) -> None:
    handled = held(store)
    store.commit(Outcome(), NOW, handled)

    with pytest.raises(Conflict):
        store.commit(Outcome(notices=(told(make_contact()),)), NOW + timedelta(seconds=1), handled)
