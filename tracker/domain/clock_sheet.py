"""The short computation sheet of one clock beside the reply clock: its days numbered, and why it ends where it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tracker.domain.calendar import DayKind, WorkCalendar
from tracker.domain.clock_reading import ClockReading
from tracker.domain.day_marks import DayMark, DayMarkKind, period_marks
from tracker.domain.errors import TrackerError
from tracker.domain.sheet import SheetFigure, SheetPart, laid_out
from tracker.domain.sheet_days import SheetDay, Text, sheet_day
from tracker.domain.statute import Unit
from tracker.domain.vocabulary import N_

_VERDICTS: dict[bool | None, str | None] = {True: N_("按期"), False: N_("晚于期限"), None: None}


def clock_part(
    clock: ClockReading, calendar: WorkCalendar, today: date, reply_due_on: date | None = None
) -> SheetPart:
    """Figures and days of one clock. An internal limit is counted back from ``reply_due_on``; any other from its start.
    Without a due date there are no days to show."""
    days: list[SheetDay] = []
    marks: Iterable[DayMark]
    if clock.due_on is not None:
        if clock.rule.is_internal:
            marks = _back(clock.due_on, reply_due_on or clock.due_on, calendar, today)
        else:
            marks = period_marks(
                clock.start_on,
                clock.due_on,
                calendar,
                today,
                stopped_on=clock.stopped_on,
                every_day=clock.rule.unit is Unit.CALENDAR_DAYS,
            )
        days = [sheet_day(mark) for mark in marks]
    return laid_out(clock.rule.name, _figures(clock, reply_due_on), days, calendar)


def clock_reasons(clock: ClockReading, reply_due_on: date | None = None) -> Iterator[Text]:
    """Why it ends where it does, one sentence each."""
    rule = clock.rule
    if clock.due_on is None:
        if rule.is_internal:
            yield N_("答复期限停止计算，内部时限随之停止，恢复后重新推算。")
        else:
            yield N_("记录中没有告知书所定的日期，不能推算到期日。")
        return
    if rule.is_internal:
        params = {"due": reply_due_on, "n": clock.span}
        yield TrackerError(N_("自答复期限到期日 %(due)s 向前推 %(n)d 个工作日，随到期日移动。"), **params)
        yield N_("机关自己定的时限，只作提醒；超过它不是逾期答复。")
    elif clock.span is None:
        yield N_("日期由补正告知书确定，不作推算；下表的计数只说明其间有几个工作日。")
    else:
        words = N_("%(starts)s（%(day)s）不计入，自次日起数满 %(n)d 个工作日。")
        if rule.unit is Unit.CALENDAR_DAYS:
            words = N_(
                "%(starts)s（%(day)s）不计入，自次日起数满 %(n)d 日，逐日计算；最后一日不是工作日的，"
                "以其后第一个工作日为届满之日（法释〔2018〕1号第四十八条）。"
            )
        yield TrackerError(words, starts=rule.starts, day=clock.start_on, n=clock.span)
    if not clock.start_known:
        yield N_("申请人收到通知的日期没有登记，按发出之日推算，是较早的日期。")
    if clock.provisional:
        yield N_("所涉年度的放假安排尚未公布，按周末和法定节日推算，日期暂定。")


def _figures(clock: ClockReading, reply_due_on: date | None) -> list[SheetFigure]:
    shown: list[tuple[str, Text | date | int | None]] = [
        (N_("起算日"), None if clock.rule.is_internal else clock.start_on),
        (N_("答复期限到期日"), reply_due_on if clock.rule.is_internal else None),
        (N_("日数") if clock.rule.unit is Unit.CALENDAR_DAYS else N_("工作日数"), clock.span),
        (N_("到期日"), clock.due_on),
        (N_("办结日"), clock.stopped_on),
        (N_("是否按期"), _VERDICTS[clock.on_time]),
    ]
    return [SheetFigure(name, value) for name, value in shown if value is not None]


def _back(limit: date, reply_due: date, calendar: WorkCalendar, today: date) -> Iterator[DayMark]:
    """The days between an internal limit and the reply's due date, numbered from there backwards."""
    for offset in range((reply_due - limit).days + 1):
        day = limit + timedelta(days=offset)
        note = calendar.day_note(day)
        off = note.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)
        kind = DayMarkKind.OFF if off else DayMarkKind.COUNTED
        start = day == reply_due
        yield DayMark(
            on=day,
            kind=DayMarkKind.RECEIPT if start else kind,
            note=note,
            number=None if off or start else calendar.count(day, reply_due),
            is_due=day == limit,
            is_today=day == today,
        )
