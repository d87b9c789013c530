"""申请件: the register, and the page of one case."""

from __future__ import annotations

from tracker.web.cases.routes import bp

__all__ = ["bp"]
