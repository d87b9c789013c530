"""annual reports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annual_reports",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('submitted', 'returned', 'accepted', 'published')",
            name=op.f("ck_annual_reports_state_known"),
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_annual_reports_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_reports")),
        sa.UniqueConstraint("organ_id", "year", name=op.f("uq_annual_reports_organ_id_year")),
    )
    op.create_table(
        "annual_report_steps",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["accounts.id"], name=op.f("fk_annual_report_steps_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["annual_reports.id"], name=op.f("fk_annual_report_steps_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_steps")),
        sa.UniqueConstraint("report_id", "seq", name=op.f("uq_annual_report_steps_report_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("annual_report_steps")
    op.drop_table("annual_reports")
