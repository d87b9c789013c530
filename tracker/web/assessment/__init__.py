"""考核指标: how did each organ do in a period, how many points is that, and by which rule?"""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("assessment", __name__, url_prefix="/assessment")

from tracker.web.assessment import editing, organs, routes, rules  # noqa: E402

__all__ = ["bp", "editing", "organs", "routes", "rules"]
