"""收件登记."""

from __future__ import annotations

from tracker.web.mail.routes import bp

__all__ = ["bp"]
