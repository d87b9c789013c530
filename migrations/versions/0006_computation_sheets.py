"""computation sheets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "computation_sheets",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("through_seq", sa.Integer(), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("render_attempts", sa.Integer(), nullable=False),
        sa.Column("render_error", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_computation_sheets_serial_positive")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_computation_sheets_attachment_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_computation_sheets_case_id")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_computation_sheets_made_by_id")
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_computation_sheets_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_computation_sheets")),
        sa.UniqueConstraint("number", name=op.f("uq_computation_sheets_number")),
        sa.UniqueConstraint(
            "organ_id", "year", "serial", name=op.f("uq_computation_sheets_organ_id_year_serial")
        ),
    )
    op.create_index(op.f("ix_computation_sheets_case_id"), "computation_sheets", ["case_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_computation_sheets_case_id"), table_name="computation_sheets")
    op.drop_table("computation_sheets")
