"""主题: the district's list, and the subject of a case."""

from __future__ import annotations

from tracker.web.subjects.routes import bp

__all__ = ["bp"]
