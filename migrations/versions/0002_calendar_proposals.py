"""calendar proposals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calendar_editions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cases_moved", sa.Integer(), nullable=True))

    op.create_table(
        "calendar_proposals",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("notice_number", sa.String(length=100), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=True),
        sa.Column("source_digest", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('proposed', 'applied', 'rejected', 'withdrawn')",
            name=op.f("ck_calendar_proposals_status_known"),
        ),
        sa.CheckConstraint(
            "(status = 'proposed' AND decided_by_id IS NULL AND decided_at IS NULL)"
            " OR (status <> 'proposed' AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_calendar_proposals_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('applied', 'rejected') OR decided_by_id <> proposed_by_id",
            name=op.f("ck_calendar_proposals_two_people"),
        ),
        sa.CheckConstraint(
            "(status = 'applied' AND edition_id IS NOT NULL) OR (status <> 'applied' AND edition_id IS NULL)",
            name=op.f("ck_calendar_proposals_applied_has_edition"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_calendar_proposals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["calendar_editions.id"], name=op.f("fk_calendar_proposals_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["accounts.id"], name=op.f("fk_calendar_proposals_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_proposals")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_calendar_proposals_edition_id")),
    )
    with op.batch_alter_table("calendar_proposals", schema=None) as batch_op:
        batch_op.create_index("ix_calendar_proposals_status", ["status"], unique=False)
        batch_op.create_index(
            "uq_calendar_proposals_one_open_a_year",
            ["year"],
            unique=True,
            sqlite_where=sa.text("status = 'proposed'"),
            postgresql_where=sa.text("status = 'proposed'"),
        )


def downgrade() -> None:
    op.drop_table("calendar_proposals")
    with op.batch_alter_table("calendar_editions", schema=None) as batch_op:
        batch_op.drop_column("cases_moved")
