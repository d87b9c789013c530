"""督办看板: where will it go wrong? Figures of the district and of each organ, each leading to its list."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("supervision", __name__, url_prefix="/supervision")

from tracker.web.supervision import boards, slips, walls  # noqa: E402, F401
