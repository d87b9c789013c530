"""A plain period day by day, laid out as months: each counted day with its number, the days off it was carried over
without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.day_marks import DayMark, DayMarkKind, period_marks
from tracker.domain.period_table import PeriodEnd
from tracker.domain.sheet import SheetPart, laid_out
from tracker.domain.sheet_days import sheet_day
from tracker.domain.statute import Unit


def period_sheet(end: PeriodEnd, calendar: WorkCalendar, today: date) -> SheetPart:
    """The months of one period, from the day it starts on through the last day on which the act is in time."""
    every_day = end.rule.unit is not Unit.WORKING_DAYS
    marks = period_marks(end.start_on, end.end.due_on, calendar, today, every_day=every_day)
    carried = (_carried(mark, end.end.raw_on) for mark in marks)
    days = [sheet_day(mark, every_day=every_day) for mark in carried]
    return laid_out(end.rule.name, (), days, calendar)


def _carried(mark: DayMark, raw_on: date) -> DayMark:
    """Days after the last one by counting carry no number: they are passed over, they do not lengthen the period."""
    if mark.on <= raw_on:
        return mark
    return replace(mark, number=None, kind=DayMarkKind.COUNTED if mark.is_due else DayMarkKind.OFF)
