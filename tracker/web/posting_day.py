"""最迟交邮 in words: the organ's internal limit for posting, wherever the due date is told."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.urgency import internal_limit_on
from tracker.web.i18n import full_day


def posting_line(due_on: date, days: int, calendar: WorkCalendar, day_zero_on: date | None) -> str:
    """One line for a running clock: the day and by how many working days it lies before the due date."""
    day = full_day(internal_limit_on(due_on, days, calendar, day_zero_on))
    if days == 0:
        return _("最迟交邮（到期日当天）：%(day)s", day=day)
    return _("最迟交邮（提前 %(n)d 个工作日）：%(day)s", n=days, day=day)
