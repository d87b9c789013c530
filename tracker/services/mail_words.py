"""The words of what leaves the house: in Chinese, codes and dates alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.domain.alert_wording import text_of, values_of
from tracker.domain.alerts import LATE_TEXT, AlertKind

_WEEKDAYS = "一二三四五六日"


class Unneeded(Exception):
    """The message need not leave any more; the text says why."""


def written_day(day: date) -> str:
    """2026年11月23日（周一）: mails are written in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def said(row: Any) -> str:
    """The words of an alert in Chinese."""
    kind = AlertKind(row.kind)
    values = values_of(row.clock_kind, row.due_on, row.params, written_day, str)
    text = text_of(kind, row.params) % values
    if kind is AlertKind.OVERDUE and row.params.get("late"):
        text += LATE_TEXT % {"late": row.params["late"]}
    return text
