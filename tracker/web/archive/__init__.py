"""案卷: the list of materials of a file, and the catalogue of the closed files of a year."""

from flask import Blueprint

from tracker.domain.permissions import Permission
from tracker.web.context import actor

bp = Blueprint("archive", __name__)

from tracker.web.archive import case_file, catalogue, packages  # noqa: E402

__all__ = ["bp", "case_file", "catalogue", "packages"]


@bp.context_processor
def tabs() -> dict[str, bool]:
    """Which pages of the room the person may open."""
    person = actor()
    return {"may_unmask": person.may_somewhere(Permission.PERSON_UNMASK)}
