"""A register taken over by batches leaves what taking it over row by row leaves, and survives kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests import databases
from tests.one_by_one import OneByOne
from tests.registers import GOOD, REGISTER, ROOT, make_register
from tests.services.conftest import ContextFor
from tracker.adapters.ledger_reader import LedgerSheet
from tracker.config import Settings
from tracker.domain.actors import SYSTEM
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.models import Applicant, Base, Case, LedgerImport, LedgerRow
from tracker.services import ledger_import
from tracker.services.context import Context
from tracker.services.installation import install, load_organ_list
from tracker.services.ledger_import import import_ledger
from tracker.services.search_rebuild import verify_index
from tracker.services.verification import verify_chain, verify_clocks

OPEN: Mapping[Column, Cell] = {
    Column.REPLIED_ON: None,
    Column.DOCUMENT_NUMBER: None,
    Column.OUTCOME: None,
    Column.DISPATCH_WAY: None,
}
ODD: tuple[Mapping[Column, Cell], ...] = (
    {},
    {},
    {Column.DOCUMENT_NUMBER: "民函〔2023〕90号", Column.REMARK: "两件合并答复"},
    {Column.CORRECTION_REQUESTED_ON: date(2023, 3, 20), Column.CORRECTED_ON: date(2023, 3, 22),
     Column.REPLIED_ON: date(2023, 4, 3), Column.REMARK: "补正告知晚了"},
    {Column.EXTENDED_ON: date(2023, 3, 20), Column.EXTENSION_DAYS: 25, Column.REPLIED_ON: date(2023, 4, 20)},
    {Column.EXTENDED_ON: date(2023, 3, 24), Column.EXTENSION_DAYS: 20, Column.CONSULTED: "第三方",
     Column.CONSULTED_ON: date(2023, 4, 6), Column.ANSWERED_ON: date(2023, 4, 12),
     Column.REPLIED_ON: date(2023, 4, 14)},
    {Column.CONSULTED: "其他机关", Column.CONSULTED_ON: date(2023, 3, 3), **OPEN},
    {Column.FEE_NOTIFIED_ON: date(2023, 3, 3), Column.FEE_PAID_ON: date(2023, 3, 6),
     Column.ADVISOR: "顾问甲", Column.REVIEWED_ON: date(2023, 3, 9)},
    {Column.DISPATCH_WAY: "当面", Column.DELIVERED_ON: date(2023, 3, 13), Column.ARCHIVED_ON: date(2023, 5, 4)},
    {Column.OUTCOME: "其他处理-其他", Column.DISPATCH_WAY: None, Column.DOCUMENT_NUMBER: None,
     Column.REMARK: "申请人撤回"},
    {Column.RECEIVED_ON: "2023-02-30"},
    {Column.CHANNEL: "传真", Column.IDENTITY_NUMBER: None, Column.PHONE: None, Column.ADDRESS: None, **OPEN},
)  # fmt: skip
FORGOTTEN = {
    "id",
    "version_id",
    "digest",
    "identity",
    "recorded_at",
    "created_at",
    "started_at",
    "finished_at",
}
EDITIONS = "calendar_editions"
ADDED_UP = {"accounts", "administrative_acts", "case_tallies", "case_search"}
"""Hashed anew each time, added up otherwise (``clock verify`` compares tallies with the cases), or placed by the key of
the case (``search verify`` compares the index)."""


@pytest.fixture
def ctx(ctx_for: ContextFor) -> Context:
    """A blank installation, the system acting."""
    ctx = ctx_for(SYSTEM)
    install(ctx, load_organ_list(), "admin")
    return ctx


def every_sixth_row_of_a_year(tmp_path: Path) -> Path:
    with LedgerSheet(REGISTER) as sheet:
        rows = [row for _, row in sheet][::6]
    return make_register(tmp_path / "year.xlsx", rows)


def odd_register(tmp_path: Path) -> Path:
    rows = [{**GOOD, Column.SEQUENCE: n, **odd} for n, odd in enumerate(ODD, start=1)]
    return make_register(tmp_path / "odd.xlsx", rows)


class Told:
    """Every table as it reads with keys told by their rank and sealed data opened."""

    def __init__(self, ctx: Context, engine: Engine) -> None:
        self._open = ctx.adapters.cipher.open
        self._rows: dict[str, list[dict[str, Any]]] = {}
        with engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                order = table.primary_key.columns
                rows = connection.execute(select(table).order_by(*order)).mappings()
                self._rows[table.name] = [dict(row) for row in rows]
        self._rank = {
            name: {row["id"]: place for place, row in enumerate(rows)} if rows and "id" in rows[0] else {}
            for name, rows in self._rows.items()
        }

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        return {
            table.name: sorted(
                (self._row(table, row) for row in self._rows[table.name]), key=lambda row: repr(row)
            )
            for table in Base.metadata.sorted_tables
        }

    def _row(self, table: Any, row: dict[str, Any]) -> dict[str, Any]:
        told = {name: value for name, value in row.items() if name not in FORGOTTEN}
        for column in table.columns:
            value = told.get(column.name)
            if value is None or isinstance(value, datetime):
                continue
            for key in column.foreign_keys:
                told[column.name] = self._rank[key.column.table.name].get(value, value)
            if column.name == "calendar_version":
                told[column.name] = self._rank[EDITIONS][value]
            if column.name.endswith("_cipher"):
                told[column.name] = self._open(value)
        if table.name == "log_entries":
            told["details"] = self._details(row["details"])
        return told

    def _details(self, details: dict[str, Any]) -> dict[str, Any]:
        ranks = {"letter_id": "letters", "consultation_id": "consultations", "import_id": "ledger_imports"}
        return {
            name: self._rank[ranks[name]][value] if name in ranks else value
            for name, value in details.items()
        }


def test_the_batch_leaves_what_the_plain_way_leaves(
    ctx: Context,
    ctx_for: ContextFor,
    session: Session,
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registers = [odd_register(tmp_path), every_sixth_row_of_a_year(tmp_path)]
    together = [import_ledger(ctx, path) for path in registers]
    assert [(done.imported, len(done.rejected)) for done in together] == [(len(ODD) - 1, 1), (53, 0)]
    assert list(verify_clocks(session, ctx.today)) == []
    assert list(verify_chain(session)) == []
    assert list(verify_index(ctx)) == []
    session.rollback()
    batched = Told(ctx, engine).tables()

    databases.empty_tables(engine)
    session.expunge_all()
    install(ctx, load_organ_list(), "admin")
    monkeypatch.setattr(ledger_import, "RowImporter", OneByOne)
    assert [import_ledger(ctx, path) for path in registers] == together
    session.rollback()
    plain = Told(ctx, engine).tables()
    assert list(verify_clocks(session, ctx.today)) == []
    assert {name for name in plain.keys() - ADDED_UP if plain[name] != batched[name]} == set()
    for name in ("cases", "letters", "dispatches", "consultations", "log_entries", "clocks", "ledger_rows"):
        assert plain[name], name


def test_an_extension_before_a_late_consultation_is_no_breach(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    """The columns of a register do not stand in the order of days: told column by column, this would be refused."""
    outcome = import_ledger(ctx, odd_register(tmp_path))
    extended = ODD.index(next(odd for odd in ODD if Column.EXTENDED_ON in odd and Column.CONSULTED in odd))
    said = [fault for fault in [*outcome.rejected, *outcome.warnings] if fault.row == extended + 3]
    assert {fault.column for fault in said} == {"答复文号"}
    assert outcome.imported == len(ODD) - 1


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tracker.app import create_app
from tracker.cli.terminal import system_context
from tracker.services.ledger_import import import_ledger
from tracker.services.search_rebuild import verify_index

batches = 0

@event.listens_for(Engine, "after_cursor_execute")
def kill(connection, cursor, statement, parameters, context, executemany):
    global batches
    batches += statement.startswith("INSERT INTO log_entries")
    if batches == 2:
        os.kill(os.getpid(), signal.SIGKILL)

with create_app().app_context():
    import_ledger(system_context(), Path(sys.argv[1]))
"""


def test_a_run_killed_in_the_middle_of_a_batch_leaves_whole_batches_and_is_finished_by_the_next(
    ctx: Context, session: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{**GOOD, **OPEN, Column.SEQUENCE: n, Column.DESCRIPTION: f"第{n}件"} for n in range(1, 601)]
    path = make_register(tmp_path / "r.xlsx", rows)
    session.rollback()
    environment = os.environ | {
        "TRACKER_DATABASE_URL": settings.database_url,
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_DATA_KEY": settings.data_key,
        "TRACKER_SECRET_KEY": settings.secret_key,
        "TRACKER_TODAY": ctx.today.isoformat(),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert counted(session) == {"cases": 500, "applicants": 500, "ledger_rows": 500}
    session.rollback()
    outcome = import_ledger(ctx, path)
    assert (outcome.imported, outcome.already_there) == (100, 500)
    assert counted(session) == {"cases": 600, "applicants": 600, "ledger_rows": 600}
    organ = select(func.min(Case.organ_id)).scalar_subquery()
    serials = session.scalars(select(Case.serial).where(Case.organ_id == organ).order_by(Case.serial)).all()
    assert list(serials) == list(range(1, 601))
    finished = session.scalars(select(LedgerImport.finished_at).order_by(LedgerImport.id)).all()
    assert [at is None for at in finished] == [True, False]
    assert list(verify_clocks(session, ctx.today)) == []
    assert list(verify_chain(session)) == []


def counted(session: Session) -> dict[str, int]:
    session.rollback()
    models = (Case, Applicant, LedgerRow)
    return {
        model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models
    }
