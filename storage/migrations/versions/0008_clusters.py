"""Reports of one problem joined: when it was told last, what was merged, whose voice is doubtful

Columns are added, never tables rebuilt: SQLite would take the rows that refer to them along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OLD, NEW = "ix_clusters_cell_category", "ix_clusters_cell_category_reported_at"

MOVES_BY = ("deed", "report_id", "from_cluster", "to_cluster")


def upgrade() -> None:
    long_ago = sa.text("'1970-01-01 00:00:00'")
    time = sa.DateTime(timezone=True)
    op.add_column("clusters", sa.Column("reported_at", time, nullable=False, server_default=long_ago))
    op.execute(sa.text("UPDATE clusters SET reported_at = opened_at"))
    op.add_column("clusters", sa.Column("merged_into", sa.String(length=32), nullable=True))
    op.drop_index(OLD, table_name="clusters")
    op.create_index(NEW, "clusters", ["cell", "category", "reported_at"])
    op.create_index("ix_clusters_merged_into", "clusters", ["merged_into"])
    no = sa.false()
    op.add_column("reports", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=no))
    op.create_index("ix_updates_report_id", "updates", ["report_id"])
    op.create_table(
        "moves",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=False),
        sa.Column("from_cluster", sa.String(length=32), nullable=False),
        sa.Column("to_cluster", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("undone_at", time, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_moves_report_id"),
        sa.ForeignKeyConstraint(["from_cluster"], ["clusters.id"], name="fk_moves_from_cluster"),
        sa.ForeignKeyConstraint(["to_cluster"], ["clusters.id"], name="fk_moves_to_cluster"),
        sa.PrimaryKeyConstraint("id", name="pk_moves"),
    )
    for column in MOVES_BY:
        op.create_index(f"ix_moves_{column}", "moves", [column])


def downgrade() -> None:
    op.drop_table("moves")
    op.drop_index("ix_updates_report_id", table_name="updates")
    op.drop_column("reports", "doubtful")
    op.drop_index("ix_clusters_merged_into", table_name="clusters")
    op.drop_index(NEW, table_name="clusters")
    op.create_index(OLD, "clusters", ["cell", "category"])
    op.drop_column("clusters", "merged_into")
    op.drop_column("clusters", "reported_at")
