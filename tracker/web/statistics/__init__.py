"""统计分析: any count of cases by any two of their sides, as a table and a chart, to be kept under a name."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("statistics", __name__, url_prefix="/statistics")

from tracker.web.statistics import asking, saved  # noqa: E402

__all__ = ["asking", "bp", "saved"]
