"""figures of supervision"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both columns are derived from the log: "flask clock replay" fills them for cases that are already there.
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("stage_since_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("days_used", sa.Integer(), nullable=True))
    op.create_index("ix_log_entries_type_happened_on", "log_entries", ["type", "happened_on"])


def downgrade() -> None:
    op.drop_index("ix_log_entries_type_happened_on", "log_entries")
    with op.batch_alter_table("cases") as table:
        table.drop_column("days_used")
        table.drop_column("stage_since_on")
