"""审计: who recorded what, who read personal data, who signed in, what administrators did. Reads only."""

from tracker.web.audit import administration
from tracker.web.audit.routes import bp

__all__ = ["administration", "bp"]
