"""alerts and outbox"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_watch",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("through_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alert_watch")),
    )
    op.create_table(
        "alert_policies",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("ahead", sa.JSON(), nullable=False),
        sa.Column("overdue_every", sa.Integer(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("sign_off_days", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("quiet_days_off", sa.Boolean(), nullable=False),
        sa.Column("robot_channel", sa.String(length=16), nullable=True),
        sa.Column("robot_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "overdue_every >= 1 AND review_days >= 1 AND sign_off_days >= 1",
            name=op.f("ck_alert_policies_days_positive"),
        ),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23",
            name=op.f("ck_alert_policies_hours_of_a_day"),
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_alert_policies_organ_id")),
        sa.PrimaryKeyConstraint("organ_id", name=op.f("pk_alert_policies")),
    )
    op.create_table(
        "alerts",
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("clock_kind", sa.String(length=32), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_alerts_case_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["accounts.id"], name=op.f("fk_alerts_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alerts_holding",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_index("ix_alerts_recipient", ["recipient_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_alerts_unread",
            ["recipient_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index(
            "uq_alerts_case",
            ["case_id", "clock_kind", "run", "ref", "kind", "step", "due_on", "recipient_id"],
            unique=True,
        )
        batch_op.create_index(
            "uq_alerts_installation",
            ["kind", "ref", "step", "due_on", "recipient_id"],
            unique=True,
            sqlite_where=sa.text("case_id IS NULL"),
            postgresql_where=sa.text("case_id IS NULL"),
        )

    op.create_table(
        "outbox_messages",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("organ_id", sa.Integer(), nullable=True),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'sent', 'dead', 'cancelled')", name=op.f("ck_outbox_messages_state_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_messages_attempts_not_negative")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_outbox_messages_alert_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_outbox_messages_organ_id")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["accounts.id"], name=op.f("fk_outbox_messages_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("alert_id", "channel", name=op.f("uq_outbox_messages_alert_id_channel")),
        sa.UniqueConstraint(
            "digest_on",
            "recipient_id",
            "channel",
            name=op.f("uq_outbox_messages_digest_on_recipient_id_channel"),
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_messages_message_id")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_messages_state", ["state", "next_attempt_at"], unique=False)

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("mail_alerts", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("mail_digest", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("mail_digest")
        batch_op.drop_column("mail_alerts")
        batch_op.drop_column("email")

    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_messages_state")

    op.drop_table("outbox_messages")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_alerts_installation",
            sqlite_where=sa.text("case_id IS NULL"),
            postgresql_where=sa.text("case_id IS NULL"),
        )
        batch_op.drop_index("uq_alerts_case")
        batch_op.drop_index(
            "ix_alerts_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_alerts_recipient")
        batch_op.drop_index(
            "ix_alerts_holding",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.drop_table("alerts")
    op.drop_table("alert_policies")
    op.drop_table("alert_watch")
