"""A computation sheet as plain text, and as a page that stands alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from flask import current_app, render_template

from tracker.domain.day_marks import DayMarkKind
from tracker.domain.month_grid import GridCell, MonthGrid
from tracker.domain.sheet import Sheet, SheetPart
from tracker.domain.sheet_days import UNVERIFIED, SheetDay
from tracker.domain.sheet_paper import in_chinese

STYLES = ("theme", "tokens", "tables", "sheet", "sheet-alone")
_WIDTH = 6
_CELLS: dict[DayMarkKind, str] = {
    DayMarkKind.RECEIPT: "起",
    DayMarkKind.OFF: "休",
    DayMarkKind.SUSPENDED: "扣",
    DayMarkKind.WAITING: "待",
}


def page_of(sheet: Sheet) -> str:
    """HTML that needs no other file: its styles lie inside as data addresses."""
    folder = Path(current_app.static_folder or "") / "css"
    styles = [_as_address(folder / f"{name}.css") for name in STYLES]
    return render_template("pages/clock/sheet.html", sheet=sheet, styles=styles)


def _as_address(file: Path) -> str:
    return "data:text/css;base64," + base64.b64encode(file.read_bytes()).decode()


def text_of(sheet: Sheet) -> list[str]:
    """Lines for a terminal: facts, steps, figures, each run month by month and day by day, the notices."""
    lines = ["期限计算说明", *(str(text) for text in sheet.left_out), "", "事实"]
    lines += [f"{fact.on}  {in_chinese(fact.what)}（第 {fact.seq} 条）" for fact in sheet.facts]
    lines += ["", "推算步骤"]
    lines += [
        f"{step.on}  {step.article}  {'违法情形：' if step.breach else ''}{step.text}" for step in sheet.steps
    ]
    for part in sheet.parts:
        lines += _part(part)
    if sheet.years:
        lines += ["", f"所据工作日历（第 {sheet.reading.calendar_version} 版）"]
        lines += [
            f"{y.year}  {y.notice or (UNVERIFIED if y.covered else '通知尚未载入')}" for y in sheet.years
        ]
    return lines


def _part(part: SheetPart) -> list[str]:
    lines = ["", str(part.title), "", *(f"{name}：{value}" for name, value in part.figures)]
    for month in part.months:
        lines += ["", f"{month.year}年{month.number}月", *_weeks(month)]
    if part.gap is not None:
        lines += ["", f"{part.gap[0]} 至 {part.gap[1]} 没有列出。"]
    lines.append("")
    lines += [f"{day.on}（{day.weekday}）  {day.number or ''}  {day.reason}".rstrip() for day in part.days]
    return lines


def _weeks(month: MonthGrid[SheetDay]) -> Iterator[str]:
    """A month as text: 11:1 is the first counted working day on the 11th; (…) a day still to come; * the due date,
    # the stop."""
    yield "".join(_padded(head) for head in month.heads).rstrip()
    for week in month.weeks:
        yield "".join(_padded(_cell(cell)) for cell in week).rstrip()


def _cell(cell: GridCell[SheetDay] | None) -> str:
    if cell is None:
        return ""
    day = cell.day
    if day is None:
        return str(cell.on.day)
    told = str(day.number) if day.number is not None else _CELLS.get(day.kind, "")
    if day.is_ahead:
        told = f"({told})"
    return f"{cell.on.day}:{told}{'*' if day.is_due else ''}{'#' if day.is_stop else ''}"


def _padded(text: str) -> str:
    """Wide characters take two places in a terminal."""
    width = sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
    return text + " " * max(_WIDTH + 4 - width, 1)
