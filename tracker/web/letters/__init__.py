"""文书: drafting, review, sign-off, dispatch, and the lists of letters that wait."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("letters", __name__)

from tracker.web.letters import (  # noqa: E402
    case_links,  # noqa: F401
    drafting,  # noqa: F401
    guide,  # noqa: F401
    letter_page,  # noqa: F401
    notices,  # noqa: F401
    numbers,  # noqa: F401
    post,  # noqa: F401
    queues,  # noqa: F401
    review_figures,  # noqa: F401
    review_queue,  # noqa: F401
    reviewing,  # noqa: F401
)
