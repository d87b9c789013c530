"""期限计算说明: the computation of one case laid out for reading, on paper, on screen or in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import DayKind, DayNote, WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.day_marks import DayMark, DayMarkKind, marks_of
from tracker.domain.fold import Calendars, fold
from tracker.domain.reading import STATE_NAMES, Reading, Step
from tracker.domain.vocabulary import N_

WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))

UNVERIFIED = N_("未核")
"""Stands where the number of a notice is not verified."""

_MARK_WORDS: dict[DayMarkKind, str] = {
    DayMarkKind.RECEIPT: N_("起算日，不计入"),
    DayMarkKind.SUSPENDED: N_("征求意见，不计入"),
    DayMarkKind.WAITING: N_("等待申请人，不计入"),
    DayMarkKind.COUNTED: "",
    DayMarkKind.OFF: "",
}


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day: its number in the count, or why it is not counted."""

    on: date
    weekday: str
    kind: DayMarkKind
    number: int | None
    reason: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Steps with their articles, figures by name, and every day from day 0 on."""

    reading: Reading
    steps: tuple[Step, ...]
    figures: tuple[tuple[str, str], ...]
    days: tuple[SheetDay, ...]


def sheet_of(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    calendars: Calendars | None = None,
) -> Sheet:
    """The sheet of a log as of a day."""
    reading = fold(log, calendar, today, steps=True, calendars=calendars)
    days = tuple(_day(mark) for mark in marks_of(reading, calendar))
    return Sheet(reading, reading.steps, tuple(_figures(reading)), days)


def _figures(reading: Reading) -> list[tuple[str, str]]:
    shown: list[tuple[str, object]] = [
        (N_("状态"), STATE_NAMES[reading.state]),
        (N_("到期日"), _due(reading)),
        (N_("风险日期"), reading.at_risk_on),
        (N_("期限（工作日）"), reading.limit),
        (N_("已计"), reading.used),
        (N_("剩余"), reading.remaining),
        (N_("已扣除"), reading.deducted_days or None),
        (N_("停止日"), reading.stopped_on),
        (N_("是否按期"), {True: N_("按期"), False: N_("超期"), None: None}[reading.on_time]),
    ]
    return [(name, str(value)) for name, value in shown if value is not None]


def _due(reading: Reading) -> str | None:
    if reading.due_on is None:
        return None
    return f"{reading.due_on}（暂定）" if reading.provisional else str(reading.due_on)


def _day(mark: DayMark) -> SheetDay:
    parts = [part for part in (_MARK_WORDS[mark.kind], day_reason(mark.note)) if part]
    if mark.is_due:
        parts.append("到期日")
    return SheetDay(
        mark.on, WEEKDAYS[mark.on.weekday()], mark.kind, mark.number, "；".join(parts), mark.is_due
    )


def day_reason(note: DayNote) -> str:
    """Why a day is off or worked, with the notice that says so; empty for a plain working day."""
    if note.kind is DayKind.WORKDAY:
        return ""
    if note.kind is DayKind.WEEKEND:
        return "周末"
    words = "调休上班" if note.kind is DayKind.MAKE_UP else "放假"
    return f"{note.name}{words}（{note.notice or UNVERIFIED}）"
