"""Writes a register as an Excel sheet, row by row with flat memory; texts stay texts whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import xlsxwriter

from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import LineCell

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_ledger(path: Path, title: str, lines: Iterable[Mapping[Column, LineCell]]) -> int:
    """Title, header, one row a line; how many rows were written.

    A text that a spreadsheet would take for a formula is stored as text with the quote prefix, so that opening or
    editing the cell never evaluates it.
    """
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    sheet = book.add_worksheet("台账")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})
    sheet.freeze_panes(2, 0)
    for index, column in enumerate(Column):
        sheet.set_column(index, index, _WIDTHS.get(column, _USUAL_WIDTH))
    sheet.write_string(0, 0, title, bold)
    for index, column in enumerate(Column):
        sheet.write_string(1, index, str(column), bold)
    row = 1
    for row, line in enumerate(lines, start=2):
        for index, column in enumerate(Column):
            cell = line.get(column)
            if isinstance(cell, date):
                sheet.write_datetime(row, index, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(row, index, cell)
            elif cell:
                sheet.write_string(row, index, cell, quoted if cell.startswith(_LIKE_A_FORMULA) else None)
    book.close()
    return row - 1
