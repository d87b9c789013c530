"""imports voided as a whole"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_STATES = "'unknown_header', 'checked', 'queued', 'running', 'done', 'failed', 'discarded'"


def upgrade() -> None:
    with op.batch_alter_table("ledger_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("void_reason", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("voided_numbers", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_ledger_imports_voided_by_id"), "accounts", ["voided_by_id"], ["id"]
        )
        batch_op.drop_constraint(op.f("ck_ledger_imports_state_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_ledger_imports_state_known"), f"state IN ({_STATES}, 'voided')"
        )


def downgrade() -> None:
    op.execute("UPDATE ledger_imports SET state = 'discarded' WHERE state = 'voided'")
    with op.batch_alter_table("ledger_imports", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_imports_state_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_ledger_imports_state_known"), f"state IN ({_STATES})")
        batch_op.drop_constraint(op.f("fk_ledger_imports_voided_by_id"), type_="foreignkey")
        for column in ("voided_numbers", "void_reason", "voided_at", "voided_by_id"):
            batch_op.drop_column(column)
