"""Table 3 as a file: .xlsx, .docx on one landscape page, or a piece of HTML; and what a published file says."""

from __future__ import annotations

import io
from html import escape
from itertools import islice

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from tracker.adapters.ledger_reader import UNREADABLE
from tracker.adapters.table_writer import Cell, write_table
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, ROWS, AnnualTable
from tracker.domain.errors import Invalid
from tracker.domain.vocabulary import N_

_NAME_WIDTH, _NUMBER_WIDTH = 60, 12
_MOST_ROWS, _MOST_COLUMNS = 200, 20


def table_xlsx(table: AnnualTable, title: str) -> bytes:
    """The sheet: title, heads, 25 rows."""
    out = io.BytesIO()
    heads = [("行号", 8), ("项目", _NAME_WIDTH), *((COLUMN_NAMES[c], _NUMBER_WIDTH) for c in COLUMNS)]
    rows: list[list[Cell]] = [[row.number, row.name, *table.line(row.number)] for row in ROWS]
    write_table(out, "表三", title, heads, rows)
    return out.getvalue()


def table_docx(table: AnnualTable, title: str) -> bytes:
    """The page, to be put into a report."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    document.add_heading(title, level=1)
    grid = document.add_table(rows=1, cols=1 + len(COLUMNS))
    grid.style = "Table Grid"
    _fill(grid.rows[0].cells, ["项目", *(COLUMN_NAMES[column] for column in COLUMNS)])
    for row in ROWS:
        _fill(grid.add_row().cells, [f"{row.number} {row.name}", *map(str, table.line(row.number))])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(cells: tuple[object, ...], texts: list[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)  # type: ignore[attr-defined]
        run.font.size = Pt(8)


def table_html(table: AnnualTable, title: str) -> str:
    """A table without styles of its own, every text escaped."""
    heads = "".join(f'<th scope="col">{escape(COLUMN_NAMES[column])}</th>' for column in COLUMNS)
    lines = [
        f'<tr><th scope="row">{escape(f"{row.number} {row.name}")}</th>'
        + "".join(f"<td>{number}</td>" for number in table.line(row.number))
        + "</tr>"
        for row in ROWS
    ]
    body = "\n".join(lines)
    return (
        f"<table>\n<caption>{escape(title)}</caption>\n"
        f'<thead><tr><th scope="col">项目</th>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n'
    )


_PAGE_STYLE = (
    "body{font-family:'FangSong','STFangsong','Noto Serif CJK SC',serif;margin:2rem auto;max-width:64rem}"
    "table{border-collapse:collapse;width:100%}caption{font-weight:bold;padding:.5rem}"
    "th,td{border:1px solid #333;padding:.2rem .4rem}tbody th{text-align:left;font-weight:normal}td{text-align:right}"
)


def table_page(table: AnnualTable, title: str, note: str) -> str:
    """One file for the organ's site: the table with its own style, no script; ``note`` says what it is."""
    said = f"<p>{escape(note)}</p>\n" if note else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_PAGE_STYLE}</style>\n</head>\n<body>\n"
        f"{table_html(table, title)}{said}</body>\n</html>\n"
    )


def table_text(content: bytes, name: str) -> str:
    """What a published file says, as lines with tabs between the cells for ``read_csv``; the first sheet of a workbook.
    Raises ``Invalid`` under ``file`` for what cannot be read."""
    if not name.lower().endswith(".xlsx"):
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise Invalid({"file": [N_("文件读不出文字，请另存为“CSV UTF-8”或者 .xlsx 后再核对。")]})
    try:
        rows = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0].values
        return "\n".join(
            "\t".join(_written(value) for value in row[:_MOST_COLUMNS]) for row in islice(rows, _MOST_ROWS)
        )
    except UNREADABLE as error:
        raise Invalid({"file": [N_("不是可以打开的 .xlsx 文件，请用 Excel 或 WPS 另存后再试。")]}) from error


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).replace('"', "").split())
