"""答复前先看: earlier requests of the applicant, like requests, and the fee by the tariff."""

from __future__ import annotations

from tracker.web.precedents.routes import bp

__all__ = ["bp"]
