"""Statistics saved under a name: kept, listed, opened, renamed, deleted."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.statistics import words_of
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.saved_statistics import SavedFacts, get_saved, list_saved, shared_choices
from tracker.queries.statistic_names import statistic_choices
from tracker.services.saved_statistics import change_statistic, delete_statistic, save_statistic
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.errors import status_of
from tracker.web.list_state import ListState
from tracker.web.messages import tell_done
from tracker.web.statistics import bp
from tracker.web.statistics.address import DEFAULTS, KEYS, Asking
from tracker.web.statistics.asking import show
from tracker.web.statistics.forms import DeleteForm, SaveForm
from tracker.web.statistics.saved_lines import SavedLine


@bp.get("/saved")
@needs(Permission.CASE_READ)
def saved() -> ResponseReturnValue:
    """Every saved statistic the person finds: their own and what is shared with them."""
    names = statistic_choices(db.session(), actor()).names
    lines = [SavedLine(facts, names) for facts in list_saved(db.session(), actor())]
    return render_template("pages/statistics/saved.html", lines=lines)


@bp.post("/saved")
@needs(Permission.CASE_READ)
def save() -> ResponseReturnValue:
    """Keep the question of the address under a name."""
    form = SaveForm(ids="save")
    state = ListState.from_request(KEYS, DEFAULTS)
    asking = Asking(ListState("statistics.index", state.values, DEFAULTS))
    if asking.question is None:
        return redirect(url_for("statistics.index", **state.query))
    if not form.validate():
        return show(asking, form, 422)
    try:
        kept_id = save_statistic(context(), form.name.data or "", asking.question, form.shared_with())
    except Forbidden:
        raise
    except TrackerError as error:
        form.show(error)
        return show(asking, form, status_of(error))
    tell_done(_("已保存为“%(name)s”。", name=form.name.data))
    return redirect(url_for("statistics.open_saved", statistic_id=kept_id))


@bp.get("/saved/<int:statistic_id>")
@needs(Permission.CASE_READ)
def open_saved(statistic_id: int) -> ResponseReturnValue:
    """Ask the saved question again, on the day it is opened."""
    words: dict[str, Any] = {**words_of(get_saved(db.session(), actor(), statistic_id).question)}
    return redirect(url_for("statistics.index", **words))


@bp.route("/saved/<int:statistic_id>/edit", methods=["GET", "POST"])
@needs(Permission.CASE_READ)
def edit_saved(statistic_id: int) -> ResponseReturnValue:
    """Rename it, share it, or delete it."""
    facts = get_saved(db.session(), actor(), statistic_id)
    if not facts.may_change:
        raise Forbidden(N_("这个统计是他人保存的，您可以打开，不能修改或删除。"))
    if request.method == "GET":
        return _edit(facts, SaveForm(version=facts.version, name=facts.name))
    form = SaveForm()
    if not form.validate():
        return _edit(facts, form, 422)
    try:
        change_statistic(
            context(),
            statistic_id,
            form.name.data or "",
            form.shared_with(),
            expected_version=form.expected_version,
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        facts = get_saved(db.session(), actor(), statistic_id)
        form.show(error)
        if isinstance(error, Conflict):
            form.version.data = str(facts.version)
        return _edit(facts, form, status_of(error))
    tell_done(_("统计“%(name)s”已修改。", name=form.name.data))
    return redirect(url_for("statistics.saved"))


@bp.post("/saved/<int:statistic_id>/delete")
@needs(Permission.CASE_READ)
def delete_saved(statistic_id: int) -> ResponseReturnValue:
    """Delete it; the cases it counted are untouched."""
    form = DeleteForm(ids="delete")
    name = delete_statistic(context(), statistic_id, expected_version=form.expected_version)
    tell_done(_("统计“%(name)s”已删除。", name=name))
    return redirect(url_for("statistics.saved"))


def _edit(facts: SavedFacts, form: SaveForm, status: int = 200) -> ResponseReturnValue:
    organs, district = shared_choices(db.session(), actor())
    form.offer(organs, district=district, kept=facts.shared)
    names = statistic_choices(db.session(), actor()).names
    page = render_template(
        "pages/statistics/edit.html",
        line=SavedLine(facts, names),
        form=form,
        removal=DeleteForm(ids="delete", formdata=None, version=facts.version),
    )
    return page, status
