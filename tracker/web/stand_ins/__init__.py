"""代岗（AB 岗）: who stands in for whom and when, naming a stand-in, ending it early."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("stand_ins", __name__, url_prefix="/stand-ins")

from tracker.web.stand_ins import naming, routes  # noqa: E402

__all__ = ["bp", "naming", "routes"]
