"""What goes out: whole rows of one year, nothing that came later. The round trip of a year is in the import's tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.registers import GOOD, cells_of, make_register
from tests.services.conftest import ContextFor
from tracker.adapters.ledger_reader import LedgerSheet
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.services.context import Context
from tracker.services.installation import install, load_organ_list
from tracker.services.ledger_export import export_ledger
from tracker.services.ledger_import import import_ledger


@pytest.fixture
def ctx(ctx_for: ContextFor) -> Context:
    """A blank installation, the system acting."""
    ctx = ctx_for(SYSTEM)
    install(ctx, load_organ_list(), "admin")
    return ctx


def rows_of(path: Path) -> list[dict[Column, Cell]]:
    with LedgerSheet(path) as sheet:
        return [{column: row.get(column) for column in Column} for _, row in sheet]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://127.0.0.1/","x")', "+1", "@SUM(A1)", "-2"])
def test_what_looks_like_a_formula_stays_text(ctx: Context, tmp_path: Path, text: str) -> None:
    import_ledger(ctx, make_register(tmp_path / "r.xlsx", [GOOD | {Column.APPLICANT: text}]))
    out = tmp_path / "out.xlsx"
    export_ledger(ctx, 2023, out)
    with ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
        styles = package.read("xl/styles.xml")
    assert b"<f>" not in sheet
    assert b'quotePrefix="1"' in styles
    assert rows_of(out)[0][Column.APPLICANT] == text


def test_a_register_ends_with_its_year(ctx: Context, tmp_path: Path) -> None:
    late = GOOD | {
        Column.RECEIVED_ON: date(2023, 12, 20),
        Column.CORRECTION_REQUESTED_ON: date(2023, 12, 22),
        Column.CORRECTED_ON: date(2024, 1, 3),
        Column.REPLIED_ON: date(2024, 1, 10),
        Column.DELIVERED_ON: date(2024, 1, 12),
    }
    import_ledger(ctx, make_register(tmp_path / "r.xlsx", [late]))
    export_ledger(ctx, 2023, tmp_path / "2023.xlsx")
    [row] = rows_of(tmp_path / "2023.xlsx")
    assert row[Column.CORRECTION_REQUESTED_ON].strftime("%Y-%m-%d") == "2023-12-22"  # type: ignore[union-attr]
    assert [row[c] for c in (Column.CORRECTED_ON, Column.REPLIED_ON, Column.OUTCOME)] == [None, None, None]
    assert row[Column.REMARK] == "结转下年"
    export_ledger(ctx, 2024, tmp_path / "2024.xlsx")
    [row] = rows_of(tmp_path / "2024.xlsx")
    assert (row[Column.OUTCOME], row[Column.REMARK]) == ("予以公开", None)
    export_ledger(ctx, 2025, tmp_path / "2025.xlsx")
    assert rows_of(tmp_path / "2025.xlsx") == []


def test_every_kind_of_ending_survives_the_way_out_and_in(ctx: Context, tmp_path: Path) -> None:
    lapse = "其他处理-申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    plain = {Column.DOCUMENT_NUMBER: None, Column.DISPATCH_WAY: None}
    rows: list[dict[Column, Cell]] = [
        GOOD | {Column.SEQUENCE: 1, Column.DISPATCH_WAY: "当面", Column.DELIVERED_ON: date(2023, 3, 13)},
        GOOD
        | plain
        | {Column.SEQUENCE: 2, Column.OUTCOME: "其他处理-其他", Column.REMARK: "申请人撤回"}
        | {Column.DESCRIPTION: "第二件"},
        GOOD
        | {Column.SEQUENCE: 3, Column.OUTCOME: lapse, Column.FEE_NOTIFIED_ON: date(2023, 3, 2)}
        | {Column.DESCRIPTION: "第三件", Column.DOCUMENT_NUMBER: "椒民公开〔2023〕2号"},
        GOOD
        | {Column.SEQUENCE: 4, Column.DESCRIPTION: "第四件", Column.DOCUMENT_NUMBER: "椒民公开〔2023〕3号"}
        | {Column.CONSULTED: "其他机关", Column.CONSULTED_ON: date(2023, 3, 2)}
        | {Column.ANSWERED_ON: date(2023, 3, 3), Column.EXTENDED_ON: date(2023, 3, 6)}
        | {Column.EXTENSION_DAYS: 10, Column.IDENTITY_TYPE: None, Column.IDENTITY_NUMBER: None},
    ]
    path = make_register(tmp_path / "r.xlsx", rows, title="2023年度政府信息依申请公开办理台账")
    outcome = import_ledger(ctx, path)
    assert (outcome.imported, outcome.rejected) == (4, [])
    export_ledger(ctx, 2023, tmp_path / "out.xlsx")
    assert cells_of(tmp_path / "out.xlsx") == cells_of(path)


def test_nobody_but_the_operator_takes_the_whole_register_away(
    ctx_for: ContextFor, cast: Cast, tmp_path: Path
) -> None:
    for person in (cast.supervisor, cast.clerk, cast.auditor):
        with pytest.raises(Forbidden):
            export_ledger(ctx_for(person), 2023, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_no_half_file(ctx: Context, session: Session, tmp_path: Path) -> None:
    import_ledger(ctx, make_register(tmp_path / "r.xlsx", [GOOD]))

    def crash(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_ledger(ctx, 2023, tmp_path / "out.xlsx", progress=crash)
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]
