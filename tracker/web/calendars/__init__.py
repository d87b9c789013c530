"""工作日历: the published days of each year, for reading and for printing."""

from tracker.web.calendars.routes import bp

__all__ = ["bp"]
