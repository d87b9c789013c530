"""search tasks: who was asked to search, and the record that answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "search_tasks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("shows_request", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("reply_by_on", sa.Date(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("link_digest", sa.String(length=64), nullable=True),
        sa.Column("link_expires_at", INSTANT, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_way", sa.String(length=16), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('section', 'subdistrict', 'archive_room', 'organ')",
            name=op.f("ck_search_tasks_kind_known"),
        ),
        sa.CheckConstraint(
            "answered_way IN ('account', 'link', 'paper')", name=op.f("ck_search_tasks_way_known")
        ),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answered_way IS NULL)", name=op.f("ck_search_tasks_answered_in_a_way")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR withdrawn_on IS NULL",
            name=op.f("ck_search_tasks_not_answered_and_withdrawn"),
        ),
        sa.CheckConstraint(
            "(link_digest IS NULL) = (link_expires_at IS NULL)",
            name=op.f("ck_search_tasks_link_with_its_end"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_tasks_case_id")),
        sa.ForeignKeyConstraint(["asked_id"], ["accounts.id"], name=op.f("fk_search_tasks_asked_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_search_tasks_asked_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_search_tasks_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_tasks")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_search_tasks_case_id_number")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_search_tasks_link_digest")),
    )
    op.create_index("ix_search_tasks_asked_id", "search_tasks", ["asked_id"])
    op.create_index("ix_search_tasks_answered_on", "search_tasks", ["answered_on"])
    with op.batch_alter_table("search_records") as records:
        records.add_column(sa.Column("task_id", sa.Integer(), nullable=True))
        records.create_foreign_key(op.f("fk_search_records_task_id"), "search_tasks", ["task_id"], ["id"])
        records.create_index(op.f("ix_search_records_task_id"), ["task_id"])


def downgrade() -> None:
    with op.batch_alter_table("search_records") as records:
        records.drop_index(op.f("ix_search_records_task_id"))
        records.drop_constraint(op.f("fk_search_records_task_id"), type_="foreignkey")
        records.drop_column("task_id")
    op.drop_table("search_tasks")
