"""Registers for tests: the shared ones, and rows or workbooks made for one fault."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tracker.adapters.ledger_reader import LedgerSheet
from tracker.domain.calendar import WorkCalendar
from tracker.domain.ledger import check_register, organ_finder
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerOrgan, LedgerRow, RejectedRow, Surroundings
from tracker.domain.ledger_values import Cell
from tracker.domain.organs import read_organs
from tracker.domain.year_edition import parse_year

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
REGISTER = SHARED / "ledger-2023.xlsx"
DIRTY = SHARED / "ledger-dirty.xlsx"
TODAY = date(2026, 11, 23)

GOOD: dict[Column, Cell] = {
    Column.SEQUENCE: 1,
    Column.RECEIVED_ON: date(2023, 3, 1),
    Column.CHANNEL: "网络",
    Column.APPLICANT: "王某某",
    Column.APPLICANT_KIND: "自然人",
    Column.IDENTITY_TYPE: "居民身份证",
    Column.IDENTITY_NUMBER: "331002190709268208",
    Column.PHONE: "13805761659",
    Column.ADDRESS: "浙江省台州市椒江区某路90号",
    Column.DESCRIPTION: "某项目的批准文件",
    Column.SUPPLY_WAY: "纸质邮寄",
    Column.ORGAN: "椒江区民政局",
    Column.REPLIED_ON: date(2023, 3, 10),
    Column.DOCUMENT_NUMBER: "椒民公开〔2023〕1号",
    Column.OUTCOME: "予以公开",
    Column.DISPATCH_WAY: "邮寄",
}
"""A row without any fault."""


def shipped_calendar() -> WorkCalendar:
    """The years shipped with the product."""
    files = sorted((ROOT / "tracker" / "calendars").glob("*.csv"))
    return WorkCalendar([parse_year(file.read_text("utf-8")) for file in files], 1)


def surroundings(today: date = TODAY) -> Surroundings:
    """The shipped organs and calendar."""
    with (ROOT / "tracker" / "seed" / "organs.csv").open(encoding="utf-8", newline="") as lines:
        organs = [LedgerOrgan(o.code, o.name, o.number_prefix) for o in read_organs(csv.DictReader(lines))]
    return Surroundings(today, shipped_calendar(), organ_finder(organs))


def read_register(path: Path) -> list[LedgerRow | RejectedRow]:
    """Every row of a register, checked."""
    with LedgerSheet(path) as sheet:
        return list(check_register(sheet, surroundings()))


def expected_clock() -> dict[int, Mapping[str, str]]:
    """Due date and lateness by 序号."""
    with (SHARED / "ledger-2023-clock.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["序号"]): row for row in csv.DictReader(lines)}


def planted_defects() -> dict[int, tuple[str, str]]:
    """Column and verdict (accept, warn, reject) of each planted defect, by the sheet's row."""
    with (SHARED / "ledger-dirty-errors.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["row"]): (row["column"], row["verdict"]) for row in csv.DictReader(lines)}


def make_register(
    path: Path,
    rows: Iterable[Mapping[Column, Cell]],
    *,
    title: str | None = "2023年度台账",
    header: Sequence[str] = tuple(Column),
) -> Path:
    """Write a workbook with a title, a header and these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append([title])
    sheet.append([str(name) for name in header])
    for row in rows:
        sheet.append([row.get(Column(name)) if name in list(Column) else None for name in header])
    book.save(path)
    return path


def cells_of(path: Path) -> list[tuple[object, ...]]:
    """Every cell of the first sheet."""
    sheet = load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))
