"""A database that is locked or gone is said plainly, and nothing is half done."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import StorageUnavailable
from casework.outcomes import Outcome
from storage import database as module
from storage.database import Database
from storage.store import Store
from tests.databases import PostgresCluster, find_postgres
from tests.factories import NOW, make_contact

KEEP = Outcome(new=(make_contact(),))


@pytest.fixture
def impatient(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A SQLite database that waits a moment only for its turn."""
    monkeypatch.setattr(module, "_LOCKED_S", 0.1)
    database = Database(sqlite_url)
    yield database
    database.close()


def test_a_locked_sqlite_is_unavailable_and_then_available_again(impatient: Database) -> None:
    store = Store(impatient)
    other = sqlite3.connect(str(impatient.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageUnavailable):
        store.commit(KEEP, NOW)
    other.execute("ROLLBACK")
    other.close()
    assert store.cases.contact(make_contact().id) is None
    store.commit(KEEP, NOW)
    assert store.cases.contact(make_contact().id) == make_contact()


def test_a_locked_sqlite_can_still_be_read(impatient: Database) -> None:
    other = sqlite3.connect(str(impatient.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert Store(impatient).cases.contact("x" * 32) is None
    other.close()


@pytest.fixture
def stoppable() -> Iterator[PostgresCluster]:
    """A PostgreSQL of this test's own."""
    programs = find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        cluster = PostgresCluster(programs, Path(folder))
        cluster.start()
        yield cluster


def test_a_stopped_postgresql_is_unavailable(stoppable: PostgresCluster) -> None:
    database = Database(stoppable.create())
    store = Store(database)
    store.commit(KEEP, NOW)
    stoppable.stop()

    for use in (database.ping, lambda: store.cases.contact("x"), lambda: store.beat("w", NOW)):
        with pytest.raises(StorageUnavailable):
            use()
    database.close()


def test_a_database_that_never_was_is_unavailable() -> None:
    database = Database("postgresql+psycopg://nobody@/nothing?host=/nonexistent")

    with pytest.raises(StorageUnavailable):
        database.ping()
    database.close()
