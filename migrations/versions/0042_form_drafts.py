"""drafts of long forms, tokens of forms that were sent, first steps put away, and practice cases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

DRAFTS = "form_drafts"
SENT = "sent_forms"
PRACTICE = "practice_cases"


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id"))


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(
            sa.Column("first_steps_hidden", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("first_steps_hidden", server_default=None)
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.add_column(sa.Column("seldom", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.alter_column("seldom", server_default=None)
    op.create_table(
        DRAFTS,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _owner(DRAFTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_drafts")),
        sa.UniqueConstraint("account_id", "page", "form", name=op.f("uq_form_drafts_account_id_page_form")),
    )
    op.create_index(op.f("ix_form_drafts_saved_at"), DRAFTS, ["saved_at"])
    op.create_table(
        SENT,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("led_to", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _owner(SENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_forms")),
        sa.UniqueConstraint("account_id", "token", name=op.f("uq_sent_forms_account_id_token")),
    )
    op.create_index(op.f("ix_sent_forms_sent_at"), SENT, ["sent_at"])

    op.create_table(
        PRACTICE,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.String(length=32), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("log", sa.JSON(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_practice_cases_serial_positive")),
        _owner(PRACTICE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_cases")),
        sa.UniqueConstraint(
            "account_id", "year", "serial", name=op.f("uq_practice_cases_account_id_year_serial")
        ),
    )


def downgrade() -> None:
    op.drop_table(PRACTICE)
    op.drop_table(SENT)
    op.drop_table(DRAFTS)
    with op.batch_alter_table("web_sessions") as sessions:
        sessions.drop_column("seldom")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("first_steps_hidden")
