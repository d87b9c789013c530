"""年度报告: table 3 counted from the cases, its collection from the organs, and what was published."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/reports")

from tracker.web.reports import challenges, checking, collecting, documents, proactive, routes, texts  # noqa: E402, F401
