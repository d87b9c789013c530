"""closed files with their lists, pieces kept on paper, and the parts of each organ's archive number"""

from __future__ import annotations

import hashlib
import re

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = re.compile(r"-WS·(?P<year>\d{4})-(?P<retention>Y|D30|D10)-(?P<unit>.*)-(?P<serial>\d+)$")
EMPTY = hashlib.sha256(b"[]").hexdigest()


def upgrade() -> None:
    with op.batch_alter_table("organs", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("archive_category", sa.String(length=8), nullable=False, server_default="WS")
        )
        batch_op.add_column(
            sa.Column("archive_by_unit", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(
            sa.Column("archive_serial_width", sa.Integer(), nullable=False, server_default="4")
        )
        batch_op.create_check_constraint(
            op.f("ck_organs_serial_width_sane"), "archive_serial_width BETWEEN 1 AND 8"
        )
    with op.batch_alter_table("organs", schema=None) as batch_op:
        for name in ("archive_category", "archive_by_unit", "archive_serial_width"):
            batch_op.alter_column(name, server_default=None)
    files = op.create_table(
        "archived_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("retention", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=64), nullable=False),
        sa.Column("responsible", sa.String(length=100), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("paper_pages", sa.Integer(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("contents_hash", sa.String(length=64), nullable=False),
        sa.Column("lacking", sa.JSON(), nullable=False),
        sa.Column("lacks", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "pages >= 0 AND paper_pages >= 0 AND paper_pages <= pages",
            name=op.f("ck_archived_files_pages_counted"),
        ),
        sa.CheckConstraint(
            "retention IN ('Y', 'D30', 'D10')", name=op.f("ck_archived_files_retention_known")
        ),
        sa.ForeignKeyConstraint(
            ["archived_by_id"], ["accounts.id"], name=op.f("fk_archived_files_archived_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_archived_files_case_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_archived_files_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_files")),
        sa.UniqueConstraint("case_id", "run", name=op.f("uq_archived_files_case_id_run")),
    )
    op.create_index("ix_archived_files_organ_year", "archived_files", ["organ_id", "year"])
    op.create_index("ix_archived_files_year", "archived_files", ["year"])
    op.create_table(
        "paper_materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("covers", sa.String(length=64), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pages BETWEEN 1 AND 9999", name=op.f("ck_paper_materials_pages_sane")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts.id"], name=op.f("fk_paper_materials_added_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_paper_materials_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_materials")),
    )
    op.create_index(op.f("ix_paper_materials_case_id"), "paper_materials", ["case_id"])
    _carry_over(files)


def _carry_over(files: sa.Table) -> None:
    """Files closed before they had a list: their line of the catalogue, with an empty list."""
    connection = op.get_bind()
    cases = sa.table(
        "cases",
        *map(sa.column, ("id", "organ_id", "run", "number", "archive_number", "retention")),
        sa.column("stopped_on", sa.Date()),
        sa.column("received_on", sa.Date()),
        sa.column("stage_since_on", sa.Date()),
    )
    organs = sa.table("organs", sa.column("id"), sa.column("name"))
    rows = connection.execute(
        sa.select(cases, organs.c.name)
        .join(organs, organs.c.id == cases.c.organ_id)
        .where(cases.c.archive_number.is_not(None))
    ).all()
    made = []
    for row in rows:
        found = NUMBER.search(row.archive_number)
        if found is None:
            continue
        ended_on = row.stopped_on or row.received_on
        made.append(
            {
                "case_id": row.id,
                "organ_id": row.organ_id,
                "run": row.run,
                "current": True,
                "number": row.archive_number,
                "year": int(found["year"]),
                "retention": row.retention or found["retention"],
                "unit": found["unit"],
                "serial": int(found["serial"]),
                "title": f"关于{row.number}政府信息公开申请的办理材料",
                "document_number": "",
                "responsible": row.name,
                "document_on": ended_on,
                "pages": 0,
                "paper_pages": 0,
                "contents": [],
                "contents_hash": EMPTY,
                "lacking": [],
                "lacks": 0,
                "archived_on": row.stage_since_on or ended_on,
            }
        )
    if made:
        op.bulk_insert(files, made)


def downgrade() -> None:
    op.drop_table("paper_materials")
    op.drop_table("archived_files")
    with op.batch_alter_table("organs", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_organs_serial_width_sane"), type_="check")
        for name in ("archive_serial_width", "archive_by_unit", "archive_category"):
            batch_op.drop_column(name)
