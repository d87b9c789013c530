"""destruction of files whose period is over, by two people, and its deferral"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("cases", "archived_files"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("destroyed_on", sa.Date(), nullable=True))
    op.create_table(
        "destructions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("grounds", sa.String(length=500), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=500), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'carried_out', 'returned', 'withdrawn')",
            name=op.f("ck_destructions_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('carried_out', 'returned') OR decided_by_id <> proposed_by_id",
            name=op.f("ck_destructions_two_people"),
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_destructions_organ_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["accounts.id"], name=op.f("fk_destructions_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_destructions_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destructions")),
        sa.UniqueConstraint("number", name=op.f("uq_destructions_number")),
        sa.UniqueConstraint("organ_id", "year", "serial", name=op.f("uq_destructions_organ_id_year_serial")),
    )
    op.create_index(op.f("ix_destructions_organ_id"), "destructions", ["organ_id"])
    op.create_table(
        "destruction_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destruction_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("retention", sa.String(length=8), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("materials", sa.Integer(), nullable=False),
        sa.Column("contents_hash", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("kept_because", sa.String(length=200), nullable=True),
        sa.Column("chain", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('destroyed', 'kept')", name=op.f("ck_destruction_files_outcome_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_destruction_files_case_id")),
        sa.ForeignKeyConstraint(
            ["destruction_id"], ["destructions.id"], name=op.f("fk_destruction_files_destruction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_files")),
        sa.UniqueConstraint(
            "destruction_id", "case_id", name=op.f("uq_destruction_files_destruction_id_case_id")
        ),
    )
    op.create_index(op.f("ix_destruction_files_case_id"), "destruction_files", ["case_id"])
    op.create_index(op.f("ix_destruction_files_destruction_id"), "destruction_files", ["destruction_id"])
    op.create_table(
        "destruction_deferrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_destruction_deferrals_case_id")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_destruction_deferrals_set_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["accounts.id"], name=op.f("fk_destruction_deferrals_lifted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_deferrals")),
    )
    op.create_index("ix_destruction_deferrals_case", "destruction_deferrals", ["case_id"])


def downgrade() -> None:
    op.drop_table("destruction_deferrals")
    op.drop_table("destruction_files")
    op.drop_table("destructions")
    for table in ("archived_files", "cases"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("destroyed_on")
