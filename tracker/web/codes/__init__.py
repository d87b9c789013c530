"""动态口令: the second proof beside the password."""

from tracker.web.codes.routes import bp

__all__ = ["bp"]
