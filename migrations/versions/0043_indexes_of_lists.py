"""indexes by which the lists find what is open, what was answered last and what was answered late"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    late = sa.column("on_time", sa.Boolean()).is_(sa.false())
    op.create_index("ix_cases_clock_state_organ", "cases", ["clock_state", "organ_id"])
    op.create_index("ix_cases_handler_organ", "cases", ["handler_id", "organ_id"])
    op.create_index("ix_cases_organ_stopped_on", "cases", ["organ_id", "stopped_on"])
    op.create_index("ix_cases_late", "cases", ["organ_id"], sqlite_where=late, postgresql_where=late)
    op.drop_index("ix_cases_handler_id", "cases")


def downgrade() -> None:
    op.create_index("ix_cases_handler_id", "cases", ["handler_id"])
    op.drop_index("ix_cases_late", "cases")
    op.drop_index("ix_cases_organ_stopped_on", "cases")
    op.drop_index("ix_cases_handler_organ", "cases")
    op.drop_index("ix_cases_clock_state_organ", "cases")
