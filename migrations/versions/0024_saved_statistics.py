"""statistics saved under a name, by a person, for themselves, an organ or the district"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_statistics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sharing", sa.String(length=16), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sharing IN ('own', 'organ', 'district')", name=op.f("ck_saved_statistics_sharing_known")
        ),
        sa.CheckConstraint(
            "(sharing = 'organ') = (organ_id IS NOT NULL)", name=op.f("ck_saved_statistics_organ_of_sharing")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_saved_statistics_account_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_saved_statistics_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_statistics")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_statistics_account_id_name")),
    )
    op.create_index(op.f("ix_saved_statistics_organ_id"), "saved_statistics", ["organ_id"])


def downgrade() -> None:
    op.drop_table("saved_statistics")
