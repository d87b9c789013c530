"""Table 3 as a file: .xlsx, .docx on one landscape page, or a piece of HTML for the organ's site."""

from __future__ import annotations

import io
from html import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from tracker.adapters.table_writer import Cell, write_table
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, ROWS, AnnualTable

_NAME_WIDTH, _NUMBER_WIDTH = 60, 12


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
