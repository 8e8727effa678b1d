"""One recipient's messages out, by index"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME = "ix_outbox_recipient_state_next_attempt_at"


def upgrade() -> None:
    op.create_index(NAME, "outbox", ["recipient", "state", "next_attempt_at"], unique=False)


def downgrade() -> None:
    op.drop_index(NAME, table_name="outbox")
