"""What is handed over, and offering it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.handlers import list_handlers
from tracker.queries.handovers import Giver, list_givers, list_handovers, list_offerable
from tracker.services.handover import offer_handover
from tracker.web.access import needs
from tracker.web.cases.rows import list_row
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.handovers import bp
from tracker.web.handovers.forms import OfferForm
from tracker.web.handovers.presenters import HandoverLine
from tracker.web.messages import tell_done


@bp.get("")
@needs(Permission.HANDOVER_OFFER)
def index() -> ResponseReturnValue:
    """移交: what waits and what was, of one's own and of the organs whose disclosure office one heads."""
    found = list_handovers(db.session(), actor())
    lines = [HandoverLine(facts, actor()) for facts in found]
    return render_template("pages/handovers/index.html", lines=lines)


@bp.get("/new")
@needs(Permission.HANDOVER_OFFER)
def new() -> ResponseReturnValue:
    """The cases of one person, all chosen to begin with."""
    return _page(None, 200)


@bp.post("/new")
@needs(Permission.HANDOVER_OFFER)
def offer() -> ResponseReturnValue:
    """移交."""
    return _page(OfferForm(), 422)


def _page(form: OfferForm | None, status: int) -> ResponseReturnValue:
    session = db.session()
    givers = list_givers(session, actor())
    giver = _chosen(givers)
    if giver is None:
        page = render_template("pages/handovers/new.html", givers=givers, giver=None, form=None, rows=())
        return page, 200
    rows = list_offerable(session, actor(), giver, current_calendar(session), today())
    people = [person for person in list_handlers(session, giver.organ_id) if person.id != giver.id]
    sent = form is not None
    form = form or OfferForm(formdata=None, cases=[row.id for row in rows])
    form.offer(people, rows)
    if sent and form.validate():
        try:
            return _offered(form, giver)
        except Forbidden:
            raise
        except TrackerError as error:
            form.show(error)
            status = status_of(error)
    lines = [(row.id, list_row(row)) for row in rows]
    mine = giver.id == actor().account_id
    page = render_template(
        "pages/handovers/new.html",
        givers=givers,
        giver=giver,
        mine=mine,
        form=form,
        rows=lines,
        people=people,
    )
    return page, status


def _offered(form: OfferForm, giver: Giver) -> ResponseReturnValue:
    handover_id = offer_handover(
        context(),
        organ_id=giver.organ_id,
        from_id=giver.id,
        to_id=form.to_id.data,
        case_ids=form.cases.data or (),
        reason=form.reason.data or "",
    )
    tell_done(_("已提出移交，并提醒接收人。"), _("接收人接收前，仍由原经办人负责，提醒仍发给原经办人。"))
    return redirect(url_for("handovers.show", handover_id=handover_id))


def _chosen(givers: Sequence[Giver]) -> Giver | None:
    """The person of the address, else oneself, else the only one there is."""
    wanted = (request.args.get("organ", ""), request.args.get("person", ""))
    for giver in givers:
        if (str(giver.organ_id), str(giver.id)) == wanted:
            return giver
    if any(wanted):
        return None
    own = [giver for giver in givers if giver.id == actor().account_id]
    candidates = own or givers
    return candidates[0] if len(candidates) == 1 else None
