"""tallies of table 3, kept with every change of a case"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = ("organ_id", "report_kind", "received_year", "result_year", "disposition")


def upgrade() -> None:
    tallies = op.create_table(
        "case_tallies",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("report_kind", sa.String(length=32), nullable=True),
        sa.Column("received_year", sa.Integer(), nullable=False),
        sa.Column("result_year", sa.Integer(), nullable=True),
        sa.Column("disposition", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number <> 0", name=op.f("ck_case_tallies_number_not_zero")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_case_tallies_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tallies")),
    )
    op.create_index("ix_case_tallies_result_year", "case_tallies", ["result_year", "received_year"])
    op.execute(sa.insert(tallies).from_select([*_KEY, "number"], _counted()))


def downgrade() -> None:
    op.drop_table("case_tallies")


def _counted() -> sa.Select[Any]:
    cases = sa.table(
        "cases",
        sa.column("id"),
        sa.column("organ_id"),
        sa.column("needs_completion", sa.Boolean()),
        sa.column("received_on", sa.Date()),
        sa.column("first_result_on", sa.Date()),
        sa.column("first_disposition"),
    ).c
    applicants = sa.table(
        "applicants", sa.column("case_id"), sa.column("position"), sa.column("report_kind")
    ).c
    received, ended = (
        sa.cast(sa.extract("year", day), sa.Integer()) for day in (cases.received_on, cases.first_result_on)
    )
    alike = (cases.organ_id, applicants.report_kind, received, ended, cases.first_disposition)
    first = sa.and_(applicants.case_id == cases.id, applicants.position == 1)
    return (
        sa.select(*alike, sa.func.count())
        .select_from(sa.outerjoin(cases.id.table, applicants.case_id.table, first))
        .where(cases.needs_completion.is_(sa.false()))
        .group_by(*alike)
    )
