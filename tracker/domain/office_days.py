"""The day an instant falls on where the office is: days of law and of statistics are days of Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def office_day(at: datetime) -> date:
    """The day of an aware instant."""
    return at.astimezone(OFFICE_ZONE).date()


def day_begins(day: date) -> datetime:
    """The instant a day begins, aware."""
    return datetime.combine(day, time.min, OFFICE_ZONE)
