"""``report``: the table of an imported register, cell by cell; the check of published tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.registers import REGISTER, SHARED, TODAY
from tracker.domain.actors import SYSTEM
from tracker.domain.annual_checks import check_table
from tracker.domain.annual_table import COLUMNS, ROWS, CellName, sum_of
from tracker.models import Case
from tracker.queries.annual_table import Cell, OrganGroup, in_cell, read_annual_table
from tracker.queries.organs import list_organs

PUBLISHED = SHARED.parent / "cases" / "tables"


@pytest.fixture
def register(app: Flask, clock: StandingClock) -> None:
    clock.set(TODAY)
    run = app.test_cli_runner()
    assert run.invoke(args=["init"]).exit_code == 0
    assert run.invoke(args=["ledger", "import", str(REGISTER), "--json"]).exit_code == 0


@pytest.mark.usefixtures("register")
def test_an_imported_register_gives_the_table_it_must(app: Flask, session: Session, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    expected = (SHARED / "ledger-2023-table3.csv").read_text("utf-8")
    told = run.invoke(args=["report", "annual", "--year", "2023"])
    assert told.exit_code == 0, told.stderr
    assert told.stdout.splitlines() == expected.splitlines()

    district = read_annual_table(session, SYSTEM, 2023)
    groups = [OrganGroup(codes=(organ.code,)) for organ in list_organs(session)]
    organs = [read_annual_table(session, SYSTEM, 2023, group) for group in groups]
    assert sum_of(organs).cells == district.cells
    assert sum(bool(organ.cells) for organ in organs) > 1
    next_year = read_annual_table(session, SYSTEM, 2024)
    assert check_table(next_year, district) == ()

    for row in ROWS:
        for column in COLUMNS:
            name = CellName(row.number, column)
            listed = session.scalar(
                select(func.count()).select_from(Case).where(in_cell(SYSTEM, Cell(2023, name)))
            )
            assert listed == district[row.number, column], name

    data = json.loads(run.invoke(args=["report", "annual", "--year", "2023", "--format", "json"]).stdout)
    assert [line["总计"] for line in data] == [
        int(line[-1]) for line in csv.reader(expected.splitlines()[1:])
    ]
    html = run.invoke(args=["report", "annual", "--year", "2023", "--format", "html"]).stdout
    assert html.count("<tr>") == 26
    for form in ("xlsx", "docx"):
        out = tmp_path / f"table.{form}"
        assert (
            run.invoke(
                args=[
                    "report",
                    "annual",
                    "--year",
                    "2023",
                    "--organ",
                    "MZJ",
                    "--format",
                    form,
                    "--out",
                    str(out),
                ]
            ).exit_code
            == 0
        )
        assert out.read_bytes()[:2] == b"PK"
    assert run.invoke(args=["report", "annual", "--year", "2023", "--organ", "NONE"]).exit_code == 1
    assert run.invoke(args=["report", "annual", "--year", "2023", "--format", "xlsx"]).exit_code == 2


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("suqian-2023.csv", 0, ["全部相符"]),
        ("unbalanced.csv", 1, ["自然人", "总计列", "相差 -1"]),
        ("column-sums-off.csv", 1, ["社会公益组织", "法律服务机构", "相差 1"]),
        ("table4.csv", 2, []),
    ],
)
def test_published_tables_are_judged_by_their_identities(
    app: Flask, name: str, code: int, said: list[str]
) -> None:
    told = app.test_cli_runner().invoke(args=["report", "check", str(PUBLISHED / name)])
    assert told.exit_code == code
    assert all(word in told.stdout for word in said)


@pytest.mark.usefixtures("register")
def test_table_four_is_asked_for_apart(app: Flask) -> None:
    run = app.test_cli_runner()
    told = run.invoke(args=["report", "annual", "--year", "2023", "--table", "4"])
    assert told.stdout.splitlines()[:2] == [
        "name,结果维持,结果纠正,其他结果,尚未审结,总计",
        "行政复议,0,0,0,0,0",
    ]
    rows = json.loads(
        run.invoke(args=["report", "annual", "--year", "2023", "--table", "4", "--format", "json"]).stdout
    )
    assert [len(row) for row in rows] == [6, 6, 6]
    refused = run.invoke(args=["report", "annual", "--year", "2023", "--table", "4", "--format", "html"])
    assert refused.exit_code == 2
