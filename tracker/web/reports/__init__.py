"""年度报告: table 3 counted from the cases, with its identities and the cases behind every number."""

from tracker.web.reports.routes import bp

__all__ = ["bp"]
