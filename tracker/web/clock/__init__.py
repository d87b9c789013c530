"""期限: the due date of a day as it is typed."""

from tracker.web.clock.routes import bp

__all__ = ["bp"]
