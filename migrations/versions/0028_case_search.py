"""The search index, and the text of files it is made of

Existing cases are indexed by ``search rebuild``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_KEPT_ALIKE = (
    "CREATE VIRTUAL TABLE case_search_fts USING fts5(tokens, content='case_search', content_rowid='place', "
    "detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER case_search_added AFTER INSERT ON case_search BEGIN "
    "INSERT INTO case_search_fts(rowid, tokens) VALUES (new.place, new.tokens); END",
    "CREATE TRIGGER case_search_gone AFTER DELETE ON case_search BEGIN "
    "INSERT INTO case_search_fts(case_search_fts, rowid, tokens) VALUES ('delete', old.place, old.tokens); END",
    "CREATE TRIGGER case_search_changed AFTER UPDATE ON case_search BEGIN "
    "INSERT INTO case_search_fts(case_search_fts, rowid, tokens) VALUES ('delete', old.place, old.tokens); "
    "INSERT INTO case_search_fts(rowid, tokens) VALUES (new.place, new.tokens); END",
)


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    tokens = postgresql.ARRAY(sa.Integer()) if on_postgresql else sa.Text()
    op.create_table(
        "attachment_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("text_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_attachment_texts_attachment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_texts")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_attachment_texts_attachment_id")),
    )
    op.create_table(
        "case_search",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("tokens", tokens, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_search_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_case_search")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_search_case_id")),
    )
    if on_postgresql:
        op.create_index("ix_case_search_tokens", "case_search", ["tokens"], postgresql_using="gin")
    else:
        for statement in _KEPT_ALIKE:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        for trigger in ("added", "gone", "changed"):
            op.execute(f"DROP TRIGGER case_search_{trigger}")
        op.execute("DROP TABLE case_search_fts")
    op.drop_table("case_search")
    op.drop_table("attachment_texts")
