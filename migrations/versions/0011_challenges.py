"""reconsiderations and suits about a case"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("simplified", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("claimed_seq", sa.Integer(), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_document", sa.String(length=200), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reconsideration', 'direct_suit', 'suit_after_reconsideration')",
            name=op.f("ck_challenges_kind_known"),
        ),
        sa.CheckConstraint(
            "result IN ('upheld', 'corrected', 'other')", name=op.f("ck_challenges_result_known")
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (result_on IS NULL)", name=op.f("ck_challenges_result_with_day")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_challenges_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_challenges_letter_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_challenges_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    with op.batch_alter_table("challenges") as table:
        table.create_index(op.f("ix_challenges_case_id"), ["case_id"])
        table.create_index("ix_challenges_received_on", ["received_on"])
        table.create_index("ix_challenges_result_on", ["result_on"])


def downgrade() -> None:
    op.drop_table("challenges")
