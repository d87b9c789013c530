"""the one result of a request that the annual table counts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("first_result_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("first_disposition", sa.String(length=64), nullable=True))
        table.create_index("ix_cases_first_result_on", ["first_result_on"])
    # Right for every case without an order to reply anew; "flask clock replay" sets the others from their logs.
    op.execute(
        "UPDATE cases SET first_result_on = stopped_on, first_disposition = disposition WHERE stopped_on IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("cases") as table:
        table.drop_index("ix_cases_first_result_on")
        table.drop_column("first_disposition")
        table.drop_column("first_result_on")
