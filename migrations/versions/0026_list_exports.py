"""record of lists taken away as files"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("personal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "personal = 0 OR reason IS NOT NULL", name=op.f("ck_list_exports_personal_with_reason")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_list_exports_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_exports")),
    )


def downgrade() -> None:
    op.drop_table("list_exports")
