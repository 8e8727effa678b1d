"""The engine, its transactions and its migrations: SQLite or PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from casework.errors import Conflict, StorageUnavailable
from storage.locks import MIGRATION

MIGRATIONS = Path(__file__).parent / "migrations"

_LOCKED_S = 5
"""Seconds that a writer waits for its turn before it gives up."""


class Database:
    """One database. Reads and writes are separate transactions, each used as a context."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = threading.Lock()
        self.engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url, pool_size)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction. Raises StorageUnavailable if the database does not answer."""
        with _told_plainly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, durable: bool = True) -> Iterator[Connection]:
        """A write transaction: everything in it is written, or nothing.

        One that need not be ``durable`` may be undone by a power cut (never in part, never by the
        end of our process): for marks that are made again when they are missing.
        Raises StorageUnavailable if the database is locked or gone, Conflict if it breaks a
        uniqueness that somebody else's change made.
        """
        with _told_plainly(), self._turn(), self.engine.connect() as connection:
            options = connection.execution_options(writes=True, durable=durable)
            with options.begin():
                if not (durable or self.is_sqlite):
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
                yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer of this process at a time: SQLite would let the others sleep and look again."""
        if not self.is_sqlite:
            yield
            return
        if not self._writing.acquire(timeout=_LOCKED_S):
            raise StorageUnavailable("another writer took too long")
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def only_one(self, number: int) -> Iterator[bool]:
        """True for the one process that holds this lock; a dead holder's lock is free at once.

        A SQLite file has one process that ticks, so there it is always True.
        """
        if self.is_sqlite:
            yield True
            return
        with self.read() as connection:
            yield bool(
                connection.execute(text("SELECT pg_try_advisory_xact_lock(:n)"), {"n": number}).scalar()
            )

    def ping(self) -> None:
        """Raise StorageUnavailable unless the database can be written to."""
        with self.write() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    # --- Migrations ---

    def migrate(self) -> None:
        """Bring the schema to this version, one process at a time."""
        with _told_plainly(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION})
                config = _alembic()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

    def is_empty(self) -> bool:
        """True if nothing was ever migrated here."""
        return self._revision() is None

    def is_current(self) -> bool:
        """True if the schema is the one of this version."""
        return self._revision() == ScriptDirectory.from_config(_alembic()).get_current_head()

    def _revision(self) -> str | None:
        with self.read() as connection:
            return MigrationContext.configure(connection).get_current_revision()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("a uniqueness or a reference was broken") from error
    except (OperationalError, PoolTimeoutError) as error:
        raise StorageUnavailable("the database did not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StorageUnavailable("the database went away") from error
        raise


def insert_or_skip(
    connection: Connection, table: Table, row: Mapping[str, object], unique: list[str] | None = None
) -> sqlite.Insert | postgresql.Insert:
    """An insert that does nothing where a row with the same unique columns is there; default: any of them."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).values(**row).on_conflict_do_nothing(index_elements=unique)
    return postgresql.insert(table).values(**row).on_conflict_do_nothing(index_elements=unique)


def _server_engine(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": f"-c lock_timeout={_LOCKED_S}s -c timezone=utc"},
    )


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": _LOCKED_S, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """WAL, and every commit on the disk before it is answered: it must survive a power cut."""
    connection = getattr(dbapi, "driver_connection", None) or dbapi
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("not SQLite")
    # The driver must not begin transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: taking it later could deadlock with another writer."""
    options = connection.get_execution_options()
    if options.get("writes", False):
        level = "FULL" if options.get("durable", True) else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
