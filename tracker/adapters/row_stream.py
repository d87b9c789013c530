"""Rows streamed into a sheet that XlsxWriter has begun: it makes the workbook, its styles and headings; rows go into
the part of the sheet as they come, without a call for each cell, and never more than a few are in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from tracker.adapters.table_writer import LIKE_A_FORMULA, OPTIONS, Cell

_SHEET = "xl/worksheets/sheet1.xml"
_SAMPLE = re.compile(
    r'<row r="\d+"><c r="A\d+" s="(\d+)"><v>\d+</v></c><c r="B\d+" s="(\d+)" t="inlineStr">.*?</row>(?=</sheetData>)'
)
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_NEEDS_ESCAPING = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_TEXT = 32_767
_DAY_ZERO = date(1899, 12, 30).toordinal()
_AT_A_TIME = 100


class RowStream:
    """The open sheet: ``write`` adds one row below those before it."""

    def __init__(self, out: IO[bytes], day_style: str, quoted_style: str) -> None:
        self._out = out
        self._day, self._quoted = f' s="{day_style}"', f' s="{quoted_style}"'
        self._waiting: list[str] = []

    def write(self, number: int, cells: Iterable[tuple[str, Cell]]) -> None:
        """The row of that number (the first is 1): letters of columns in their order, and what stands there.

        A text that a spreadsheet would take for a formula is stored with the quote prefix. Text longer than a cell
        holds is cut.
        """
        row = [f'<row r="{number}">']
        for letter, cell in cells:
            if isinstance(cell, str):
                if cell:
                    style = self._quoted if cell.startswith(LIKE_A_FORMULA) else ""
                    row.append(f'<c r="{letter}{number}"{style} t="inlineStr"><is>{_text(cell)}</is></c>')
            elif isinstance(cell, date):
                days = cell.toordinal() - _DAY_ZERO
                row.append(f'<c r="{letter}{number}"{self._day}><v>{days}</v></c>')
            elif cell is not None:
                row.append(f'<c r="{letter}{number}"><v>{cell}</v></c>')
        row.append("</row>")
        self._waiting.append("".join(row))
        if len(self._waiting) >= _AT_A_TIME:
            self.flush()

    def flush(self) -> None:
        """Hand on the rows that wait."""
        self._out.write("".join(self._waiting).encode())
        self._waiting.clear()


@contextmanager
def row_stream(path: Path | BinaryIO, name: str, begin: Callable[[Any, Any], int]) -> Iterator[RowStream]:
    """Write a workbook of one sheet. ``begin`` is given XlsxWriter's sheet and workbook to write what stands above the
    rows, and returns how many rows that took."""
    begun, day_style, quoted_style = _begun(name, begin)
    with ZipFile(begun) as parts, ZipFile(path, "w", ZIP_DEFLATED) as package:
        above, below = _parted(parts)
        for part in parts.infolist():
            if part.filename != _SHEET:
                package.writestr(part, parts.read(part))
        with package.open(_SHEET, "w", force_zip64=True) as out:
            out.write(above.encode())
            stream = RowStream(out, day_style, quoted_style)
            yield stream
            stream.flush()
            out.write(below.encode())


def _begun(name: str, begin: Callable[[Any, Any], int]) -> tuple[BytesIO, str, str]:
    """A workbook with what stands above and, in a last row that is cut off again, one cell of each style."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    sheet = book.add_worksheet(name)
    taken = begin(sheet, book)
    sheet.write_number(taken, 0, 1, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_string(taken, 1, "=", book.add_format({"quote_prefix": True}))
    book.close()
    with ZipFile(content) as parts:
        found = _SAMPLE.search(parts.read(_SHEET).decode())
    if found is None:
        raise ValueError("XlsxWriter writes rows otherwise than this was made for")
    return content, found[1], found[2]


def _parted(parts: ZipFile) -> tuple[str, str]:
    sheet = _DIMENSION.sub("", _SAMPLE.sub("", parts.read(_SHEET).decode()))
    above, end, below = sheet.partition("</sheetData>")
    return above, end + below


def _text(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        text = text[:_LONGEST_TEXT]
    if _NEEDS_ESCAPING.search(text) is None:
        return f"<t>{text}</t>"
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return f'<t xml:space="preserve">{text}</t>'
