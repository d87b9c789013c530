"""registers handed in on screen"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_headings",
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("column", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_headings")),
        sa.UniqueConstraint("heading", name=op.f("uq_ledger_headings_heading")),
    )
    with op.batch_alter_table("ledger_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=16), server_default="done", nullable=False))
        batch_op.add_column(sa.Column("total", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("storage_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("faults", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("headings", sa.JSON(), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_ledger_imports_storage_key"), ["storage_key"])
        batch_op.create_check_constraint(
            op.f("ck_ledger_imports_state_known"),
            "state IN ('unknown_header', 'checked', 'queued', 'running', 'done', 'failed', 'discarded')",
        )
    with op.batch_alter_table("ledger_imports", schema=None) as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=16), server_default=None)
        batch_op.alter_column("total", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("ledger_imports", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_imports_state_known"), type_="check")
        batch_op.drop_constraint(op.f("uq_ledger_imports_storage_key"), type_="unique")
        for column in ("headings", "faults", "storage_key", "total", "state"):
            batch_op.drop_column(column)
    op.drop_table("ledger_headings")
