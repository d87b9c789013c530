"""年度报告: its tables, its text and its picture, its collection from the organs, and what was published."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/reports")

from tracker.web.reports import (  # noqa: E402
    challenges,
    checking,
    collecting,
    documents,
    lists,
    pictures,
    proactive,
    routes,
    texts,
)

__all__ = [
    "bp",
    "challenges",
    "checking",
    "collecting",
    "documents",
    "lists",
    "pictures",
    "proactive",
    "routes",
    "texts",
]
