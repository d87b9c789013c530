"""A block of cells as spreadsheets put it on the clipboard: rows of lines, cells with tabs between them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from tracker.domain.errors import TrackerError
from tracker.domain.ledger_columns import recognised
from tracker.domain.ledger_view import VIEW_COLUMNS, ViewColumn
from tracker.domain.vocabulary import N_

MOST_ROWS = 500
"""Rows pasted at once; each is saved by itself."""

NOTHING = N_("没有粘贴任何内容，请先在 Excel 中选中单元格并复制。")
TOO_WIDE = N_("粘贴的内容超出了台账右边，请从靠左的一栏开始粘贴。")


def read_block(text: str) -> list[list[str]]:
    """The cells; one that holds line breaks or quotes is quoted as Excel does it. Rows may be of different lengths.

    Raises ``TrackerError`` for nothing at all and for more rows than are taken at once.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not plain.strip():
        raise TrackerError(NOTHING)
    try:
        rows = list(csv.reader(StringIO(plain), delimiter="\t"))
    except csv.Error as error:
        raise TrackerError(N_("粘贴的内容读不出来，请重新复制后再粘贴。")) from error
    if len(rows) > MOST_ROWS:
        raise TrackerError(
            N_("一次最多粘贴 %(most)d 行，现在是 %(rows)d 行，请分几次粘贴。"), most=MOST_ROWS, rows=len(rows)
        )
    return rows


def columns_from(code: str, rows: Sequence[Sequence[str]]) -> tuple[list[ViewColumn | None], bool]:
    """Which column each cell of the rows falls into, and whether the first row is a header that says so itself.

    Without a header the cells lie side by side from the column ``code`` on. A header may name columns that no register
    has: what stands below those is None and passed over. Raises ``TrackerError`` beyond the last column.
    """
    named = recognised(list(rows[0]))
    filled = [index for index, cell in enumerate(rows[0]) if cell.strip()]
    if named and len(named) * 2 >= len(filled):
        by_column = {column.column: column for column in VIEW_COLUMNS}
        width = max(len(row) for row in rows)
        return [by_column[named[index]] if index in named else None for index in range(width)], True
    first = next((n for n, column in enumerate(VIEW_COLUMNS) if column.code == code), 0)
    width = max(len(row) for row in rows)
    if first + width > len(VIEW_COLUMNS):
        raise TrackerError(TOO_WIDE)
    return list(VIEW_COLUMNS[first : first + width]), False
