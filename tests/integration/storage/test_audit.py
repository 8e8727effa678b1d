"""The audit trail on both engines: appended only, chained by one, whole whatever is forgotten."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Table, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from casework.audit import Head, Wrong
from casework.errors import Conflict
from casework.outcomes import AuditEntry, Outcome
from casework.sorting import finish
from storage.database import Database
from storage.store import Store
from storage.tables import audit, audit_chain
from tests.factories import NOW, keep_contact, keep_report, make_desk_item, make_pack

PACK = make_pack()


def entry(number: int) -> AuditEntry:
    """One of many."""
    return AuditEntry(NOW + timedelta(seconds=number), "resident", "told", f"{number:032x}", {"n": number})


def keep(store: Store, *numbers: int) -> None:
    """Entries, each in a transaction of its own."""
    for number in numbers:
        store.commit(Outcome(audit=(entry(number),)), NOW)


def wrong(store: Store) -> list[tuple[Wrong, int]]:
    return [(flaw.wrong, flaw.position) for flaw in store.audit.flaws()]


def without_triggers(database: Database, *statements: object) -> None:
    """What somebody does who may do anything with the database."""
    with database.write() as connection:
        for name in _triggers(database):
            connection.execute(text(name))
        for statement in statements:
            connection.execute(text(statement) if isinstance(statement, str) else statement)  # type: ignore[call-overload]


def _triggers(database: Database) -> Sequence[str]:
    tables = ("audit", "audit_chain")
    if not database.is_sqlite:
        return [f"DROP TRIGGER {table}_no_change ON {table}" for table in tables]
    return [f"DROP TRIGGER {table}_no_{act}" for table in tables for act in ("update", "delete")]


# --- Appended only ---


@pytest.mark.parametrize("table", [audit, audit_chain], ids=lambda table: table.name)
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_the_trail(store: Store, table: Table, change: str) -> None:
    keep(store, 1)
    store.audit.chain()
    statement = update(table).values(seq=7) if change == "update" else delete(table)

    with pytest.raises((DBAPIError, Conflict)) as told, store.database.write() as connection:
        connection.execute(statement)
    assert "appended only" in str(told.value.__cause__ or told.value)
    assert (wrong(store), store.audit.length()) == ([], 1)


def test_postgresql_refuses_to_empty_the_trail(postgres_url: str) -> None:
    database = Database(postgres_url)
    keep(Store(database), 1)

    with pytest.raises(DBAPIError, match="appended only"), database.write() as connection:
        connection.execute(text("TRUNCATE audit"))
    assert Store(database).audit.tail().entries == 1
    database.close()


def test_an_entry_with_somebodys_words_is_refused_with_all_that_was_to_be_written(store: Store) -> None:
    contact = keep_contact(store)
    told = AuditEntry(NOW, "resident", "told", contact.id, {"words": "a sofa on Hazel Grove"})

    with pytest.raises(ValueError, match="ids and codes"):
        store.commit(Outcome(new=(make_desk_item(report_id=None),), audit=(told,)), NOW)
    assert (store.audit.tail().entries, store.cases.desk_to_mail()) == (0, ())


# --- Chaining ---


def test_entries_are_chained_in_their_order_and_only_once(store: Store) -> None:
    keep(store, 1, 2, 3)

    assert (store.audit.chain(), store.audit.chain()) == (3, 0)
    keep(store, 4)
    assert store.audit.tail().entries == 1
    assert store.audit.chain() == 1
    assert wrong(store) == []
    kept = store.audit.about([entry(n).subject for n in (1, 2, 3, 4)])
    assert [(one.position, one.entry) for one in kept] == [(n, entry(n)) for n in (1, 2, 3, 4)]


def test_a_long_tail_is_chained_piece_by_piece(store: Store) -> None:
    store.commit(Outcome(audit=tuple(map(entry, range(25)))), NOW)

    assert [store.audit.chain(limit=10) for _ in range(4)] == [10, 10, 5, 0]
    assert (store.audit.length(), wrong(store)) == (25, [])


def test_what_is_committed_late_gets_a_later_place(postgres_url: str) -> None:
    database = Database(postgres_url)
    store = Store(database)
    with database.write() as connection:
        connection.execute(insert(audit).values(**_row(1)))
        keep(store, 2)
        assert store.audit.chain() == 1
    assert store.audit.chain() == 1

    kept = {one.entry.details["n"]: one for one in store.audit.about([entry(1).subject, entry(2).subject])}
    assert (kept[1].position, kept[2].position) == (2, 1)
    assert kept[1].seq < kept[2].seq
    assert wrong(store) == []
    database.close()


def test_what_is_too_late_even_for_that_is_found_by_looking_at_everything(store: Store) -> None:
    keep(store, 1, 2, 3)
    store.audit.chain()
    with store.database.write() as connection:
        connection.execute(insert(audit).values(seq=-500, **_row(4)))

    assert store.audit.chain(look_back=100) == 0
    assert store.audit.chain(look_back=None) == 1
    assert wrong(store) == []


def test_two_that_chain_at_once_make_one_chain(store: Store) -> None:
    store.commit(Outcome(audit=tuple(map(entry, range(200)))), NOW)
    done: list[int] = []
    start = threading.Barrier(4)

    def chain() -> None:
        start.wait()
        while made := store.audit.chain(limit=20):
            done.append(made)

    threads = [threading.Thread(target=chain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(done), store.audit.length(), wrong(store)) == (200, 200, [])


def _row(number: int) -> dict[str, object]:
    told = entry(number)
    return {
        "at": told.at,
        "actor": told.actor,
        "act": told.act,
        "subject": told.subject,
        "details": dict(told.details),
    }


# --- What was done to it ---


def test_a_changed_entry_is_found(store: Store) -> None:
    keep(store, *range(1, 8))
    store.audit.chain()
    without_triggers(store.database, update(audit).where(audit.c.seq == 4).values(actor="staff:s1"))

    assert wrong(store) == [(Wrong.CHANGED, 4)]


def test_an_entry_that_was_given_somebodys_words_is_found(store: Store) -> None:
    keep(store, 1, 2)
    store.audit.chain()
    without_triggers(store.database, update(audit).where(audit.c.seq == 2).values(actor="Ann Other did it"))

    assert wrong(store) == [(Wrong.CHANGED, 2)]


def test_a_removed_entry_is_found(store: Store) -> None:
    keep(store, *range(1, 8))
    store.audit.chain()
    without_triggers(store.database, delete(audit).where(audit.c.seq == 4))

    assert wrong(store) == [(Wrong.MISSING, 4)]


def test_two_entries_that_changed_numbers_are_found(store: Store) -> None:
    keep(store, *range(1, 8))
    store.audit.chain()
    moves = [
        update(audit).where(audit.c.seq == old).values(seq=new) for old, new in ((3, 99), (5, 3), (99, 5))
    ]
    without_triggers(store.database, *moves)

    assert wrong(store) == [(Wrong.CHANGED, 3), (Wrong.CHANGED, 5)]


def test_a_chain_cut_short_with_its_entries_no_longer_holds_the_head(store: Store) -> None:
    keep(store, *range(1, 8))
    store.audit.chain()
    head = store.audit.head()
    assert head is not None
    without_triggers(
        store.database,
        delete(audit).where(audit.c.seq > 5),
        delete(audit_chain).where(audit_chain.c.position > 5),
    )

    assert wrong(store) == []
    assert store.audit.hash_at(head.position) is None


def test_a_chain_written_anew_has_another_head(store: Store) -> None:
    keep(store, *range(1, 8))
    store.audit.chain()
    head = store.audit.head()
    assert head is not None
    change = update(audit).where(audit.c.seq == 2).values(actor="staff:s1")
    without_triggers(store.database, change, delete(audit_chain))
    store.audit.chain()

    assert wrong(store) == []
    assert store.audit.hash_at(head.position) != head.hash
    assert store.audit.head() == Head(7, store.audit.hash_at(7) or "")


# --- Forgetting ---


def test_forgetting_a_person_leaves_it_whole(store: Store) -> None:
    filed = keep_report(store, PACK)
    item = make_desk_item(report_id=filed.report.id, contact_id=filed.report.contact_id, words="call Ann")
    store.commit(Outcome(new=(item,)), NOW)
    store.commit(finish(item, "", "staff:s1", NOW), NOW)
    store.audit.chain()
    before = store.audit.about([filed.report.id, item.id])
    store.commit(Outcome(forgotten=(str(filed.report.contact_id),)), NOW)

    assert store.audit.about([filed.report.id, item.id]) == before
    assert wrong(store) == []
