"""Real databases for tests: a SQLite file, and a PostgreSQL that the tests start themselves.

``tests/conftest.py`` makes the fixtures known to every test. The PostgreSQL is one cluster for
each process of a test run, listening on a socket only; each test gets a new database in it.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from storage.store import Store

ENGINES = ("sqlite", "postgresql")

_UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
_TEMPLATE = "migrated"


def find_postgres() -> Path | None:
    """The folder of the newest PostgreSQL's programs, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


@dataclass
class PostgresCluster:
    """A PostgreSQL of our own, thrown away with its folder."""

    programs: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Make the cluster and start it."""
        if os.geteuid() == 0:
            # initdb refuses root.
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N")
        self.resume()
        self._sql(f"CREATE DATABASE {_TEMPLATE}")
        database = Database(self.url(_TEMPLATE))
        database.migrate()
        database.close()

    def resume(self) -> None:
        """Start it again after a stop."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} {_UNSAFE_BUT_FAST}"
        self._run("pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it at once; ``fast`` keeps what was committed just before, as a safe server would."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, migrated: bool = True) -> str:
        """A new database; its address."""
        name = f"test_{next(self._numbers)}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE if migrated else 'template0'}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, whoever still uses it."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as link:
            link.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # No pipes: the server would inherit them, and the call would wait for it for ever.
        with (self.folder.parent / f"{self.folder.name}.out").open("ab") as out:
            subprocess.run(command, check=True, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/")


@contextmanager
def postgres_cluster() -> Iterator[PostgresCluster]:
    """A running PostgreSQL, or a skipped test where none is installed."""
    programs = find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    # A socket's path may have at most 107 bytes, so not in pytest's own long folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    cluster = PostgresCluster(programs, folder)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.out").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """One that all tests share: it is not stopped before the last of them."""
    with postgres_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """The address of a new SQLite database with its tables."""
    file = tmp_path / "streetcall.db"
    shutil.copy(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: PostgresCluster) -> Iterator[str]:
    """The address of a new PostgreSQL database with its tables."""
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database with its tables, on each engine in turn."""
    return str(request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A new database with its tables, on each engine in turn."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Store:
    """Everything that is kept, in a new database on each engine in turn."""
    return Store(database)
