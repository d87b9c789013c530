"""查看个人信息."""

from __future__ import annotations

from tracker.web.applicants.routes import bp

__all__ = ["bp"]
