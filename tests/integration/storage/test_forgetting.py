"""Taking a person out of what is kept."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Table, select

from casework.contacts import forget
from casework.correcting import add_to_report
from casework.drafts import Draft
from casework.outcomes import Notice, Outcome
from storage.inbox import Arrival
from storage.store import Store
from storage.tables import inbox, metadata, outbox
from tests.factories import (
    NOW,
    case_of,
    keep_report,
    make_contact,
    make_desk_item,
    make_pack,
    make_photo,
    mint,
)

PACK = make_pack()
PERSONAL = ("07700 900123", "I live at number 4", "a" * 64, "+447700900123")


def told_everything(store: Store) -> str:
    """A resident whose words are everywhere; the reference of the report."""
    contact_id = make_contact().id
    store.commit(Outcome(new=(make_contact(),)), NOW)
    filed = keep_report(store, PACK)
    case = replace(case_of(filed), reports=(replace(filed.report, sent_at=NOW),))
    added = add_to_report(case, filed.report.id, "I live at number 4", (), NOW, mint(3))
    spoken = Notice(
        f"contact:{contact_id}", "ask.place_unknown", {"phrase": "I live at number 4"}, reply=True
    )
    store.commit(
        added
        + Outcome(
            new=(
                make_photo(report_id=filed.report.id),
                make_desk_item(report_id=None, words="I live at number 4"),
                Draft(contact_id, text="I live at number 4"),
            ),
            notices=(spoken,),
        ),
        NOW,
    )
    arrival = Arrival("sms", "1", "a" * 64, None, {"text": "I live at number 4"})
    store.inbox.add(arrival, make_contact(), NOW)
    return filed.report.reference


def forgotten(store: Store) -> str:
    reference = told_everything(store)
    contact = store.cases.contact(make_contact().id)
    assert contact is not None
    receipt = Notice(f"contact:{contact.id}", "forget.done", reply=True)
    store.commit(forget(contact, NOW) + Outcome(notices=(receipt,)), NOW)
    return reference


def everything(store: Store) -> str:
    def rows(table: Table) -> str:
        with store.database.read() as connection:
            return "\n".join(str(tuple(row)) for row in connection.execute(select(table)))

    return "\n".join(map(rows, metadata.sorted_tables))


def test_before_it_the_words_are_there_so_that_this_test_means_something(store: Store) -> None:
    told_everything(store)

    assert all(words in everything(store) for words in PERSONAL)


def test_nothing_that_tells_who_it_was_is_left_in_any_table_once_the_receipt_is_out(store: Store) -> None:
    forgotten(store)
    (receipt,) = store.outbox.claim(["sms"], NOW, timedelta(minutes=1))
    assert receipt.address == "+447700900123"
    store.outbox.mark_sent(receipt.id, NOW)

    assert [words for words in PERSONAL if words in everything(store)] == []


def test_the_report_stays_without_its_reporter(store: Store) -> None:
    found = store.cases.case_by_reference(forgotten(store))

    assert found is not None
    assert (found[1].contact_id, found[1].text) == (None, found[1].redacted)


def test_the_photos_of_the_report_stay_without_their_sender(store: Store) -> None:
    found = store.cases.case_by_reference(forgotten(store))

    assert found is not None
    assert [photo.contact_id for photo in store.cases.photos_of([found[1].id])] == [None]


def test_the_receipt_is_still_to_be_said(store: Store) -> None:
    forgotten(store)

    with store.database.read() as connection:
        query = select(outbox.c.key, outbox.c.state).where(outbox.c.contact_id == make_contact().id)
        assert [tuple(row) for row in connection.execute(query)] == [("forget.done", "waiting")]


def test_somebody_else_keeps_everything(store: Store) -> None:
    bob = make_contact(id="b" * 32, address_hash="b" * 64)
    store.commit(Outcome(new=(bob,)), NOW)
    store.inbox.add(Arrival("sms", "2", "b" * 64, None, {"text": "bob"}), bob, NOW)
    forgotten(store)

    assert store.cases.contact(bob.id) == bob
    with store.database.read() as connection:
        query = select(inbox.c.payload).where(inbox.c.contact_id == bob.id)
        assert connection.execute(query).scalar_one() == {"text": "bob"}
