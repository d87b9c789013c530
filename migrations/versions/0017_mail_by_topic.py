"""people choose by topic what is mailed to them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TOPICS = ["due", "moved", "waiting", "decided", "unanswered", "chases", "handed", "calendar"]
_ACCOUNTS = sa.table("accounts", sa.column("mail_alerts", sa.Boolean()), sa.column("mail_muted", sa.JSON()))


def upgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("mail_muted", sa.JSON(), nullable=False, server_default="[]"))
    muted = sa.update(_ACCOUNTS).where(_ACCOUNTS.c.mail_alerts.is_(False)).values(mail_muted=_TOPICS)
    op.execute(muted)
    with op.batch_alter_table("accounts") as table:
        table.alter_column(
            "mail_muted", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        table.drop_column("mail_alerts")


def downgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("mail_alerts", sa.Boolean(), nullable=False, server_default=sa.true()))
    none_muted = sa.cast(_ACCOUNTS.c.mail_muted, sa.Text()) == "[]"
    op.execute(sa.update(_ACCOUNTS).where(sa.not_(none_muted)).values(mail_alerts=sa.false()))
    with op.batch_alter_table("accounts") as table:
        table.alter_column(
            "mail_alerts", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
        table.drop_column("mail_muted")
