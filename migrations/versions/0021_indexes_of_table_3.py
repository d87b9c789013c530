"""indexes that table 3 and its page are read by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TABLE = ["result_year", "received_year", "report_kind", "disposition", "organ_id", "number"]


def upgrade() -> None:
    op.drop_index("ix_case_tallies_result_year", "case_tallies")
    op.create_index("ix_case_tallies_table", "case_tallies", _TABLE)
    op.create_index("ix_case_tallies_years", "case_tallies", ["received_year", "organ_id", "number"])
    incomplete = sa.column("needs_completion", sa.Boolean()).is_(sa.true())
    op.create_index(
        "ix_cases_incomplete",
        "cases",
        ["received_on"],
        sqlite_where=incomplete,
        postgresql_where=incomplete,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_incomplete", "cases")
    op.drop_index("ix_case_tallies_years", "case_tallies")
    op.drop_index("ix_case_tallies_table", "case_tallies")
    op.create_index("ix_case_tallies_result_year", "case_tallies", ["result_year", "received_year"])
