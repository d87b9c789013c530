"""办理动作: the acts on a case, each a short form on its page."""

from __future__ import annotations

from tracker.web.actions import registry_forms as registry_forms
from tracker.web.actions.routes import bp

__all__ = ["bp"]
