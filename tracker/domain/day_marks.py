"""The current run day by day: what a page draws as a bar of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.calendar import DayKind, DayNote, WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.fold import Calendars, fold
from tracker.domain.reading import Reading

_LONGEST = 800
"""Days shown at most: no lawful run is longer, and an order of a million days must not fill a page."""


class DayMarkKind(StrEnum):
    """What a day is in a run."""

    RECEIPT = "receipt"
    COUNTED = "counted"
    OFF = "off"
    SUSPENDED = "suspended"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of a run: ``number`` is set on counted working days (1…20 and more), ``note`` says why a day is off."""

    on: date
    kind: DayMarkKind
    note: DayNote
    number: int | None = None
    is_due: bool = False
    is_stop: bool = False
    is_today: bool = False


def day_marks(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    calendars: Calendars | None = None,
) -> list[DayMark]:
    """Each day from day 0 of the current run to its due date or, later, its stop (else to today)."""
    return marks_of(fold(log, calendar, today, calendars=calendars), calendar)


def marks_of(reading: Reading, calendar: WorkCalendar) -> list[DayMark]:
    """The same for a reading already made."""
    start = reading.day_zero_on
    if start is None:
        return []
    ends = [day for day in (reading.due_on, reading.stopped_on) if day is not None]
    if not ends:
        ends = [day for day in (reading.paused_since, reading.today) if day is not None]
    last = max([start, *ends])
    marks: list[DayMark] = []
    number = 0
    day = start
    while day <= last and len(marks) < _LONGEST:
        kind, note = _kind(day, reading, calendar)
        if kind is DayMarkKind.COUNTED:
            number += 1
        marks.append(
            DayMark(
                on=day,
                kind=kind,
                note=note,
                number=number if kind is DayMarkKind.COUNTED else None,
                is_due=day == reading.due_on,
                is_stop=day == reading.stopped_on,
                is_today=day == reading.today,
            )
        )
        if day == date.max:
            break
        day += timedelta(days=1)
    return marks


def _kind(day: date, reading: Reading, calendar: WorkCalendar) -> tuple[DayMarkKind, DayNote]:
    note = calendar.day_note(day)
    if day == reading.day_zero_on:
        return DayMarkKind.RECEIPT, note
    if note.kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
        return DayMarkKind.OFF, note
    if any(span.start < day and (span.end is None or day <= span.end) for span in reading.spans):
        return DayMarkKind.SUSPENDED, note
    waiting = reading.due_on is None and reading.stopped_on is None and reading.paused_since is not None
    if waiting and reading.paused_since is not None and day > reading.paused_since:
        return DayMarkKind.WAITING, note
    return DayMarkKind.COUNTED, note
