"""wordings are drafted and approved; an organ may have a version of its own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OPEN = "status IN ('draft', 'submitted', 'returned')"


def upgrade() -> None:
    with op.batch_alter_table("letter_template_versions") as table:
        table.add_column(sa.Column("organ_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        table.create_foreign_key(op.f("fk_letter_template_versions_organ_id"), "organs", ["organ_id"], ["id"])
    op.create_table(
        "wording_drafts",
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')",
            name=op.f("ck_wording_drafts_status_known"),
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (became_id IS NOT NULL)",
            name=op.f("ck_wording_drafts_approved_has_version"),
        ),
        sa.CheckConstraint(
            "status <> 'approved' OR decided_by_id <> drafted_by_id",
            name=op.f("ck_wording_drafts_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["letter_templates.id"], name=op.f("fk_wording_drafts_template_id")
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_wording_drafts_organ_id")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["accounts.id"], name=op.f("fk_wording_drafts_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_wording_drafts_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["became_id"], ["letter_template_versions.id"], name=op.f("fk_wording_drafts_became_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_drafts")),
        sa.UniqueConstraint("became_id", name=op.f("uq_wording_drafts_became_id")),
    )
    op.create_index(op.f("ix_wording_drafts_template_id"), "wording_drafts", ["template_id"])
    for name, columns, whose in (
        ("uq_wording_drafts_one_open_of_the_district", ["template_id"], "organ_id IS NULL"),
        ("uq_wording_drafts_one_open_an_organ", ["template_id", "organ_id"], "organ_id IS NOT NULL"),
    ):
        where = sa.text(f"{whose} AND {_OPEN}")
        op.create_index(
            name, "wording_drafts", columns, unique=True, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    op.drop_table("wording_drafts")
    with op.batch_alter_table("letter_template_versions") as table:
        table.drop_constraint(op.f("fk_letter_template_versions_organ_id"), type_="foreignkey")
        table.drop_column("ended_on")
        table.drop_column("organ_id")
