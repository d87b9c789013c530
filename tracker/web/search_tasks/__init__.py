"""协查任务: asking from a case, answering with an account, and answering through a one-time link without one."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("search_tasks", __name__)

from tracker.web.search_tasks import answering, asking, case_link, linked  # noqa: E402

__all__ = ["answering", "asking", "bp", "case_link", "linked"]
