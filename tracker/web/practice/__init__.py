"""练习件: a request to practise on that never counts."""

from __future__ import annotations

from tracker.web.practice.routes import bp

__all__ = ["bp"]
