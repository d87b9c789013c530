"""Naming a stand-in: in which organ, then who, for whom and when."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.stand_ins import list_colleagues, list_organs_to_arrange
from tracker.services.stand_ins import NewStandIn, name_stand_in
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.stand_ins import bp
from tracker.web.stand_ins.forms import StandInForm


@bp.get("/new")
@needs(Permission.STAND_IN_NAME)
def new() -> ResponseReturnValue:
    """Oneself to begin with."""
    return _page(None, 200)


@bp.post("/new")
@needs(Permission.STAND_IN_NAME)
def name() -> ResponseReturnValue:
    """安排代岗."""
    return _page(StandInForm(), 422)


def _page(form: StandInForm | None, status: int) -> ResponseReturnValue:
    session = db.session()
    organs = list_organs_to_arrange(session, actor())
    organ = _chosen(organs)
    if organ is None:
        page = render_template("pages/stand_ins/new.html", organs=organs, organ=None, form=None, people=())
        return page, 200
    people = list_colleagues(session, organ[0])
    arranges = actor().may(Permission.STAND_IN_ARRANGE, organ[0])
    own = [person for person in people if person.id == actor().account_id]
    sent = form is not None
    form = form or StandInForm(formdata=None, away_id=own[0].id if own else None)
    form.offer(people, people if arranges else own)
    if sent and form.validate() and form.from_on.data and form.to_on.data:
        wanted = NewStandIn(
            organ[0], form.away_id.data, form.stand_in_id.data, form.from_on.data, form.to_on.data
        )
        try:
            return _named(wanted)
        except Forbidden:
            raise
        except TrackerError as error:
            form.show(error)
            status = status_of(error)
    page = render_template(
        "pages/stand_ins/new.html", organs=organs, organ=organ, form=form, people=people, arranges=arranges
    )
    return page, status


def _named(wanted: NewStandIn) -> ResponseReturnValue:
    made = name_stand_in(context(), wanted)
    tell_done(_("代岗已安排，双方都会收到提醒。"), _("到最后一天自动结束，也可以提前结束。"))
    return redirect(url_for("stand_ins.show", stand_in_id=made))


def _chosen(organs: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The organ of the address, else the only one there is."""
    wanted = request.args.get("organ", "")
    if wanted:
        return next((organ for organ in organs if str(organ[0]) == wanted), None)
    return organs[0] if len(organs) == 1 else None
