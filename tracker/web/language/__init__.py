"""语言: the switch between Chinese and English."""

from __future__ import annotations

from tracker.web.language.routes import bp

__all__ = ["bp"]
