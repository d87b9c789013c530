"""举证包 of a reconsideration or a suit: the draft, its evidence, and the files to hand in."""

from flask import Blueprint

bp = Blueprint("bundles", __name__, url_prefix="/challenges/<int:challenge_id>")

from tracker.web.bundles import routes  # noqa: E402

__all__ = ["bp", "routes"]
