"""草稿: what is being typed is kept on the server, for the typist alone."""

from __future__ import annotations

from tracker.web.form_drafts.routes import bp

__all__ = ["bp"]
