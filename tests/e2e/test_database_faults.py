"""The database locked, gone and back: intake says so, nothing is half done, and it recovers by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, func, select, text

from storage.tables import inbox, outbox, reports
from tests.databases import ENGINES, PostgresCluster, postgres_cluster
from tests.product import Product, product, until

HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}
SOFA = "Someone has dumped a sofa"
LIGHT = "The street light is out"


@pytest.fixture(scope="module")
def cluster() -> Iterator[PostgresCluster]:
    """A PostgreSQL that may be stopped, as the one that all tests share may not."""
    with postgres_cluster() as made:
        yield made


@pytest.fixture(scope="module", params=ENGINES)
def streetcall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tiny_pack: Path
) -> Iterator[Product]:
    """One product for all faults: it must have got over the one before."""
    settings: dict[str, object] = {"pack": tiny_pack}
    if request.param == "postgresql":
        settings["database_url"] = request.getfixturevalue("cluster").create(migrated=False)
    with product(tmp_path_factory.mktemp("product"), **settings) as made:
        yield made


@contextmanager
def locked(streetcall: Product) -> Iterator[None]:
    """Somebody else holds everything that a message needs."""
    engine = create_engine(streetcall.database_url)
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        else:
            connection.execute(text("LOCK TABLE inbox, outbox, contacts, beats IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def counts(streetcall: Product) -> list[int]:
    """How many messages came from residents and went to them, and how many reports were filed."""
    to_residents = select(func.count()).select_from(outbox).where(outbox.c.contact_id.is_not(None))
    with streetcall.store.database.read() as connection:
        return [
            int(connection.execute(query).scalar_one())
            for query in (
                select(func.count()).select_from(inbox),
                to_residents,
                select(func.count()).select_from(reports),
            )
        ]


def is_told_to_wait(answer: httpx.Response) -> bool:
    """Not now, but soon, in words that a program can show."""
    return (
        answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0 and bool(answer.json()["error"])
    )


def check_not_ready(streetcall: Product) -> None:
    """It says that it is the database."""
    answer = streetcall.client.get("/readyz")
    assert answer.status_code == 503
    assert "database" in answer.json()["faults"]
    assert streetcall.client.get("/healthz").status_code == 200


def check_recovers(streetcall: Product) -> None:
    """Nobody needs to do anything."""
    until(streetcall.is_ready, 20, "ready again")


def test_a_locked_database_takes_nothing_in_and_forgets_nothing(streetcall: Product) -> None:
    talk = streetcall.talk()
    before = counts(streetcall)
    with locked(streetcall):
        refused = talk.post("m-1", text=SOFA, location=HIGH_STREET)
        assert is_told_to_wait(refused)
        check_not_ready(streetcall)
    check_recovers(streetcall)
    assert counts(streetcall) == before

    answer = talk.say(SOFA, "m-1", location=HIGH_STREET)
    assert answer["report"]
    assert len(answer["replies"]) == 1
    assert [after - b for after, b in zip(counts(streetcall), before, strict=True)] == [1, 1, 1]


@pytest.mark.parametrize("streetcall", ["postgresql"], indirect=True)
def test_a_database_that_is_gone_is_named_and_missed_no_longer_than_it_is_gone(
    streetcall: Product, cluster: PostgresCluster
) -> None:
    talk = streetcall.talk()
    talk.say("hello", "m-0")
    before = counts(streetcall)
    streetcall.store.database.close()
    cluster.stop("fast")
    try:
        check_not_ready(streetcall)
        assert is_told_to_wait(talk.post("m-1", text=LIGHT, location=HIGH_STREET))
        hearing = streetcall.client.get("/api/chat", headers={"X-Conversation": talk.secret})
        assert is_told_to_wait(hearing)
        assert streetcall.client.get("/metrics").status_code == 200
        assert streetcall.client.get("/").status_code == 200
    finally:
        cluster.resume()
    check_recovers(streetcall)
    assert counts(streetcall) == before

    answer = talk.say(LIGHT, "m-1", location=HIGH_STREET)
    assert answer["report"]
    assert [after - b for after, b in zip(counts(streetcall), before, strict=True)] == [1, 1, 1]
