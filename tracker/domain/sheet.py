"""期限计算说明: the computation of one case laid out for reading, on paper, on screen or in a terminal.

Everything is bounded: a log of ten thousand entries gives a sheet of a few pages that says what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.day_marks import gap_in, run_marks
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.errors import TrackerError
from tracker.domain.fold import Calendars, fold
from tracker.domain.month_grid import MonthGrid, months_of
from tracker.domain.reading import STATE_NAMES, Reading, RunFigures, RunPart, Step
from tracker.domain.sheet_days import (
    LegendKey,
    SheetDay,
    SkippedDays,
    Text,
    legend_of,
    sheet_day,
    skipped_days,
)
from tracker.domain.sheet_facts import SheetFact, facts_of_log
from tracker.domain.vocabulary import N_

MOST_ROWS = 200
"""Facts and steps shown at most, half from the beginning and half from the end."""

MOST_RUNS = 12
MOST_DAYS = 2_400
"""Days drawn at most on one sheet, the current run first: some eighty months."""

_Row = TypeVar("_Row")


class SheetFigure(NamedTuple):
    """One figure by its name: a day, a number, or a text."""

    name: str
    value: Text | date | int


@dataclass(frozen=True, slots=True)
class SheetYear:
    """The authority for one year of the calendar: ``notice`` is None where its number is not verified or no notice is
    loaded (``covered`` false)."""

    year: int
    covered: bool
    notice: str | None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One run of a clock with its days. ``gap``: first and last day left out of the middle of a very long one."""

    title: Text
    figures: tuple[SheetFigure, ...]
    days: tuple[SheetDay, ...]
    months: tuple[MonthGrid[SheetDay], ...]
    skipped: tuple[SkippedDays, ...]
    calendar_version: int
    gap: tuple[date, date] | None = None

    @property
    def legend(self) -> tuple[LegendKey, ...]:
        """What the calendar's cells mean."""
        return legend_of(self.days)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Facts, steps with their articles, breaches, figures by name, and every run day by day, the current one last.

    ``figures``, ``days``: those of the current run. ``proved``: the facts say who recorded them and what proves them.
    ``left_out``: what a very long log has more than is shown.
    """

    reading: Reading
    steps: tuple[Step, ...]
    figures: tuple[SheetFigure, ...]
    days: tuple[SheetDay, ...]
    facts: tuple[SheetFact, ...] = ()
    parts: tuple[SheetPart, ...] = ()
    years: tuple[SheetYear, ...] = ()
    left_out: tuple[Text, ...] = ()
    proved: bool = False

    @property
    def breaches(self) -> tuple[Step, ...]:
        """The steps that name what broke the law."""
        return tuple(step for step in self.steps if step.breach is not None)


def sheet_of(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    calendars: Calendars | None = None,
    facts: Sequence[SheetFact] | None = None,
) -> Sheet:
    """The sheet of a log as of a day. ``facts``: where their proofs are known; else they are told from the log."""
    reading = fold(log, calendar, today, steps=True, calendars=calendars)
    left_out: list[Text] = []
    told = facts if facts is not None else facts_of_log(log)
    parts = _parts(reading, log, calendar, calendars, left_out)
    current = parts[-1] if parts else None
    return Sheet(
        reading=reading,
        steps=_bounded(reading.steps, N_("推算步骤"), left_out),
        figures=tuple(_figures(reading)),
        days=current.days if current else (),
        facts=_bounded(told, N_("事实"), left_out),
        parts=parts,
        years=_years(parts, calendar),
        left_out=tuple(left_out),
        proved=facts is not None,
    )


def _bounded(rows: Sequence[_Row], name: str, left_out: list[Text]) -> tuple[_Row, ...]:
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    half = MOST_ROWS // 2
    left_out.append(
        TrackerError(
            N_("%(name)s共 %(all)d 条，只列前后各 %(half)d 条。"), name=name, all=len(rows), half=half
        )
    )
    return (*rows[:half], *rows[-half:])


def _parts(
    reading: Reading,
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    calendars: Calendars | None,
    left_out: list[Text],
) -> tuple[SheetPart, ...]:
    types = {entry.seq: entry.type for entry in log}
    runs = list(zip(reading.runs, reading.parts, strict=True))
    if len(runs) > MOST_RUNS:
        left_out.append(
            TrackerError(
                N_("期限共起算 %(all)d 次，只列第一次和最后 %(last)d 次。"), all=len(runs), last=MOST_RUNS - 1
            )
        )
        runs = [runs[0], *runs[1 - MOST_RUNS :]]
    room = MOST_DAYS
    made: list[SheetPart] = []
    for figures, part in reversed(runs):
        kept = calendar
        if calendars is not None and figures.calendar_version != calendar.version:
            kept = calendars(figures.calendar_version)
        began_by = types.get(part.began_by, EntryType.RECEIVED)
        made.append(_run_part(reading, figures, part, began_by, kept, room))
        room -= len(made[-1].days)
    if any(not part.days for part in made):
        left_out.append(N_("日历太长，较早的几次起算只列数字，没有逐日列出。"))
    return tuple(reversed(made))


def _run_part(
    reading: Reading,
    figures: RunFigures,
    part: RunPart,
    began_by: EntryType,
    calendar: WorkCalendar,
    room: int,
) -> SheetPart:
    current = figures.number == reading.run
    shown = _figures(reading) if current else _past_figures(figures, part)
    title = TrackerError(N_("第 %(n)d 次起算：%(what)s"), n=figures.number, what=ENTRY_NAMES[began_by])
    marks = run_marks(figures, part, calendar, reading.today, to_today=True)
    broken: dict[date, list[Text]] = {}
    for step in reading.steps:
        if step.breach is not None:
            broken.setdefault(step.on, []).append(TrackerError(N_("违法情形：%(text)s"), text=step.text))
    days = tuple(sheet_day(mark, part.waiting_for, broken) for mark in marks)
    return _laid_out(title, shown, days if len(days) <= room else (), calendar)


def laid_out(
    title: Text, figures: Iterable[SheetFigure], days: Sequence[SheetDay], calendar: WorkCalendar
) -> SheetPart:
    """Days of any period as a part of a sheet: months, and what is not counted by reason."""
    return _laid_out(title, figures, tuple(days), calendar)


def _laid_out(
    title: Text, figures: Iterable[SheetFigure], days: tuple[SheetDay, ...], calendar: WorkCalendar
) -> SheetPart:
    return SheetPart(
        title=title,
        figures=tuple(figures),
        days=days,
        months=months_of(days),
        skipped=skipped_days(days),
        calendar_version=calendar.version,
        gap=gap_in(days),
    )


def _figures(reading: Reading) -> list[SheetFigure]:
    verdict = {True: N_("按期"), False: N_("超期"), None: None}[reading.on_time]
    shown: list[tuple[str, Text | date | int | None]] = [
        (N_("状态"), STATE_NAMES[reading.state]),
        (N_("起算日"), reading.day_zero_on),
        (N_("到期日"), _due(reading.due_on, reading.provisional)),
        (N_("风险日期"), reading.at_risk_on),
        (N_("期限（工作日）"), reading.limit),
        (N_("已计"), reading.used),
        (N_("剩余"), reading.remaining),
        (N_("已扣除"), reading.deducted_days or None),
        (N_("停止日"), reading.stopped_on),
        (N_("是否按期"), verdict),
    ]
    return [SheetFigure(name, value) for name, value in shown if value is not None]


def _past_figures(figures: RunFigures, part: RunPart) -> list[SheetFigure]:
    stopped = figures.stopped_on is not None
    verdict = {True: N_("按期"), False: N_("超期"), None: None}[figures.on_time]
    shown: list[tuple[str, Text | date | int | None]] = [
        (N_("起算日"), figures.day_zero_on),
        (N_("到期日"), _due(figures.due_on, figures.provisional) if stopped else None),
        (N_("风险日期"), figures.at_risk_on),
        (N_("期限（工作日）"), figures.limit),
        (N_("停止日"), figures.stopped_on),
        (N_("已计"), figures.used if stopped else None),
        (N_("是否按期"), verdict),
        (N_("重新起算"), part.ended_on),
    ]
    return [SheetFigure(name, value) for name, value in shown if value is not None]


def _due(due_on: date | None, provisional: bool) -> Text | date | None:
    if due_on is None or not provisional:
        return due_on
    return TrackerError(N_("%(day)s（暂定）"), day=due_on)


def _years(parts: Sequence[SheetPart], calendar: WorkCalendar) -> tuple[SheetYear, ...]:
    years = sorted({day.on.year for part in parts for day in part.days})
    editions = calendar.editions
    return tuple(
        SheetYear(year, year in editions, editions[year].notice_number if year in editions else None)
        for year in years
    )
