"""机关设置: what letters, lights and alerts of each organ need to know."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("organs", __name__, url_prefix="/organs")

from tracker.web.organs import alert_routes, robot_routes, routes  # noqa: E402, F401
