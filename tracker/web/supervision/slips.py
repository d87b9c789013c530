"""督办单 to read and to print."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.chases import get_chase
from tracker.web.access import needs
from tracker.web.context import actor
from tracker.web.supervision import bp


@bp.get("/slips/<int:chase_id>")
@needs(Permission.CASE_READ)
def slip(chase_id: int) -> ResponseReturnValue:
    """One 督办单 with the organ's answer, for everybody who may see the case."""
    return render_template("pages/supervision/slip.html", slip=get_chase(db.session(), actor(), chase_id))
