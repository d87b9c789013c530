"""model replies: marked by the legal advisor, by subject and ground"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_replies",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_model_replies_letter_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_model_replies_subject_id")),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["accounts.id"], name=op.f("fk_model_replies_marked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["accounts.id"], name=op.f("fk_model_replies_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_replies")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_model_replies_letter_id")),
    )
    op.create_table(
        "model_reply_grounds",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["model_replies.id"], name=op.f("fk_model_reply_grounds_reply_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_reply_grounds")),
        sa.UniqueConstraint("reply_id", "template", name=op.f("uq_model_reply_grounds_reply_id_template")),
    )
    op.create_index(op.f("ix_model_reply_grounds_template"), "model_reply_grounds", ["template"])


def downgrade() -> None:
    op.drop_table("model_reply_grounds")
    op.drop_table("model_replies")
