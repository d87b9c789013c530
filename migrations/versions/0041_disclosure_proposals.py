"""proposals for proactive disclosure (Art 44) and their outcome"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PROPOSALS = "disclosure_proposals"
CASES = "disclosure_proposal_cases"


def _key(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{PROPOSALS}_{name}"))


def upgrade() -> None:
    op.create_table(
        PROPOSALS,
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("public_where", sa.String(length=500), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _check("basis_known", "basis IN ('several', 'suggested', 'changed')"),
        _check("outcome_known", "outcome IN ('accepted', 'declined')"),
        _check("outcome_with_its_day", "(outcome IS NULL) = (outcome_on IS NULL)"),
        _check("published_somewhere", "(published_on IS NULL) = (public_where IS NULL)"),
        _check("published_once_accepted", "published_on IS NULL OR outcome = 'accepted'"),
        _key(PROPOSALS, "organ_id", "organs"),
        _key(PROPOSALS, "proposed_by_id", "accounts"),
        _key(PROPOSALS, "decided_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_proposals")),
    )
    op.create_index(op.f("ix_disclosure_proposals_organ_id"), PROPOSALS, ["organ_id"])
    op.create_table(
        CASES,
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _key(CASES, "proposal_id", PROPOSALS),
        _key(CASES, "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_proposal_cases")),
        sa.UniqueConstraint(
            "proposal_id", "case_id", name=op.f("uq_disclosure_proposal_cases_proposal_id_case_id")
        ),
    )
    op.create_index(op.f("ix_disclosure_proposal_cases_case_id"), CASES, ["case_id"])


def downgrade() -> None:
    op.drop_table(CASES)
    op.drop_table(PROPOSALS)
