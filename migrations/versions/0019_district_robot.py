"""a group robot of the whole district beside those of organs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ONCE_A_CHANNEL = "uq_outbox_messages_alert_id_channel"
_ONCE_A_GROUP = "uq_outbox_messages_alert_id_channel_of_district"


def upgrade() -> None:
    op.create_table(
        "district_robots",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("robot_channel", sa.String(length=16), nullable=True),
        sa.Column("robot_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_district_robots")),
    )
    with op.batch_alter_table("outbox_messages") as table:
        table.add_column(sa.Column("of_district", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.drop_constraint(_ONCE_A_CHANNEL, type_="unique")
        table.create_unique_constraint(_ONCE_A_GROUP, ["alert_id", "channel", "of_district"])
    with op.batch_alter_table("outbox_messages") as table:
        table.alter_column(
            "of_district", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    op.execute("DELETE FROM outbox_messages WHERE of_district")
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_constraint(_ONCE_A_GROUP, type_="unique")
        table.create_unique_constraint(_ONCE_A_CHANNEL, ["alert_id", "channel"])
        table.drop_column("of_district")
    op.drop_table("district_robots")
