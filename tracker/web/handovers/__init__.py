"""移交: offer cases to a colleague, look at what is offered, accept or decline it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("handovers", __name__, url_prefix="/handovers")

from tracker.web.handovers import deciding, offering  # noqa: E402

__all__ = ["bp", "deciding", "offering"]
