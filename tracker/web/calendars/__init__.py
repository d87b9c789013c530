"""工作日历: the published days of each year; a year is proposed by one person and confirmed by another."""

from flask import Blueprint

bp = Blueprint("calendars", __name__, url_prefix="/calendars")

from tracker.web.calendars import history, proposals, proposing, routes  # noqa: E402

__all__ = ["bp", "history", "proposals", "proposing", "routes"]
