"""initial"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "job_heartbeats",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_heartbeats")),
    )
    op.create_table(
        "letter_templates",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_templates_key")),
    )
    op.create_table(
        "organs",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number_prefix", sa.String(length=32), nullable=False),
        sa.Column("reviewing_organ", sa.String(length=200), nullable=True),
        sa.Column("alternative_reviewing_organ", sa.String(length=200), nullable=True),
        sa.Column("court", sa.String(length=100), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=6), nullable=True),
        sa.Column("contact", sa.String(length=50), nullable=True),
        sa.Column("phone", sa.String(length=50), nullable=True),
        sa.Column("fonds_number", sa.String(length=8), nullable=True),
        sa.Column("archive_unit_code", sa.String(length=8), nullable=True),
        sa.Column("review_required", sa.Boolean(), nullable=False),
        sa.Column("yellow_days", sa.Integer(), nullable=False),
        sa.Column("orange_days", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "orange_days >= 0 AND yellow_days >= orange_days", name=op.f("ck_organs_lights_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organs")),
        sa.UniqueConstraint("code", name=op.f("uq_organs_code")),
        sa.UniqueConstraint("name", name=op.f("uq_organs_name")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempts_address_at", ["address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempts_login_at", ["login", "at"], unique=False)

    op.create_table(
        "calendar_editions",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("notice_number", sa.String(length=100), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loaded_by_id"], ["accounts.id"], name=op.f("fk_calendar_editions_loaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_editions")),
    )
    with op.batch_alter_table("calendar_editions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_editions_year"), ["year"], unique=False)

    op.create_table(
        "cases",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("supply_form", sa.String(length=32), nullable=True),
        sa.Column("supply_way", sa.String(length=32), nullable=True),
        sa.Column("needs_completion", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("clock_state", sa.String(length=32), nullable=False),
        sa.Column("disposition", sa.String(length=64), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("breach_codes", sa.JSON(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handler_name", sa.String(length=50), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("historic", sa.Boolean(), nullable=False),
        sa.Column("archive_number", sa.String(length=64), nullable=True),
        sa.Column("retention", sa.String(length=8), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_cases_serial_positive")),
        sa.ForeignKeyConstraint(["handler_id"], ["accounts.id"], name=op.f("fk_cases_handler_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_cases_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("archive_number", name=op.f("uq_cases_archive_number")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        sa.UniqueConstraint("organ_id", "year", "serial", name=op.f("uq_cases_organ_id_year_serial")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_handler_id"), ["handler_id"], unique=False)
        batch_op.create_index("ix_cases_organ_stage", ["organ_id", "stage"], unique=False)
        batch_op.create_index("ix_cases_received_on", ["received_on", "id"], unique=False)
        batch_op.create_index("ix_cases_stage", ["stage"], unique=False)
        batch_op.create_index("ix_cases_stopped_on", ["stopped_on"], unique=False)

    op.create_table(
        "counters",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_counters_organ_id")),
        sa.PrimaryKeyConstraint("organ_id", "series", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "ledger_imports",
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("continued", sa.Integer(), nullable=False),
        sa.Column("already_there", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["accounts.id"], name=op.f("fk_ledger_imports_imported_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_imports")),
    )
    op.create_table(
        "letter_template_versions",
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"], ["letter_templates.id"], name=op.f("fk_letter_template_versions_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template_versions")),
        sa.UniqueConstraint(
            "template_id", "number", name=op.f("uq_letter_template_versions_template_id_number")
        ),
    )
    op.create_table(
        "named_people",
        sa.Column("organ_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_named_people_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_people")),
        sa.UniqueConstraint(
            "organ_id", "name", "capacity", name=op.f("uq_named_people_organ_id_name_capacity")
        ),
    )
    op.create_table(
        "role_holdings",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_role_holdings_account_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_role_holdings_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_holdings")),
        sa.UniqueConstraint(
            "account_id", "organ_id", "role", name=op.f("uq_role_holdings_account_id_organ_id_role")
        ),
    )
    with op.batch_alter_table("role_holdings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_holdings_organ_id"), ["organ_id"], unique=False)

    op.create_table(
        "web_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_web_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_sessions_token_hash")),
    )
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "calendar_days",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_calendar_days_kind_known")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["calendar_editions.id"], name=op.f("fk_calendar_days_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("edition_id", "day", name=op.f("uq_calendar_days_edition_id_day")),
    )
    op.create_table(
        "call_records",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("spoke_with", sa.String(length=50), nullable=False),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_call_records_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_call_records_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_records")),
    )
    with op.batch_alter_table("call_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_records_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_items",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=64), nullable=True),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_items_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_items")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_case_items_case_id_position")),
    )
    op.create_table(
        "clocks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at_risk_on", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("next_alert_on", sa.Date(), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint("case_id", "kind", "run", "ref", name=op.f("uq_clocks_case_id_kind_run_ref")),
    )
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.create_index("ix_clocks_kind_current_due_on", ["kind", "current", "due_on"], unique=False)
        batch_op.create_index("ix_clocks_next_alert_on", ["next_alert_on"], unique=False)

    op.create_table(
        "entry_texts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_entry_texts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_texts")),
    )
    with op.batch_alter_table("entry_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_texts_case_id"), ["case_id"], unique=False)

    op.create_table(
        "ledger_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ledger_rows_case_id")),
        sa.ForeignKeyConstraint(["import_id"], ["ledger_imports.id"], name=op.f("fk_ledger_rows_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_rows")),
        sa.UniqueConstraint(
            "register", "identity", "occurrence", name=op.f("uq_ledger_rows_register_identity_occurrence")
        ),
    )
    with op.batch_alter_table("ledger_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_rows_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_rows_identity"), ["identity"], unique=False)

    op.create_table(
        "letters",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("template_version_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("is_reply", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("merge_values", sa.JSON(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("body_held", sa.Boolean(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("series", sa.String(length=32), nullable=True),
        sa.Column("issued_content", sa.JSON(), nullable=True),
        sa.Column("issued_hash", sa.String(length=64), nullable=True),
        sa.Column("sealed_on", sa.Date(), nullable=True),
        sa.Column("sealed_by", sa.String(length=50), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("render_attempts", sa.Integer(), nullable=False),
        sa.Column("render_error", sa.String(length=500), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'signed', 'voided', 'historic')",
            name=op.f("ck_letters_status_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["accounts.id"], name=op.f("fk_letters_drafted_by_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_letters_organ_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["accounts.id"], name=op.f("fk_letters_signed_by_id")),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["letter_template_versions.id"],
            name=op.f("fk_letters_template_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("organ_id", "number", name=op.f("uq_letters_organ_id_number")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_letters_status", ["status"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("mail_number", sa.String(length=32), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=50), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=50), nullable=True),
        sa.Column("confirmation_reason", sa.String(length=500), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("system_received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_down_by", sa.String(length=50), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_receipts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_receipts_case_id")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_mail_number"), ["mail_number"], unique=False)

    op.create_table(
        "search_records",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("period", sa.String(length=200), nullable=False),
        sa.Column("searched_by", sa.String(length=50), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_records_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_records")),
    )
    with op.batch_alter_table("search_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_records_case_id"), ["case_id"], unique=False)

    op.create_table(
        "secrecy_reviews",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=50), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_secrecy_reviews_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrecy_reviews")),
    )
    with op.batch_alter_table("secrecy_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secrecy_reviews_case_id"), ["case_id"], unique=False)

    op.create_table(
        "consultations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("contact_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("mail_number", sa.String(length=32), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('agree', 'object', 'silent')", name=op.f("ck_consultations_answer_known")
        ),
        sa.CheckConstraint(
            "kind IN ('third_party', 'co_producer', 'other_organ')", name=op.f("ck_consultations_kind_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consultations_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_consultations_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("case_id", "ref", name=op.f("uq_consultations_case_id_ref")),
    )
    op.create_table(
        "correction_notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_correction_notices_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_correction_notices_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_notices")),
    )
    with op.batch_alter_table("correction_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_notices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "extensions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('asked', 'approved', 'refused')", name=op.f("ck_extensions_status_known")
        ),
        sa.CheckConstraint("days >= 1", name=op.f("ck_extensions_days_positive")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_extensions_asked_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_extensions_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_extensions_decided_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_extensions_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "fee_notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=8), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_yuan", sa.Integer(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("payment_due_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("voucher_number", sa.String(length=64), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis IN ('item', 'page')", name=op.f("ck_fee_notices_basis_known")),
        sa.CheckConstraint("amount_yuan >= 0 AND quantity >= 0", name=op.f("ck_fee_notices_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fee_notices_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_fee_notices_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_notices")),
    )
    with op.batch_alter_table("fee_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fee_notices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "justification_requests",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_justification_requests_case_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_justification_requests_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_justification_requests")),
    )
    with op.batch_alter_table("justification_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_justification_requests_case_id"), ["case_id"], unique=False)

    op.create_table(
        "log_entries",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("named_person_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_log_entries_seq_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_log_entries_actor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_log_entries_case_id")),
        sa.ForeignKeyConstraint(
            ["named_person_id"], ["named_people.id"], name=op.f("fk_log_entries_named_person_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["entry_texts.id"], name=op.f("fk_log_entries_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entries")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_log_entries_case_id_seq")),
    )
    op.create_table(
        "mail_items",
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("mail_number", sa.String(length=32), nullable=True),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("addressed_to", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("forwarded_to", sa.String(length=200), nullable=True),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("forwarded_way", sa.String(length=32), nullable=True),
        sa.Column("received_by", sa.String(length=50), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_mail_items_letter_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name=op.f("fk_mail_items_organ_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_mail_items_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_items")),
        sa.UniqueConstraint("number", name=op.f("uq_mail_items_number")),
    )
    with op.batch_alter_table("mail_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_items_organ_id"), ["organ_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("mail_item_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachments_size_not_negative")),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_attachments_added_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_attachments_letter_id")),
        sa.ForeignKeyConstraint(
            ["mail_item_id"], ["mail_items.id"], name=op.f("fk_attachments_mail_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_attachments_storage_key")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_mail_item_id"), ["mail_item_id"], unique=False)

    op.create_table(
        "applicants",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=16), nullable=False),
        sa.Column("representative", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_kind", sa.String(length=32), nullable=False),
        sa.Column("report_kind", sa.String(length=32), nullable=False),
        sa.Column("identity_type", sa.String(length=32), nullable=False),
        sa.Column("identity_number_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("identity_number_hash", sa.String(length=64), nullable=True),
        sa.Column("phone_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column("phone_tail_hash", sa.String(length=64), nullable=True),
        sa.Column("address_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("postcode", sa.String(length=6), nullable=True),
        sa.Column("email_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("email_hash", sa.String(length=64), nullable=True),
        sa.Column("contact_name", sa.String(length=50), nullable=True),
        sa.Column("authorised_by_attachment_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('applicant', 'joint', 'agent')", name=op.f("ck_applicants_capacity_known")
        ),
        sa.ForeignKeyConstraint(
            ["authorised_by_attachment_id"],
            ["attachments.id"],
            name=op.f("fk_applicants_authorised_by_attachment_id"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_applicants_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicants")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_applicants_case_id_position")),
    )
    with op.batch_alter_table("applicants", schema=None) as batch_op:
        batch_op.create_index("ix_applicants_identity_number_hash", ["identity_number_hash"], unique=False)
        batch_op.create_index("ix_applicants_name", ["name"], unique=False)
        batch_op.create_index("ix_applicants_phone_hash", ["phone_hash"], unique=False)
        batch_op.create_index("ix_applicants_phone_tail_hash", ["phone_tail_hash"], unique=False)

    op.create_table(
        "dispatches",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("dispatched_on", sa.Date(), nullable=False),
        sa.Column("mail_number", sa.String(length=32), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_to", sa.String(length=50), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(length=200), nullable=True),
        sa.Column("proof_attachment_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "way IN ('post', 'hand', 'portal', 'email')", name=op.f("ck_dispatches_way_known")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_dispatches_letter_id")),
        sa.ForeignKeyConstraint(
            ["proof_attachment_id"], ["attachments.id"], name=op.f("fk_dispatches_proof_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
    )
    with op.batch_alter_table("dispatches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispatches_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dispatches_mail_number"), ["mail_number"], unique=False)

    op.create_table(
        "legal_reviews",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("paper_name", sa.String(length=50), nullable=True),
        sa.Column("paper_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("step IN ('review', 'sign_off')", name=op.f("ck_legal_reviews_step_known")),
        sa.CheckConstraint(
            "verdict IN ('approved', 'returned')", name=op.f("ck_legal_reviews_verdict_known")
        ),
        sa.CheckConstraint(
            "reviewer_id IS NOT NULL OR paper_name IS NOT NULL",
            name=op.f("ck_legal_reviews_somebody_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_legal_reviews_attachment_id")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_legal_reviews_letter_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["accounts.id"], name=op.f("fk_legal_reviews_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_reviews")),
    )
    with op.batch_alter_table("legal_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_reviews_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "personal_data_readings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_personal_data_readings_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name=op.f("fk_personal_data_readings_applicant_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_personal_data_readings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_data_readings")),
    )
    with op.batch_alter_table("personal_data_readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_data_readings_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_personal_data_readings_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("personal_data_readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_data_readings_case_id"))
        batch_op.drop_index(batch_op.f("ix_personal_data_readings_at"))

    op.drop_table("personal_data_readings")
    with op.batch_alter_table("legal_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_reviews_letter_id"))

    op.drop_table("legal_reviews")
    with op.batch_alter_table("dispatches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispatches_mail_number"))
        batch_op.drop_index(batch_op.f("ix_dispatches_letter_id"))

    op.drop_table("dispatches")
    with op.batch_alter_table("applicants", schema=None) as batch_op:
        batch_op.drop_index("ix_applicants_phone_tail_hash")
        batch_op.drop_index("ix_applicants_phone_hash")
        batch_op.drop_index("ix_applicants_name")
        batch_op.drop_index("ix_applicants_identity_number_hash")

    op.drop_table("applicants")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachments_mail_item_id"))
        batch_op.drop_index(batch_op.f("ix_attachments_letter_id"))
        batch_op.drop_index(batch_op.f("ix_attachments_case_id"))

    op.drop_table("attachments")
    with op.batch_alter_table("mail_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_items_organ_id"))

    op.drop_table("mail_items")
    op.drop_table("log_entries")
    with op.batch_alter_table("justification_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_justification_requests_case_id"))

    op.drop_table("justification_requests")
    with op.batch_alter_table("fee_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fee_notices_case_id"))

    op.drop_table("fee_notices")
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extensions_case_id"))

    op.drop_table("extensions")
    with op.batch_alter_table("correction_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_notices_case_id"))

    op.drop_table("correction_notices")
    op.drop_table("consultations")
    with op.batch_alter_table("secrecy_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_secrecy_reviews_case_id"))

    op.drop_table("secrecy_reviews")
    with op.batch_alter_table("search_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_records_case_id"))

    op.drop_table("search_records")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipts_mail_number"))

    op.drop_table("receipts")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index("ix_letters_status")
        batch_op.drop_index(batch_op.f("ix_letters_case_id"))

    op.drop_table("letters")
    with op.batch_alter_table("ledger_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_rows_identity"))
        batch_op.drop_index(batch_op.f("ix_ledger_rows_case_id"))

    op.drop_table("ledger_rows")
    with op.batch_alter_table("entry_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_texts_case_id"))

    op.drop_table("entry_texts")
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_index("ix_clocks_next_alert_on")
        batch_op.drop_index("ix_clocks_kind_current_due_on")

    op.drop_table("clocks")
    op.drop_table("case_items")
    with op.batch_alter_table("call_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_records_case_id"))

    op.drop_table("call_records")
    op.drop_table("calendar_days")
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_sessions_account_id"))

    op.drop_table("web_sessions")
    with op.batch_alter_table("role_holdings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_holdings_organ_id"))

    op.drop_table("role_holdings")
    op.drop_table("named_people")
    op.drop_table("letter_template_versions")
    op.drop_table("ledger_imports")
    op.drop_table("counters")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_stopped_on")
        batch_op.drop_index("ix_cases_stage")
        batch_op.drop_index("ix_cases_received_on")
        batch_op.drop_index("ix_cases_organ_stage")
        batch_op.drop_index(batch_op.f("ix_cases_handler_id"))

    op.drop_table("cases")
    with op.batch_alter_table("calendar_editions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_editions_year"))

    op.drop_table("calendar_editions")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempts_login_at")
        batch_op.drop_index("ix_sign_in_attempts_address_at")

    op.drop_table("sign_in_attempts")
    op.drop_table("organs")
    op.drop_table("letter_templates")
    op.drop_table("job_heartbeats")
    op.drop_table("accounts")
