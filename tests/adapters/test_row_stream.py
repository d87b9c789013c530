"""What is streamed reads like what XlsxWriter would have written cell by cell, whatever the texts hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.adapters.row_stream import row_stream
from tracker.adapters.table_writer import LIKE_A_FORMULA, OPTIONS, Cell

LETTERS = ("A", "B", "C")
# XlsxWriter cannot write half a surrogate pair at all.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "@x", "_x0041_", " 前后 ", "<&>\"'", "换\n行", "\x0b\x1f", "\ufffe", "𠮷"]
)
CELLS = st.none() | TEXTS | st.integers(0, 10**9) | st.dates(date(1900, 3, 1), date(2100, 1, 1))
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5)


def streamed(path: Path, rows: list[Any]) -> None:
    def begin(sheet: Any, book: Any) -> int:
        sheet.write_string(0, 0, "标题", book.add_format({"bold": True}))
        return 1

    with row_stream(path, "表", begin) as stream:
        for number, cells in enumerate(rows, start=2):
            stream.write(number, list(zip(LETTERS, cells, strict=False)))


def called(path: Path, rows: list[tuple[Cell, ...]]) -> None:
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    sheet = book.add_worksheet("表")
    sheet.write_string(0, 0, "标题", book.add_format({"bold": True}))
    day, quoted = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"quote_prefix": True})
    for number, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, str) and cell:
                style = quoted if cell.startswith(LIKE_A_FORMULA) else None
                sheet.write_string(number, column, cell, style)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
    book.close()


def read(path: Path) -> list[tuple[str, object, str, bool]]:
    book = openpyxl.load_workbook(path)
    found = [
        (cell.coordinate, cell.value, cell.number_format, bool(cell.quotePrefix))
        for row in book.active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    book.close()
    return found


@given(rows=ROWS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_stream_reads_like_calls(tmp_path: Path, rows: list[tuple[Cell, ...]]) -> None:
    streamed(tmp_path / "streamed.xlsx", rows)
    called(tmp_path / "called.xlsx", rows)
    assert read(tmp_path / "streamed.xlsx") == read(tmp_path / "called.xlsx")


def test_more_rows_than_are_kept_come_in_order_and_the_sample_is_cut_off(tmp_path: Path) -> None:
    streamed(tmp_path / "out.xlsx", [(number, f"第{number}行") for number in range(1, 251)])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("标题", None)
    assert rows[1:] == [(number, f"第{number}行") for number in range(1, 251)]


def test_a_text_longer_than_a_cell_holds_is_cut(tmp_path: Path) -> None:
    streamed(tmp_path / "out.xlsx", [("长" * 40_000, "尾")])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert (len(str(sheet["A2"].value)), sheet["B2"].value) == (32_767, "尾")


def test_half_a_surrogate_pair_breaks_no_file(tmp_path: Path) -> None:
    streamed(tmp_path / "out.xlsx", [("\ud800",)])
    with ZipFile(tmp_path / "out.xlsx") as package:
        assert b"_xD800_" in package.read("xl/worksheets/sheet1.xml")


def test_what_fails_on_the_way_leaves_the_error_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(KeyError), row_stream(tmp_path / "out.xlsx", "表", lambda *_: 0) as stream:
        stream.write(1, [("A", 1)])
        raise KeyError
