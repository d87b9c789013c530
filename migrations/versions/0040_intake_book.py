"""the intake book: how a piece came and what became of it; calls and visits"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mail_items") as pieces:
        pieces.add_column(sa.Column("medium", sa.String(length=16), nullable=False, server_default="letter"))
        pieces.add_column(
            sa.Column("matter", sa.String(length=16), nullable=False, server_default="misdirected")
        )
        pieces.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
        pieces.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        pieces.add_column(sa.Column("result", sa.String(length=16), nullable=True))
        pieces.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        pieces.add_column(sa.Column("answer_way", sa.String(length=16), nullable=True))
        pieces.add_column(sa.Column("answer", sa.Text(), nullable=True))
        pieces.add_column(sa.Column("answered_by_id", sa.Integer(), nullable=True))
        pieces.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=True)
        pieces.create_foreign_key(op.f("fk_mail_items_case_id"), "cases", ["case_id"], ["id"])
        pieces.create_foreign_key(
            op.f("fk_mail_items_answered_by_id"), "accounts", ["answered_by_id"], ["id"]
        )
        pieces.create_unique_constraint(op.f("uq_mail_items_case_id"), ["case_id"])
        pieces.create_check_constraint(
            op.f("ck_mail_items_medium_known"),
            "medium IN ('letter', 'visit', 'phone', 'email', 'portal', 'fax')",
        )
        pieces.create_check_constraint(
            op.f("ck_mail_items_matter_known"),
            "matter IN ('undecided', 'case', 'misdirected', 'inquiry', 'correction', 'proposal', 'complaint')",
        )
        pieces.create_check_constraint(
            op.f("ck_mail_items_case_is_a_request"), "(case_id IS NULL) = (matter <> 'case')"
        )
        pieces.create_check_constraint(
            op.f("ck_mail_items_answered_with_result"), "(answered_on IS NULL) = (result IS NULL)"
        )
        pieces.create_index("ix_mail_items_matter", ["matter"])
    with op.batch_alter_table("mail_items") as pieces:
        for column in ("medium", "matter"):
            pieces.alter_column(column, server_default=None)
    with op.batch_alter_table("call_records") as calls:
        calls.add_column(sa.Column("manner", sa.String(length=16), nullable=False, server_default="call_out"))
        calls.create_check_constraint(
            op.f("ck_call_records_manner_known"), "manner IN ('call_out', 'call_in', 'visit')"
        )
    with op.batch_alter_table("call_records") as calls:
        calls.alter_column("manner", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("call_records") as calls:
        calls.drop_constraint(op.f("ck_call_records_manner_known"), type_="check")
        calls.drop_column("manner")
    op.execute("DELETE FROM mail_items WHERE matter <> 'misdirected'")
    with op.batch_alter_table("mail_items") as pieces:
        pieces.drop_index("ix_mail_items_matter")
        for name in ("answered_with_result", "case_is_a_request", "matter_known", "medium_known"):
            pieces.drop_constraint(op.f(f"ck_mail_items_{name}"), type_="check")
        pieces.drop_constraint(op.f("uq_mail_items_case_id"), type_="unique")
        pieces.drop_constraint(op.f("fk_mail_items_answered_by_id"), type_="foreignkey")
        pieces.drop_constraint(op.f("fk_mail_items_case_id"), type_="foreignkey")
        pieces.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=False)
        for column in (
            "answered_by_id",
            "answer",
            "answer_way",
            "answered_on",
            "result",
            "case_id",
            "came_at",
            "matter",
            "medium",
        ):
            pieces.drop_column(column)
