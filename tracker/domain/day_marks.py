"""A run day by day: what a bar of cells and a month calendar are drawn from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from tracker.domain.calendar import DayKind, DayNote, WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.fold import Calendars, fold
from tracker.domain.month_grid import Dated
from tracker.domain.reading import Reading, RunFigures, RunPart, Span

LONGEST = 800
"""Days shown at most, half from the beginning and half from the end: no lawful run is longer, and an order of a
million days must not fill a page."""


class DayMarkKind(StrEnum):
    """What a day is in a run."""

    RECEIPT = "receipt"
    COUNTED = "counted"
    OFF = "off"
    SUSPENDED = "suspended"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of a run: ``number`` is set on counted working days (1…20 and more), ``note`` says why a day is off.
    ``is_ahead``: not used up, because the clock had stopped or the day has not come; ``is_restart``: on this day a
    new run began; ``is_late``: after the due date and before the stop;
    ``is_unused``: after the stop."""

    on: date
    kind: DayMarkKind
    note: DayNote
    number: int | None = None
    is_due: bool = False
    is_stop: bool = False
    is_today: bool = False
    is_ahead: bool = False
    is_restart: bool = False
    is_late: bool = False
    is_unused: bool = False


def day_marks(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    calendars: Calendars | None = None,
) -> list[DayMark]:
    """Each day from day 0 of the current run to its due date or, later, its stop (else to today)."""
    return marks_of(fold(log, calendar, today, steps=True, calendars=calendars), calendar)


def marks_of(reading: Reading, calendar: WorkCalendar) -> list[DayMark]:
    """The same for a reading that was made with its steps."""
    if not reading.parts:
        return []
    return run_marks(reading.runs[-1], reading.parts[-1], calendar, reading.today)


def run_marks(
    figures: RunFigures,
    part: RunPart,
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    to_today: bool = False,
) -> list[DayMark]:
    """The days of one run. One that another has followed is shown to the day the other began or, where it had
    stopped by then, to its own due date or stop. ``to_today``: a run that is overdue is shown to today."""
    return _Days(figures, part, calendar, today, to_today=to_today).marks()


def period_marks(
    start: date,
    due_on: date,
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    stopped_on: date | None = None,
    every_day: bool = False,
) -> list[DayMark]:
    """The days of a plain period: day 0, each working day counted (or each day, where law counts calendar days) up to
    the last. What stopped it later than its last day is shown too."""
    kinds = _every_day if every_day else _working_days
    last = max(due_on, stopped_on or due_on)
    until = _earlier(today, stopped_on)
    marks = []
    for day in _shown_days(start, last):
        note = calendar.day_note(day)
        counted = kinds(note)
        number = (day - start).days if every_day else calendar.count(start, day)
        kind = DayMarkKind.COUNTED if counted else DayMarkKind.OFF
        marks.append(
            DayMark(
                on=day,
                kind=DayMarkKind.RECEIPT if day == start else kind,
                note=note,
                number=number if counted and day != start else None,
                is_due=day == due_on,
                is_stop=day == stopped_on,
                is_today=day == today,
                is_ahead=until is not None and day > until,
                is_late=until is not None and due_on < day <= until,
                is_unused=stopped_on is not None and day > stopped_on,
            )
        )
    return marks


def gap_in(days: Sequence[Dated]) -> tuple[date, date] | None:
    """First and last of the days left out of the middle of a long run; None when every day is there."""
    for before, after in pairwise(days):
        if (after.on - before.on).days > 1:
            return before.on + timedelta(days=1), after.on - timedelta(days=1)
    return None


class _Days:
    """Places each day of one run."""

    def __init__(
        self,
        figures: RunFigures,
        part: RunPart,
        calendar: WorkCalendar,
        today: date | None,
        *,
        to_today: bool,
    ) -> None:
        self.figures = figures
        self.calendar = calendar
        self.today = today
        self.restart_on = part.ended_on
        self.to_today = to_today
        self.due_on = figures.due_on if figures.stopped_on is not None or part.ended_on is None else None
        self.until = _earlier(today, figures.stopped_on or part.ended_on)
        self.waiting_since = part.waiting_since
        self.spans = part.spans
        self.starts = [span.start for span in part.spans]
        self.uncounted = _running_total(part.spans, calendar)

    def marks(self) -> list[DayMark]:
        return [self._mark(day) for day in _shown_days(self.figures.day_zero_on, self._last())]

    def _last(self) -> date:
        figures = self.figures
        ends: list[date | None] = [figures.due_on, figures.stopped_on]
        if figures.stopped_on is None and (self.restart_on is not None or figures.due_on is None):
            ends = [self.restart_on or self.today, self.waiting_since, *self.starts[-1:]]
        elif figures.stopped_on is None and self.to_today:
            ends.append(self.today)
        return max([figures.day_zero_on, *(day for day in ends if day is not None)])

    def _mark(self, day: date) -> DayMark:
        figures = self.figures
        note = self.calendar.day_note(day)
        kind = self._kind(day, note)
        return DayMark(
            on=day,
            kind=kind,
            note=note,
            number=self._number(day) if kind is DayMarkKind.COUNTED else None,
            is_due=day == self.due_on,
            is_stop=day == figures.stopped_on,
            is_today=day == self.today,
            is_ahead=self.until is not None and day > self.until,
            is_restart=day == self.restart_on and figures.stopped_on is None,
            is_late=self.due_on is not None and self.until is not None and self.due_on < day <= self.until,
            is_unused=figures.stopped_on is not None and day > figures.stopped_on,
        )

    def _kind(self, day: date, note: DayNote) -> DayMarkKind:
        if day == self.figures.day_zero_on:
            return DayMarkKind.RECEIPT
        if not _working_days(note):
            return DayMarkKind.OFF
        span = self._span_before(day)
        if span is not None and (span.end is None or day <= span.end):
            return DayMarkKind.SUSPENDED
        if self._waits(day):
            return DayMarkKind.WAITING
        return DayMarkKind.COUNTED

    def _waits(self, day: date) -> bool:
        return self.waiting_since is not None and day > self.waiting_since

    def _span_before(self, day: date) -> Span | None:
        at = bisect_left(self.starts, day)
        return self.spans[at - 1] if at else None

    def _number(self, day: date) -> int:
        """Working days from day 0 to this counted one, less those of the spans before it."""
        return (
            self.calendar.count(self.figures.day_zero_on, day) - self.uncounted[bisect_left(self.starts, day)]
        )


def _running_total(spans: Sequence[Span], calendar: WorkCalendar) -> list[int]:
    totals = [0]
    for span in spans:
        totals.append(totals[-1] + (calendar.count(span.start, span.end) if span.end is not None else 0))
    return totals


def _shown_days(first: date, last: date) -> Iterator[date]:
    start, count = first.toordinal(), (last - first).days + 1
    half = LONGEST // 2
    for offset in range(count):
        if count <= LONGEST or offset < half:
            yield date.fromordinal(start + offset)
        else:
            break
    if count > LONGEST:
        yield from (date.fromordinal(start + offset) for offset in range(count - half, count))


def _working_days(note: DayNote) -> bool:
    return note.kind not in (DayKind.WEEKEND, DayKind.HOLIDAY)


def _every_day(note: DayNote) -> bool:
    return True


def _earlier(a: date | None, b: date | None) -> date | None:
    if a is None or b is None:
        return a or b
    return min(a, b)
