"""The annual report as a page for the organ's site, and all its tables as a workbook."""

from __future__ import annotations

import io
from html import escape

import xlsxwriter

from tracker.adapters.table_writer import LIKE_A_FORMULA
from tracker.domain.report_document import ReportDocument, split_heading
from tracker.domain.report_grids import Grid, GridCell

_STYLE = (
    "body{margin:2.5rem auto;padding:0 1rem;max-width:56rem;color:#111;background:#fff;"
    "line-height:1.9;font-size:1.125rem;"
    "font-family:FangSong,STFangsong,FangSong_GB2312,'Noto Serif CJK SC','Source Han Serif SC',serif}"
    "h1{font:bold 1.75rem/1.5 SimSun,STSong,'Noto Serif CJK SC',serif;text-align:center;margin:0 0 1.5rem}"
    "h2{font:bold 1.1875rem/1.9 SimHei,STHeiti,'Noto Sans CJK SC',sans-serif;margin:1.5rem 0 0;text-indent:2em}"
    "p{margin:0;text-indent:2em;overflow-wrap:anywhere}p.note{text-align:center;text-indent:0;color:#444}"
    "p.sign{text-align:right;text-indent:0;margin-top:2rem}p.sign+p.sign{margin-top:0}"
    "p.digest{font:.75rem/1.6 monospace;text-indent:0;color:#555;margin-top:2rem}"
    "strong{font-weight:normal;font-family:KaiTi,STKaiti,KaiTi_GB2312,'Noto Serif CJK SC',serif}"
    ".frame{overflow-x:auto;margin:.75rem 0}table{border-collapse:collapse;width:100%;font:.875rem/1.5 SimSun,STSong,"
    "'Noto Sans CJK SC',sans-serif}caption{text-align:left;font-weight:bold;padding:.25rem 0}"
    "th,td{border:1px solid #333;padding:.25rem .375rem;font-weight:normal}thead th,th.head{background:#f0f0f0}"
    "th.head,td,th.group{text-align:center}th{text-align:left}td{font-variant-numeric:tabular-nums;min-width:2.25em}"
    "@media print{body{margin:0;max-width:none;font-size:12pt}thead{display:table-header-group}tr{break-inside:avoid}}"
)


def report_page(document: ReportDocument) -> str:
    """One file that stands by itself: its own style, no script, nothing from elsewhere."""
    title = escape(document.title)
    body = [f"<h1>{title}</h1>"]
    if document.note:
        body.append(f'<p class="note">{escape(document.note)}</p>')
    for section in document.sections:
        body.append(f"<h2>{escape(section.heading)}</h2>")
        body += [_paragraph(text) for text in section.paragraphs]
        if section.grid is not None:
            body.append(_table(section.grid))
    if document.signed_on:
        body += [f'<p class="sign">{escape(text)}</p>' for text in (document.organ, document.signed_on)]
    if document.digest:
        body.append(f'<p class="digest">SHA-256 {escape(document.digest)}</p>')
    joined = "\n".join(body)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{joined}\n</body>\n</html>\n"
    )


def _paragraph(text: str) -> str:
    heading, rest = split_heading(text)
    marked = f"<strong>{escape(heading)}</strong>" if heading else ""
    return f"<p>{marked}{escape(rest)}</p>"


def _table(grid: Grid) -> str:
    lines = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in grid.rows]
    head = "<thead>\n" + "\n".join(lines[: grid.heads]) + "\n</thead>\n" if grid.heads else ""
    body = "\n".join(lines[grid.heads :])
    return (
        f'<div class="frame" role="group" aria-label="{escape(grid.title)}" tabindex="0"><table>\n'
        f"<caption>{escape(grid.title)}</caption>\n{head}<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _cell(cell: GridCell) -> str:
    spans = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
        f' rowspan="{cell.down}"' if cell.down > 1 else ""
    )
    if cell.number:
        return f"<td{spans}>{escape(cell.text)}</td>"
    kind = ' class="head"' if cell.head else ' class="group"' if cell.down > 1 else ""
    return f"<th{kind}{spans}>{escape(cell.text)}</th>"


def report_xlsx(document: ReportDocument) -> bytes:
    """A sheet a table, cells merged as they are printed; numbers are numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    common = {"border": 1, "valign": "vcenter", "text_wrap": True}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "quoted": book.add_format({"bold": True, "font_size": 14, "quote_prefix": True}),
        "head": book.add_format(common | {"bold": True, "align": "center", "bg_color": "#F0F0F0"}),
        "label": book.add_format(common),
        "number": book.add_format(common | {"align": "center"}),
    }
    for grid in document.grids:
        sheet = book.add_worksheet(grid.name)
        title = f"{document.organ}{document.year}年{grid.title}{document.note}"
        sheet.write_string(0, 0, title, formats["quoted" if title.startswith(LIKE_A_FORMULA) else "title"])
        parts = sum(grid.widths)
        for column, width in enumerate(grid.widths):
            sheet.set_column(column, column, max(7, 110 * width / parts))
        for row, column, cell in grid.placed():
            _write(sheet, row + 1, column, cell, formats)
    book.close()
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: GridCell,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    kind = formats["head" if cell.head else "number" if cell.number else "label"]
    if cell.across > 1 or cell.down > 1:
        sheet.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", kind)
    number = _number(cell)
    if number is None:
        sheet.write_string(row, column, cell.text, kind)
    else:
        sheet.write_number(row, column, number, kind)


def _number(cell: GridCell) -> float | None:
    try:
        return float(cell.text) if cell.number else None
    except ValueError:
        return None
