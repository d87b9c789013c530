"""日期: what a typed day is, told beside the field."""

from __future__ import annotations

from tracker.web.dates.routes import bp

__all__ = ["bp"]
