"""提醒: the centre in which everybody finds what they were told."""

from tracker.web.alerts.routes import bp

__all__ = ["bp"]
