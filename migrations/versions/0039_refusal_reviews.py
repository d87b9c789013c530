"""refusals reviewed again (Art 18), and an index of refusals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

REFUSED = (
    "disposition IN ('refused_state_secret', 'refused_other_law', 'refused_safety', 'refused_third_party', "
    "'refused_internal', 'refused_process', 'refused_enforcement_file', 'partly_disclosed')"
)


def upgrade() -> None:
    op.create_table(
        "refusal_reviews",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "result IN ('upheld', 'partly', 'disclose', 'nothing_refused')",
            name=op.f("ck_refusal_reviews_result_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_refusal_reviews_case_id")),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["accounts.id"], name=op.f("fk_refusal_reviews_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal_reviews")),
    )
    op.create_index("ix_refusal_reviews_case", "refusal_reviews", ["case_id", "reviewed_on"])
    op.create_index(
        "ix_cases_refused",
        "cases",
        ["organ_id", "stopped_on"],
        sqlite_where=sa.text(REFUSED),
        postgresql_where=sa.text(REFUSED),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_refused", table_name="cases")
    op.drop_table("refusal_reviews")
