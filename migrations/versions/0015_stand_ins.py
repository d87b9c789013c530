"""colleagues stand in for people who are away"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PEOPLE = ("away_id", "stand_in_id", "named_by_id", "ended_by_id")


def upgrade() -> None:
    op.create_table(
        "stand_ins",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("away_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("away_id <> stand_in_id", name=op.f("ck_stand_ins_somebody_else")),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_stand_ins_days_in_order")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_stand_ins_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_stand_ins_organ_id")),
        *(
            sa.ForeignKeyConstraint([column], ["accounts.id"], name=op.f(f"fk_stand_ins_{column}"))
            for column in _PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
    )
    for column in ("organ_id", "away_id", "stand_in_id", "to_on"):
        op.create_index(op.f(f"ix_stand_ins_{column}"), "stand_ins", [column])
    with op.batch_alter_table("alerts") as table:
        table.add_column(sa.Column("stands_for_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_alerts_stands_for_id"), "accounts", ["stands_for_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("alerts") as table:
        table.drop_constraint(op.f("fk_alerts_stands_for_id"), type_="foreignkey")
        table.drop_column("stands_for_id")
    op.drop_table("stand_ins")
