"""voided letters keep their number with a reason; why mail came back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.add_column(sa.Column("voided_on", sa.Date(), nullable=True))
        letters.add_column(sa.Column("voided_by_id", sa.Integer(), nullable=True))
        letters.add_column(sa.Column("void_reason", sa.String(length=500), nullable=True))
        letters.create_foreign_key(op.f("fk_letters_voided_by_id"), "accounts", ["voided_by_id"], ["id"])
    with op.batch_alter_table("dispatches") as dispatches:
        dispatches.add_column(sa.Column("return_kind", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("dispatches") as dispatches:
        dispatches.drop_column("return_kind")
    with op.batch_alter_table("letters") as letters:
        letters.drop_constraint(op.f("fk_letters_voided_by_id"), type_="foreignkey")
        letters.drop_column("void_reason")
        letters.drop_column("voided_by_id")
        letters.drop_column("voided_on")
