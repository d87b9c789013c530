"""材料: files of a case, added and handed out."""

from __future__ import annotations

from tracker.web.files import case_form as case_form
from tracker.web.files.routes import bp

__all__ = ["bp"]
