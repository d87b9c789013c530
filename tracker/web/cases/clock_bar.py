"""The run of a clock as a bar of small cells: counted, off, not counted, left, late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.day_marks import DayMark, DayMarkKind, marks_of
from tracker.domain.reading import ClockState, Reading
from tracker.domain.statute import REPLY_DAYS
from tracker.domain.vocabulary import N_
from tracker.web.i18n import full_day, tell

WIDTH = 330
CELL, CELL_HEIGHT = 22, 18
OFF_CELL, OFF_HEIGHT = 4, 10
GAP, ROW_GAP = 3, 6
ROW_OF = 10
MOST_LATE = 20

LEGEND: dict[str, str] = {
    "counted": N_("已计"),
    "suspended": N_("不计入"),
    "left": N_("剩余"),
    "extra": N_("延长"),
    "late": N_("超期"),
    "off": N_("休息日"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: where it is drawn, what it is, what it says when pointed at."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    title: str
    today: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The cells with the size of the drawing and the same in words."""

    cells: Sequence[Cell]
    width: int
    height: int
    text: str
    legend: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Day:
    """A day before it has a place."""

    kind: str
    title: str
    today: bool = False


def bar_of(reading: Reading, calendar: WorkCalendar, today: date) -> Bar | None:
    """The bar of the current run; None before anything was received."""
    days = list(_days(reading, calendar, today))
    if not days:
        return None
    cells = _placed(days)
    height = max(cell.y for cell in cells) + CELL_HEIGHT + 2
    kinds = [kind for kind in LEGEND if any(day.kind == kind for day in days)]
    return Bar(cells, WIDTH, height, _in_words(days, reading), [(kind, tell(LEGEND[kind])) for kind in kinds])


def _days(reading: Reading, calendar: WorkCalendar, today: date) -> Iterator[Day]:
    marks = marks_of(reading, calendar)
    for mark in marks:
        if mark.kind is not DayMarkKind.RECEIPT:
            yield Day(_kind_of(mark, reading, today), f"{full_day(mark.on)} {_day_word(mark)}", mark.is_today)
    if reading.state is ClockState.SUSPENDED and reading.limit is not None:
        counted = max((m.number or 0 for m in marks), default=0)
        yield from (
            Day("left", _("剩余的工作日，恢复计算后再定日期")) for _n in range(reading.limit - counted)
        )
    if reading.due_on is not None and reading.stopped_on is None:
        yield from _late(reading.due_on, calendar, today)


def _late(due_on: date, calendar: WorkCalendar, today: date) -> Iterator[Day]:
    day, shown = due_on, 0
    while day < today and shown < MOST_LATE:
        day += timedelta(days=1)
        if calendar.is_workday(day):
            shown += 1
            yield Day("late", f"{full_day(day)} {_('超期')}", day == today)


def _kind_of(mark: DayMark, reading: Reading, today: date) -> str:
    if mark.kind is DayMarkKind.OFF:
        return "off"
    if mark.kind in (DayMarkKind.SUSPENDED, DayMarkKind.WAITING):
        return "suspended"
    if reading.due_on is not None and mark.on > reading.due_on:
        return "late"
    if mark.on <= (reading.stopped_on or today):
        return "counted"
    return "extra" if (mark.number or 0) > REPLY_DAYS else "left"


def _day_word(mark: DayMark) -> str:
    if mark.kind is DayMarkKind.OFF:
        return tell(mark.note.name) if mark.note.name else _("休息日")
    if mark.kind in (DayMarkKind.SUSPENDED, DayMarkKind.WAITING):
        return _("不计入期限")
    return _("第 %(n)d 个工作日", n=mark.number or 0)


def _placed(days: Iterable[Day]) -> list[Cell]:
    cells: list[Cell] = []
    x = y = in_row = 0
    for day in days:
        off = day.kind == "off"
        width = OFF_CELL if off else CELL
        if x + width > WIDTH or (in_row >= ROW_OF and not off):
            x, in_row = 0, 0
            y += CELL_HEIGHT + ROW_GAP
        top = y + (CELL_HEIGHT - OFF_HEIGHT if off else 0)
        cells.append(
            Cell(day.kind, x + 1, top + 2, width, OFF_HEIGHT if off else CELL_HEIGHT, day.title, day.today)
        )
        x += width + GAP
        in_row += 0 if off else 1
    return cells


def _in_words(days: Sequence[Day], reading: Reading) -> str:
    parts = []
    for kind, name in LEGEND.items():
        number = sum(1 for day in days if day.kind == kind)
        if kind == "late" and number and reading.remaining is not None:
            number = max(number, -reading.remaining)
        if number and kind != "off":
            parts.append(_("%(name)s %(n)d 个工作日", name=tell(name), n=number))
    return _("期限示意：%(parts)s", parts=_("，").join(parts))
