"""标准文书: the library, its versions and redlines, and the way of a changed wording from draft to use."""

from flask import Blueprint

bp = Blueprint("wordings", __name__, url_prefix="/wordings")

from tracker.web.wordings import changes, drafts, editing, library  # noqa: E402

__all__ = ["bp", "changes", "drafts", "editing", "library"]
