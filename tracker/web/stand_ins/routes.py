"""What is arranged, one arrangement, and ending it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.stand_ins import get_stand_in, list_past_stand_ins, list_stand_ins
from tracker.services.stand_ins import end_stand_in
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.stand_ins import bp
from tracker.web.stand_ins.forms import EndForm
from tracker.web.stand_ins.presenters import StandInLine


@bp.get("")
@needs(Permission.STAND_IN_NAME)
def index() -> ResponseReturnValue:
    """代岗: what runs and what is to come, then what is over."""
    session = db.session()
    living = list_stand_ins(session, actor(), today())
    past = list_past_stand_ins(session, actor(), today())
    return render_template(
        "pages/stand_ins/index.html",
        lines=[StandInLine(facts, actor(), today()) for facts in living],
        past=[StandInLine(facts, actor(), today()) for facts in past],
        may_hand_over=actor().may_somewhere(Permission.HANDOVER_OFFER),
    )


@bp.get("/<int:stand_in_id>")
@needs(Permission.STAND_IN_NAME)
def show(stand_in_id: int) -> ResponseReturnValue:
    """One arrangement, and what it lends."""
    return _page(stand_in_id, EndForm(formdata=None, ids="end"), 200)


@bp.post("/<int:stand_in_id>/end")
@needs(Permission.STAND_IN_NAME)
def end(stand_in_id: int) -> ResponseReturnValue:
    """提前结束, 取消."""
    form = EndForm(ids="end")
    if not form.validate():
        return _page(stand_in_id, form, 422)
    try:
        end_stand_in(context(), stand_in_id)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(stand_in_id, form, status_of(error))
    tell_done(_("代岗已结束，提醒不再发给代岗人。"), _("申请件仍由原经办人办理；需要的话可以重新安排。"))
    return redirect(url_for("stand_ins.index"))


def _page(stand_in_id: int, form: EndForm, status: int) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    facts = get_stand_in(session, actor(), stand_in_id)
    line = StandInLine(facts, actor(), today())
    return render_template("pages/stand_ins/show.html", facts=facts, line=line, form=form), status
