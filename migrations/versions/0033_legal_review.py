"""legal review: checklists, comments, early questions; articles that changed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("legal_reviews") as reviews:
        reviews.add_column(
            sa.Column("manner", sa.String(length=16), nullable=False, server_default="as_read")
        )
        reviews.add_column(sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
        reviews.add_column(sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
        reviews.add_column(sa.Column("content", sa.JSON(), nullable=True))
        reviews.add_column(sa.Column("submitted_content", sa.JSON(), nullable=True))
        reviews.add_column(sa.Column("submitted_at", INSTANT, nullable=True))
        reviews.create_check_constraint(
            op.f("ck_legal_reviews_manner_known"), "manner IN ('as_read', 'amended', 'waived')"
        )
    with op.batch_alter_table("legal_reviews") as reviews:
        for column in ("manner", "answers", "reasons"):
            reviews.alter_column(column, server_default=None)
    op.create_table(
        "review_comments",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("block_key", sa.String(length=64), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("dealt_with_at", INSTANT, nullable=True),
        sa.Column("dealt_with_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(dealt_with_at IS NULL) = (dealt_with_by_id IS NULL)",
            name=op.f("ck_review_comments_dealt_with_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_review_comments_letter_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_review_comments_author_id")),
        sa.ForeignKeyConstraint(
            ["dealt_with_by_id"], ["accounts.id"], name=op.f("fk_review_comments_dealt_with_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comments")),
    )
    op.create_index(op.f("ix_review_comments_letter_id"), "review_comments", ["letter_id"])
    op.create_table(
        "advice_questions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("asked_seq", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer_by_on >= asked_on", name=op.f("ck_advice_questions_answer_after_question")
        ),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answered_seq IS NULL)",
            name=op.f("ck_advice_questions_answered_with_entry"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_advice_questions_case_id")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_advice_questions_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_advice_questions_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_questions")),
    )
    op.create_index(op.f("ix_advice_questions_case_id"), "advice_questions", ["case_id"])
    op.create_index("ix_advice_questions_answered_on", "advice_questions", ["answered_on"])
    op.create_table(
        "statute_changes",
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_statute_changes_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_changes")),
        sa.UniqueConstraint("article", "changed_on", name=op.f("uq_statute_changes_article_changed_on")),
    )
    op.create_table(
        "wording_checks",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["statute_changes.id"], name=op.f("fk_wording_checks_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["letter_template_versions.id"], name=op.f("fk_wording_checks_wording_id")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["accounts.id"], name=op.f("fk_wording_checks_checked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_checks")),
        sa.UniqueConstraint("change_id", "wording_id", name=op.f("uq_wording_checks_change_id_wording_id")),
    )
    op.create_index(op.f("ix_wording_checks_wording_id"), "wording_checks", ["wording_id"])


def downgrade() -> None:
    op.drop_table("wording_checks")
    op.drop_table("statute_changes")
    op.drop_table("advice_questions")
    op.drop_table("review_comments")
    with op.batch_alter_table("legal_reviews") as reviews:
        reviews.drop_constraint(op.f("ck_legal_reviews_manner_known"), type_="check")
        for column in ("submitted_at", "submitted_content", "content", "reasons", "answers", "manner"):
            reviews.drop_column(column)
