"""The tables are the dataclasses', and the migrations make them, on both engines."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.rows import field_names
from storage.store import Store
from storage.tables import TABLE_OF, beats, metadata
from tests.databases import PostgresCluster

MORE = {
    "contacts": {"heard_at", "last_seq", "held_by", "held_until"},
    "updates": {"seq"},
    "steps": {"seq"},
    "budget_lines": {"seq"},
}
"""Columns that storage keeps for itself."""


def test_migrations_from_empty_make_the_tables_of_the_models(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("cls", TABLE_OF, ids=lambda cls: cls.__name__)
def test_a_tables_columns_are_its_dataclasss_fields(cls: type) -> None:
    table = TABLE_OF[cls]

    assert set(table.columns.keys()) == {*field_names(cls), *MORE.get(table.name, set())}


@pytest.mark.parametrize("cls", TABLE_OF, ids=lambda cls: cls.__name__)
def test_what_may_be_missing_in_the_dataclass_may_be_missing_in_the_table(cls: type) -> None:
    for field in dataclasses.fields(cls):
        assert TABLE_OF[cls].c[field.name].nullable is ("None" in str(field.type)), field.name


def test_a_new_database_is_empty_and_then_current(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.db")

    assert (database.is_empty(), database.is_current()) == (True, False)
    database.migrate()
    database.migrate()
    assert (database.is_empty(), database.is_current()) == (False, True)
    database.close()


def test_a_new_postgresql_is_migrated_too(postgres: PostgresCluster) -> None:
    database = Database(postgres.create(migrated=False))
    database.migrate()

    assert database.is_current()
    database.close()


def test_a_naive_datetime_is_refused_at_the_door(store: Store) -> None:
    naive = datetime(2026, 3, 10, 10, 0, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises((ValueError, StatementError), match="naive"):
        store.beat("w", naive)


def test_a_datetime_of_another_zone_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    summer = datetime(2026, 6, 10, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    with database.write() as connection:
        connection.execute(insert(beats).values(worker="w", at=summer))
    with database.read() as connection:
        found = connection.execute(select(beats.c.at)).scalar_one()

    assert (found, found.tzinfo) == (summer, UTC)
