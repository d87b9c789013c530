"""审计: who recorded what, who read personal data, who signed in. Reads only."""

from tracker.web.audit.routes import bp

__all__ = ["bp"]
