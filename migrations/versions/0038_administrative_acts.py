"""record of administrative acts, anchors of all chains, and triggers that keep logs from being changed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEPT_WHOLE = ("administrative_acts", "chain_anchors", "voided_entries", "list_exports")
"""Neither changed nor deleted."""
LOGS = (*KEPT_WHOLE, "log_entries", "personal_data_readings", "sign_in_attempts")
VOIDED = (
    "EXISTS (SELECT 1 FROM voided_entries v"
    " WHERE v.digest = OLD.digest AND v.case_id = OLD.case_id AND v.seq = OLD.seq)"
)
ERASED = "（已销毁）"
FUNCTION = """
CREATE FUNCTION keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'log_entries' AND TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM voided_entries v
                   WHERE v.digest = OLD.digest AND v.case_id = OLD.case_id AND v.seq = OLD.seq) THEN
            RETURN OLD;
        END IF;
    ELSIF TG_TABLE_NAME = 'personal_data_readings' AND TG_OP = 'UPDATE' THEN
        IF NEW.reason = '（已销毁）' AND (NEW.id, NEW.case_id, NEW.account_id, NEW.at, NEW.field)
            = (OLD.id, OLD.case_id, OLD.account_id, OLD.at, OLD.field)
            AND NEW.applicant_id IS NOT DISTINCT FROM OLD.applicant_id THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the log % is only added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


def upgrade() -> None:
    op.create_table(
        "administrative_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=16), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_administrative_acts_seq_positive")),
        sa.CheckConstraint(
            "operation IN ('made', 'changed', 'removed')", name=op.f("ck_administrative_acts_operation_known")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_administrative_acts_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrative_acts")),
        sa.UniqueConstraint("seq", name=op.f("uq_administrative_acts_seq")),
    )
    op.create_index("ix_administrative_acts_subject", "administrative_acts", ["subject", "seq"])
    op.create_table(
        "chain_anchors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("entries_digest", sa.String(length=64), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("acts_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_anchors")),
        sa.UniqueConstraint("day", name=op.f("uq_chain_anchors_day")),
    )
    op.create_table(
        "voided_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_imports.id"], name=op.f("fk_voided_entries_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voided_entries")),
    )
    op.create_index(op.f("ix_voided_entries_import_id"), "voided_entries", ["import_id"])
    op.create_index("ix_voided_entries_digest", "voided_entries", ["digest"])
    if op.get_bind().dialect.name == "postgresql":
        _keep_on_postgresql()
    else:
        _keep_on_sqlite()


def _keep_on_postgresql() -> None:
    op.execute(FUNCTION)
    for table in LOGS:
        when = "UPDATE" if table == "sign_in_attempts" else "UPDATE OR DELETE"
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION keep_log()"
        )
        op.execute(
            f"CREATE TRIGGER keep_{table}_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION keep_log()"
        )


def _keep_on_sqlite() -> None:
    for table in LOGS:
        _refuse(table, "UPDATE", _sqlite_change(table))
        if table != "sign_in_attempts":
            _refuse(table, "DELETE", f"WHEN NOT {VOIDED}" if table == "log_entries" else "")


def _sqlite_change(table: str) -> str:
    if table != "personal_data_readings":
        return ""
    same = " AND ".join(
        f"NEW.{name} IS OLD.{name}" for name in ("id", "case_id", "applicant_id", "account_id", "at", "field")
    )
    return f"WHEN NOT (NEW.reason = '{ERASED}' AND {same})"


def _refuse(table: str, act: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER keep_{table}_{act.lower()} BEFORE {act} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, 'the log {table} is only added to'); END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in LOGS:
            op.execute(f"DROP TRIGGER keep_{table} ON {table}")
            op.execute(f"DROP TRIGGER keep_{table}_whole ON {table}")
        op.execute("DROP FUNCTION keep_log()")
    else:
        for table in LOGS:
            op.execute(f"DROP TRIGGER keep_{table}_update")
            if table != "sign_in_attempts":
                op.execute(f"DROP TRIGGER keep_{table}_delete")
    for table in ("voided_entries", "chain_anchors", "administrative_acts"):
        op.drop_table(table)
