"""Fixtures that every test may ask for."""

from tests.databases import (
    database,
    database_url,
    migrated_sqlite,
    postgres,
    postgres_url,
    sqlite_url,
    store,
)

__all__ = [
    "database",
    "database_url",
    "migrated_sqlite",
    "postgres",
    "postgres_url",
    "sqlite_url",
    "store",
]
