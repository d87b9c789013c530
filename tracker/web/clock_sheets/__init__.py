"""期限计算说明 of a case: on screen, as a file, and with a number."""

from tracker.web.clock_sheets.routes import bp

__all__ = ["bp"]
