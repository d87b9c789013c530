"""Any table as a sheet: cells keep their kind, and no text becomes a formula."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tracker.adapters.table_writer import write_table


def sheet_of(out: BytesIO) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(out.getvalue())).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_cells_keep_their_kind_and_rows_are_counted() -> None:
    out = BytesIO()
    rows = [("甲", 3, 1.5, date(2026, 11, 23), None), ("乙", 0, 0.0, None, "")]
    heads = [("名称", 10), ("件", 5), ("率", 5), ("日", 12), ("空", 5)]
    assert write_table(out, "表", "标题", heads, rows, ["说明"]) == 2
    cells = sheet_of(out)
    assert cells[0][0] == "标题"
    assert cells[1] == ("名称", "件", "率", "日", "空")
    assert cells[2][:3] == ("甲", 3, 1.5)
    assert str(cells[2][3]).startswith("2026-11-23")
    assert cells[3][:3] == ("乙", 0, 0)
    assert cells[5][0] == "说明"


def test_a_table_without_rows_is_a_header() -> None:
    out = BytesIO()
    assert write_table(out, "表", "标题", [("名称", 10)], []) == 0
    assert len(sheet_of(out)) == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}"])
def test_no_text_becomes_a_formula(text: str) -> None:
    out = BytesIO()
    write_table(out, "表", "标题", [("名称", 10)], [(text,)])
    with ZipFile(BytesIO(out.getvalue())) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert text.startswith("{") or b'quotePrefix="1"' in package.read("xl/styles.xml")
