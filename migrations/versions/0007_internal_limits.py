"""internal limits of organs, and the day each clock is counted from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DEFAULTS = {"draft_by": 8, "review_by": 5, "post_by": 2}
IN_ORDER = "post_by >= 0 AND review_by >= post_by AND draft_by >= review_by AND draft_by <= 19"


def upgrade() -> None:
    with op.batch_alter_table("organs", schema=None) as batch_op:
        for name, days in DEFAULTS.items():
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=str(days)))
        batch_op.create_check_constraint(op.f("ck_organs_limits_in_order"), IN_ORDER)
    with op.batch_alter_table("organs", schema=None) as batch_op:
        for name in DEFAULTS:
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("start_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_column("start_on")
    with op.batch_alter_table("organs", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_organs_limits_in_order"), type_="check")
        for name in reversed(DEFAULTS):
            batch_op.drop_column(name)
