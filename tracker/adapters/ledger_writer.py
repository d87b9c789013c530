"""Writes a register as an Excel sheet, row by row with flat memory; texts stay texts whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tracker.adapters.row_stream import row_stream
from tracker.adapters.table_writer import LIKE_A_FORMULA, OPTIONS
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import LineCell
from tracker.domain.ledger_values import Cell

_WIDTHS: dict[Column, int] = {
    Column.SEQUENCE: 6,
    Column.APPLICANT: 18,
    Column.IDENTITY_NUMBER: 20,
    Column.PHONE: 13,
    Column.ADDRESS: 28,
    Column.DESCRIPTION: 40,
    Column.ORGAN: 24,
    Column.DOCUMENT_NUMBER: 20,
    Column.OUTCOME: 24,
    Column.MAIL_NUMBER: 15,
}
_USUAL_WIDTH = 11
_HEAD_ROWS = 2
REASON_HEADING = "退回原因"


def write_ledger(out: Path | BinaryIO, title: str, lines: Iterable[Mapping[Column, LineCell]]) -> int:
    """Title, header, one row a line; how many rows were written.

    A text that a spreadsheet would take for a formula is stored as text with the quote prefix, so that opening or
    editing the cell never evaluates it.
    """
    letters = [(column, xl_col_to_name(index)) for index, column in enumerate(Column)]
    row = _HEAD_ROWS
    with row_stream(out, "台账", partial(_head, title)) as rows:
        for row, line in enumerate(lines, start=_HEAD_ROWS + 1):
            rows.write(row, [(letter, line[column]) for column, letter in letters if column in line])
    return row - _HEAD_ROWS


def _head(title: str, sheet: Any, book: Any) -> int:
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(_HEAD_ROWS, 0)
    for index, column in enumerate(Column):
        sheet.set_column(index, index, _WIDTHS.get(column, _USUAL_WIDTH))
    sheet.write_string(0, 0, title, bold)
    for index, column in enumerate(Column):
        sheet.write_string(1, index, str(column), bold)
    return _HEAD_ROWS


def write_rejected(
    out: BinaryIO,
    headings: Mapping[Column, str],
    rows: Iterable[tuple[int, Mapping[Column, Cell]]],
    faults: Mapping[int, tuple[str, str]],
) -> None:
    """The rows that were not imported, under the headings they came with: the faulty cell is marked and says in a
    comment what is wrong, and a last column repeats it for print. ``faults``: by row, the column and the words."""
    book = xlsxwriter.Workbook(out, {**OPTIONS, "constant_memory": False, "in_memory": True})
    sheet = book.add_worksheet("退回的行")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})
    faulty = book.add_format({"bg_color": "#F9D9D5", "quote_prefix": True, "num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for index, (column, heading) in enumerate(headings.items()):
        sheet.set_column(index, index, _WIDTHS.get(column, _USUAL_WIDTH))
        sheet.write_string(0, index, heading, bold)
    last = len(headings)
    sheet.set_column(last, last, 60)
    sheet.write_string(0, last, REASON_HEADING, bold)
    for line, (number, cells) in enumerate(rows, start=1):
        name, words = faults[number]
        for index, column in enumerate(headings):
            if column == name:
                _write(sheet, line, index, cells.get(column), faulty, faulty, always=True)
                sheet.write_comment(line, index, words, {"x_scale": 2})
            else:
                _write(sheet, line, index, cells.get(column), day, quoted)
        sheet.write_string(line, last, words, quoted)
    book.close()


def _write(
    sheet: Any, row: int, index: int, cell: Cell, day: Any, text: Any, *, always: bool = False
) -> None:
    """A cell as what it is; ``text`` is the format of texts that look like formulas, with ``always`` of every text."""
    if isinstance(cell, date):
        sheet.write_datetime(row, index, cell, day)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, index, cell)
    elif cell:
        written = str(cell)
        sheet.write_string(
            row, index, written, text if always or written.startswith(LIKE_A_FORMULA) else None
        )
    elif always:
        sheet.write_blank(row, index, None, text)
