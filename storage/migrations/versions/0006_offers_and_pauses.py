"""Offers and pauses; promises that slip and questions that end"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW_COLUMNS: dict[str, list[sa.Column[Any]]] = {
    "clusters": [sa.Column("paused_at", UtcDateTime())],
    "photos": [sa.Column("shows", sa.String(8), nullable=False, server_default="before")],
    "promises": [
        sa.Column("unit", sa.String(16), nullable=False, server_default="working_days"),
        sa.Column("remind_at", UtcDateTime()),
        sa.Column("reminded_at", UtcDateTime()),
        sa.Column("paused_at", UtcDateTime()),
        sa.Column("first_due_at", UtcDateTime()),
        sa.Column("reason", sa.String(64)),
    ],
    "questions": [
        sa.Column("jurisdiction", sa.String(64), nullable=False, server_default=""),
        sa.Column("category", sa.String(64), nullable=False, server_default=""),
        sa.Column("ward", sa.String(64)),
        sa.Column("service", sa.String(130)),
        sa.Column("reminded_at", UtcDateTime()),
        sa.Column("silent_at", UtcDateTime()),
    ],
}
INDICES: dict[str, tuple[list[str], ...]] = {
    "promises": (
        ["ended_at", "reminded_at", "remind_at"],
        ["jurisdiction", "due_at"],
        ["jurisdiction", "ended_at"],
    ),
    "questions": (["answered_at", "silent_at", "asked_at"], ["jurisdiction", "asked_at"]),
}
_OF_ITS_CASE = """
UPDATE questions SET
  jurisdiction = (SELECT jurisdiction FROM clusters WHERE clusters.id = questions.cluster_id),
  category = (SELECT category FROM clusters WHERE clusters.id = questions.cluster_id),
  ward = (SELECT ward FROM clusters WHERE clusters.id = questions.cluster_id),
  service = (SELECT service FROM clusters WHERE clusters.id = questions.cluster_id)
"""


def upgrade() -> None:
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    for table, indices in INDICES.items():
        for names in indices:
            op.create_index(_name(table, names), table, names)
    op.execute(_OF_ITS_CASE)
    op.create_table(
        "pauses",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("cluster_id", sa.String(32), sa.ForeignKey("clusters.id"), nullable=False),
        sa.Column("jurisdiction", sa.String(64), nullable=False),
        sa.Column("service", sa.String(130)),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(160), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("ended_by", sa.String(160)),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index(_name("pauses", ["cluster_id"]), "pauses", ["cluster_id"])
    op.create_index(_name("pauses", ["ended_at", "until_at"]), "pauses", ["ended_at", "until_at"])
    op.create_table(
        "offers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("cluster_id", sa.String(32), sa.ForeignKey("clusters.id"), nullable=False),
        sa.Column("jurisdiction", sa.String(64), nullable=False),
        sa.Column("category", sa.String(64), nullable=False),
        sa.Column("ward", sa.String(64)),
        sa.Column("service", sa.String(130), nullable=False),
        sa.Column("offered_by", sa.String(160), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=False),
        sa.Column("chased_at", UtcDateTime()),
        sa.Column("raised_at", UtcDateTime()),
        sa.Column("accepted_at", UtcDateTime()),
        sa.Column("refused_at", UtcDateTime()),
        sa.Column("reason", sa.String(64)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(160)),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    for names in (
        ["cluster_id"],
        ["accepted_at", "refused_at", "raised_at", "answer_by"],
        ["jurisdiction", "offered_at"],
    ):
        op.create_index(_name("offers", names), "offers", names)


def downgrade() -> None:
    op.drop_table("offers")
    op.drop_table("pauses")
    for table, indices in INDICES.items():
        for names in indices:
            op.drop_index(_name(table, names), table_name=table)
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)


def _name(table: str, columns: list[str]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
