"""期限一览: every clock of a case, and the short sheet of each."""

from tracker.web.case_clocks.routes import bp

__all__ = ["bp"]
