"""``ledger``: what operators and scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.registers import GOOD, TODAY, make_register
from tracker.domain.ledger_columns import Column
from tracker.models import Case, LedgerImport, Letter


def test_import_answers_in_json(app: Flask, clock: StandingClock, session: Session, tmp_path: Path) -> None:
    clock.set(TODAY)
    run = app.test_cli_runner()
    assert run.invoke(args=["init"]).exit_code == 0
    rows = [
        GOOD,
        GOOD | {Column.SEQUENCE: 2, Column.RECEIVED_ON: None},
        GOOD
        | {Column.SEQUENCE: 3, Column.DESCRIPTION: "第三件", Column.DOCUMENT_NUMBER: "椒民公开〔2023〕3号"}
        | {Column.IDENTITY_NUMBER: "331002190709268209"},
    ]
    path = str(make_register(tmp_path / "r.xlsx", rows))
    result = run.invoke(args=["ledger", "import", path, "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["rows"], told["imported"]) == (3, 2)
    assert told["rejected"] == [{"row": 4, "column": "收到日期", "message": "“收到日期”为空，请补填。"}]
    assert [(fault["row"], fault["column"]) for fault in told["warnings"]] == [(5, "证件号码")]
    assert "3/3" in result.stderr
    again = run.invoke(args=["ledger", "import", path])
    assert "2 件系统中已有，没有重复导入" in again.stdout
    assert session.scalar(select(func.count()).select_from(Case)) == 2


def test_a_rehearsal_says_so_and_writes_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    run.invoke(args=["init"])
    path = make_register(tmp_path / "r.xlsx", [GOOD])
    result = run.invoke(args=["ledger", "import", str(path), "--dry-run"])
    assert result.exit_code == 0
    assert "导入 1 件" in result.stdout
    assert "没有写入任何内容" in result.stdout
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_an_unreadable_file_ends_with_two(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    run.invoke(args=["init"])
    missing = run.invoke(args=["ledger", "import", str(tmp_path / "无.xlsx"), "--json"])
    assert missing.exit_code == 2
    assert "无.xlsx" in missing.stderr
    assert missing.stdout == ""


def test_export_writes_the_year(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    run.invoke(args=["init"])
    run.invoke(args=["ledger", "import", str(make_register(tmp_path / "r.xlsx", [GOOD]))])
    out = tmp_path / "out.xlsx"
    result = run.invoke(args=["ledger", "export", "--year", "2023", str(out)])
    assert result.exit_code == 0, result.stderr
    assert "已导出 1 件" in result.stdout
    assert out.exists()


def test_an_import_is_listed_and_voided_with_its_reason(
    app: Flask, clock: StandingClock, session: Session, tmp_path: Path
) -> None:
    clock.set(TODAY)
    run = app.test_cli_runner()
    run.invoke(args=["init"])
    run.invoke(args=["ledger", "import", str(make_register(tmp_path / "r.xlsx", [GOOD]))])
    import_id = str(session.scalars(select(LedgerImport.id)).one())
    session.rollback()
    assert f"{import_id}　r.xlsx" in run.invoke(args=["ledger", "imports"]).stdout
    assert run.invoke(args=["ledger", "void", import_id]).exit_code == 2

    letter = session.scalars(select(Letter)).one()
    letter.status = "draft"
    session.commit()
    refused = run.invoke(args=["ledger", "void", import_id, "--reason", "导错"])
    assert refused.exit_code == 1
    assert "办理过　椒民公开受〔2023〕1号" in refused.stderr
    letter.status = "historic"
    session.commit()
    done = run.invoke(args=["ledger", "void", import_id, "--reason", "导错"])
    assert (done.exit_code, done.stdout) == (0, "已作废，删除申请件 1 件。\n")
    assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert "已作废" in run.invoke(args=["ledger", "imports"]).stdout
