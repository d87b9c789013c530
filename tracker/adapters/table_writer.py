"""Writes any table as an Excel sheet with flat memory; texts stay texts whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

import xlsxwriter

Cell = str | int | float | date | None

LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_table(
    out: BinaryIO,
    name: str,
    title: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str] = (),
) -> int:
    """Title, header (label, width in characters), one row a row, notes below; how many rows were written.

    ``name`` is the sheet's. A text that begins like a formula is stored as text with the quote prefix, so that opening
    or editing the cell never evaluates it.
    """
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})

    def write(row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, day)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell)
        elif cell:
            sheet.write_string(row, column, cell, quoted if cell.startswith(LIKE_A_FORMULA) else None)

    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, title, bold)
    for column, (label, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, label, bold)
    last = 1
    for last, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            write(last, column, cell)
    for below, note in enumerate(notes, start=last + 2):
        write(below, 0, note)
    book.close()
    return last - 1
