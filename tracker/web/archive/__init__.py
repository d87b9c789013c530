"""案卷: the list of materials of a file, and the catalogue of the closed files of a year."""

from flask import Blueprint

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.destruction import count_awaiting
from tracker.web.context import actor

bp = Blueprint("archive", __name__)

from tracker.web.archive import case_file, catalogue, deferrals, destructions, packages, periods  # noqa: E402

__all__ = ["bp", "case_file", "catalogue", "deferrals", "destructions", "packages", "periods"]


@bp.context_processor
def tabs() -> dict[str, object]:
    """Which pages of the room the person may open, and how many lists wait for them."""
    person = actor()
    return {
        "may_unmask": person.may_somewhere(Permission.PERSON_UNMASK),
        "sees_periods": person.reads_whole_district
        or person.may_somewhere(Permission.DESTRUCTION_PROPOSE)
        or person.may_somewhere(Permission.DESTRUCTION_CONFIRM),
        "awaiting": count_awaiting(db.session(), person),
    }
