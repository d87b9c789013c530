"""The working-day calendar of this request: read once, however many forms ask it."""

from __future__ import annotations

from datetime import date

from flask import g

from tracker.domain.calendar import WorkCalendar
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context

USUAL_ANSWER_DAYS = 10


def calendar_of_request(ctx: Context) -> WorkCalendar:
    """The calendar in force when the request began to ask."""
    calendar: WorkCalendar | None = g.get("acts_calendar")
    if calendar is None:
        calendar = g.acts_calendar = current_calendar(ctx.session)
    return calendar


def usual_answer_day(ctx: Context) -> date:
    """What an office usually grants for an answer where the law names no number: ten working days; can be changed."""
    return calendar_of_request(ctx).nth_workday(ctx.today, USUAL_ANSWER_DAYS)
