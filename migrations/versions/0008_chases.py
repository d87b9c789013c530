"""chases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("issuer_organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("asked_seq", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer_by_on >= issued_on", name=op.f("ck_chases_answer_after_issue")),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answered_seq IS NULL)", name=op.f("ck_chases_answered_with_entry")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_chases_case_id")),
        sa.ForeignKeyConstraint(["issuer_organ_id"], ["organs.id"], name=op.f("fk_chases_issuer_organ_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["accounts.id"], name=op.f("fk_chases_issued_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["accounts.id"], name=op.f("fk_chases_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chases")),
        sa.UniqueConstraint(
            "issuer_organ_id", "year", "serial", name=op.f("uq_chases_issuer_organ_id_year_serial")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_chases_number")),
    )
    op.create_index(op.f("ix_chases_case_id"), "chases", ["case_id"])
    op.create_index("ix_chases_answered_on", "chases", ["answered_on"])


def downgrade() -> None:
    op.drop_table("chases")
