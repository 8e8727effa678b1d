"""Runs the migrations on the connection that ``storage.database`` hands over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables import UtcDateTime, metadata


def render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our types as what the database has, so that a migration outlives the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render,
)
context.run_migrations()
