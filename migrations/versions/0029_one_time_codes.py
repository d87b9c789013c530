"""动态口令 beside the password"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("code_cipher", sa.LargeBinary(), nullable=True))
    op.add_column("accounts", sa.Column("code_step", sa.BigInteger(), nullable=True))
    op.add_column(
        "web_sessions", sa.Column("awaits_code", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("web_sessions") as batch:
        batch.alter_column("awaits_code", server_default=None)


def downgrade() -> None:
    op.drop_column("web_sessions", "awaits_code")
    op.drop_column("accounts", "code_step")
    op.drop_column("accounts", "code_cipher")
