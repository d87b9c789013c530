"""A computation sheet as it goes on paper: Chinese texts and numbers, frozen when it is issued, read by the typesetter.

Nothing in it is computed again later: what was issued is what is kept, whatever the log and the calendars say then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.case_log import LogEntry
from tracker.domain.errors import TrackerError
from tracker.domain.month_grid import GridCell, MonthGrid
from tracker.domain.sheet import Sheet, SheetPart, SheetYear
from tracker.domain.sheet_days import UNVERIFIED, WEEKDAYS, SheetDay, Text
from tracker.domain.sheet_facts import NO_PROOF, SheetFact, clock_entries

TITLE = "期限计算说明"
UNNUMBERED = "未编号"
_OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
_DASH = "—"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above a sheet. ``number`` and ``made_by`` are empty while it is not issued, ``case_number`` where
    there is no case; ``through_seq``: the last entry of the log it takes in."""

    organ: str
    case_number: str
    made_on: date
    number: str = ""
    made_by: str = ""
    through_seq: int = 0
    facts_digest: str = ""


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """The content of one sheet as plain data."""

    data: Mapping[str, Any]

    @property
    def made_on(self) -> date:
        """The day it speaks of."""
        return date.fromisoformat(self.data["made_on"])

    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(_canonical(self.data).encode()).hexdigest()

    def characters(self) -> frozenset[str]:
        """Every character it is set in."""
        return frozenset(_canonical(self.data)) - {"\n"}


def facts_digest(log: Sequence[LogEntry]) -> str:
    """SHA-256 over the facts the clock reads, as corrected: anybody with the log can compute it again."""
    rows = [
        {
            "seq": e.seq,
            "type": str(e.type),
            "on": e.on.isoformat(),
            "cause": e.cause and str(e.cause),
            "ref": e.ref,
            "days": e.days,
            "by": e.by and str(e.by),
            "until": e.until and e.until.isoformat(),
        }
        for e in clock_entries(log)
    ]
    return hashlib.sha256(_canonical(rows).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def paper_of(sheet: Sheet, head: SheetHead) -> SheetPaper:
    """The content of a sheet, as of the day in its head."""
    return SheetPaper(
        {
            "title": TITLE,
            "organ": head.organ,
            "number": head.number,
            "case_number": head.case_number,
            "made_on": head.made_on.isoformat(),
            "head": _head(sheet, head),
            "figures": _pairs(sheet.figures),
            "left_out": [in_chinese(text) for text in sheet.left_out],
            "breaches": [[_listed(step.on), in_chinese(step.text)] for step in sheet.breaches],
            "facts": [_fact(fact, proved=sheet.proved) for fact in sheet.facts],
            "proved": sheet.proved,
            "steps": [
                [
                    _listed(step.on),
                    f"{step.name}\n{step.source}{step.article}",
                    ("违法情形：" if step.breach else "") + in_chinese(step.text),
                    _listed(step.due_on) if step.due_on else _DASH,
                ]
                for step in sheet.steps
            ],
            "parts": [_part(part) for part in sheet.parts],
            "years": [[str(year.year), _authority(year)] for year in sheet.years],
            "facts_digest": head.facts_digest,
        }
    )


def in_chinese(value: Text | date | int) -> str:
    """A figure or text as an official paper writes it: days with their weekday."""
    if isinstance(value, TrackerError):
        return value.template % {name: _param(param) for name, param in value.params.items()}
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日（{WEEKDAYS[value.weekday()]}）"
    return str(value)


def _listed(day: date) -> str:
    """A day in a column."""
    return f"{day.isoformat()} {WEEKDAYS[day.weekday()]}"


def _param(value: object) -> object:
    if isinstance(value, list):
        return "、".join(str(_param(part)) for part in value)
    return in_chinese(value) if isinstance(value, TrackerError | date) else value


def office_time(at: datetime) -> str:
    """An instant as the office's clock shows it."""
    return f"{at.astimezone(_OFFICE_ZONE):%Y-%m-%d %H:%M}"


def _head(sheet: Sheet, head: SheetHead) -> list[list[str]]:
    version = sheet.reading.calendar_version
    rows = [
        ("受理号", head.case_number),
        ("编号", head.number or UNNUMBERED),
        ("计算截至", in_chinese(sheet.reading.today) if sheet.reading.today else ""),
        ("制作人", head.made_by),
        ("记录截至", f"第 {head.through_seq} 条" if head.through_seq else ""),
        ("工作日历", f"第 {version} 版" if version else ""),
    ]
    return [[name, value] for name, value in rows if value]


def _pairs(figures: Sequence[tuple[str, Text | date | int]]) -> list[list[str]]:
    return [[name, in_chinese(value)] for name, value in figures]


def _fact(fact: SheetFact, *, proved: bool) -> list[Any]:
    moved = f"（原记{in_chinese(fact.was_on)}，已更正）" if fact.was_on else ""
    row: list[Any] = [f"第 {fact.seq} 条", _listed(fact.on), in_chinese(fact.what) + moved]
    if proved:
        at = office_time(fact.recorded_at) if fact.recorded_at else ""
        row.append(f"{fact.recorded_by or '系统'} {at}".strip())
        row.append([in_chinese(proof) for proof in fact.proofs] or [NO_PROOF])
    return row


def _part(part: SheetPart) -> dict[str, Any]:
    gap = ""
    if part.gap is not None:
        gap = f"{in_chinese(part.gap[0])}至{in_chinese(part.gap[1])}没有列出。"
    return {
        "title": in_chinese(part.title),
        "figures": _pairs(part.figures),
        "legend": [
            {"kind": str(key.kind), "sign": key.sign, "name": key.name}
            | {"ahead": key.is_ahead, "due": key.is_due, "stop": key.is_stop}
            for key in part.legend
        ],
        "months": [_month(month) for month in part.months],
        "skipped": [
            [in_chinese(line.reason), "、".join(_span(*span) for span in line.spans), str(line.count)]
            for line in part.skipped
        ],
        "days": [
            [_listed(day.on), str(day.number or _DASH), "；".join(map(in_chinese, day.reasons))]
            for day in part.days
        ],
        "gap": gap,
    }


def _month(month: MonthGrid[SheetDay]) -> dict[str, Any]:
    return {
        "caption": f"{month.year}年{month.number}月",
        "heads": list(month.heads),
        "cells": [_cell(cell) for week in month.weeks for cell in week],
    }


def _cell(cell: GridCell[SheetDay] | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    day = cell.day
    if day is None:
        return {"date": cell.on.day, "kind": "outside"}
    return {
        "date": cell.on.day,
        "kind": str(day.kind),
        "number": "0" if day.is_start else str(day.number or ""),
        "signs": list(day.signs),
        "due": day.is_due,
        "stop": day.is_stop,
        "ahead": day.is_ahead,
    }


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}至{last.isoformat()}"


def _authority(year: SheetYear) -> str:
    if not year.covered:
        return "放假通知尚未载入，按周末和法定节日推算，暂定"
    return year.notice or UNVERIFIED
