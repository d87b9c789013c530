"""全文检索: one box for everything that stands in a case."""

from __future__ import annotations

from tracker.web.search.routes import bp

__all__ = ["bp"]
