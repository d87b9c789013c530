"""table 2 of the annual report as typed in by each organ"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proactive_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_proactive_figures_organ_id")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["accounts.id"], name=op.f("fk_proactive_figures_saved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proactive_figures")),
        sa.UniqueConstraint("organ_id", "year", name=op.f("uq_proactive_figures_organ_id_year")),
    )


def downgrade() -> None:
    op.drop_table("proactive_figures")
