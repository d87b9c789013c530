"""A date of receipt and its due date in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import fold
from tracker.web.dates.presenters import day_line
from tracker.web.i18n import full_day


@dataclass(frozen=True, slots=True)
class DueLine:
    """One typed day: what it is, and the date by which a request received on it must be answered."""

    on: date
    is_workday: bool
    due_on: date
    provisional: bool
    text: str


def due_line(on: date, calendar: WorkCalendar, today: date) -> DueLine | None:
    """The line for a day of receipt; None only where the replay has no due date."""
    reading = fold([LogEntry(EntryType.RECEIVED, on)], calendar, today)
    if reading.due_on is None:
        return None
    due = full_day(reading.due_on)
    told = (
        _("答复到期日 %(due)s（暂定）", due=due) if reading.provisional else _("答复到期日 %(due)s", due=due)
    )
    text = _("%(day)s；%(due)s", day=day_line(on, calendar), due=told)
    if on > today:
        text = _("%(day)s，晚于今天", day=day_line(on, calendar))
    return DueLine(on, calendar.is_workday(on), reading.due_on, reading.provisional, text)
