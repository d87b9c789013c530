"""Start a practice case, practise on it, take a step back, throw it away."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.practice import ACT_OF, SCENARIOS
from tracker.domain.reading import BREACH_TEXTS
from tracker.domain.workflow import Action
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.services import practice as practices
from tracker.web.access import needs
from tracker.web.context import context
from tracker.web.i18n import tell
from tracker.web.messages import tell_done
from tracker.web.practice.forms import PracticeForm
from tracker.web.practice.presenters import PracticePage

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("")
@needs(Permission.CASE_REGISTER)
def index() -> ResponseReturnValue:
    """练习件: one's own, and the invented requests to begin with."""
    calendar = current_calendar(db.session())
    pages = [PracticePage(each, calendar) for each in practices.list_practices(context())]
    offered = [(s.key, tell(s.title), tell(s.request)) for s in SCENARIOS]
    return render_template("pages/practice/index.html", pages=pages, offered=offered)


@bp.post("")
@needs(Permission.CASE_REGISTER)
def start() -> ResponseReturnValue:
    """开始练习."""
    practice_id = practices.start_practice(context(), request.form.get("scenario", ""))
    tell_done(_("练习件已建立，可以放心试。"), _("下一步：初审是否受理。"))
    return redirect(url_for("practice.show", practice_id=practice_id))


@bp.get("/<int:practice_id>")
@needs(Permission.CASE_REGISTER)
def show(practice_id: int) -> ResponseReturnValue:
    """One practice case."""
    return _show(practice_id)


@bp.post("/<int:practice_id>/acts/<practice_act>")
@needs(Permission.CASE_REGISTER)
def act(practice_id: int, practice_act: str) -> ResponseReturnValue:
    """Do it, and say what it would have meant."""
    action = next((known for known in ACT_OF if known == practice_act), None)
    if action is None:
        abort(404)
    form = PracticeForm(ids=f"act-{action}")
    if not form.validate() or form.on.data is None:
        return _show(practice_id, (action, form), 422)
    try:
        breaches = practices.practise(
            context(),
            practice_id,
            action,
            form.on.data,
            form.days.data,
            expected_version=form.expected_version,
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        if isinstance(error, Conflict):
            form.version.data = str(practices.find_practice(context(), practice_id).version)
        return _show(practice_id, (action, form), 409 if isinstance(error, Conflict) else 422)
    tell_done(_("已记入练习件。"))
    for breach in breaches:
        flash(_("如果是真的：%(breach)s", breach=tell(BREACH_TEXTS[breach.code])), "warning")
    return redirect(url_for("practice.show", practice_id=practice_id))


@bp.post("/<int:practice_id>/take-back")
@needs(Permission.CASE_REGISTER)
def take_back(practice_id: int) -> ResponseReturnValue:
    """退回一步."""
    practices.take_back(context(), practice_id)
    return redirect(url_for("practice.show", practice_id=practice_id))


@bp.post("/<int:practice_id>/throw-away")
@needs(Permission.CASE_REGISTER)
def throw_away(practice_id: int) -> ResponseReturnValue:
    """删除练习件."""
    practices.throw_away(context(), practice_id)
    tell_done(_("练习件已删除，没有留下任何记录。"))
    return redirect(url_for("practice.index"))


def _show(
    practice_id: int, tried: tuple[Action, PracticeForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    found = practices.find_practice(context(), practice_id)
    page = PracticePage(found, current_calendar(db.session()), tried)
    return render_template("pages/practice/show.html", page=page), status
