"""文书: drafting, review, sign-off, dispatch, and the lists of letters that wait."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("letters", __name__)

from tracker.web.letters import case_links, drafting, guide, letter_page, notices, queues  # noqa: E402, F401
