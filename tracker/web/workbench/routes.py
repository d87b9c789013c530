"""The page everybody begins the day with."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tracker.domain.annual_report import SUBMISSION
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.urgency import Urgency
from tracker.extensions import db
from tracker.queries.annual_reports import reports_missing
from tracker.queries.calendar_duties import calendar_duties
from tracker.queries.calendars import current_calendar
from tracker.queries.disclosure import count_open_proposals
from tracker.queries.handovers import list_handovers
from tracker.queries.refusal_reviews import MOST_COUNTED, count_due_refusals
from tracker.queries.search_tasks import list_waiting_tasks
from tracker.queries.stand_ins import StandInFacts, list_own_stand_ins
from tracker.queries.workbench import Group, WorkFilter, workbench
from tracker.services import first_steps
from tracker.web.access import signed_in
from tracker.web.context import actor, context, today
from tracker.web.handovers.presenters import HandoverLine
from tracker.web.list_state import ListState, chosen
from tracker.web.stand_ins.presenters import stand_in_sentence
from tracker.web.workbench.first_steps import step_lines
from tracker.web.workbench.presenters import WATCHERS, WorkbenchPage

bp = Blueprint("workbench", __name__)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """工作台."""
    state = ListState.from_request(("group", "scope", "stage", "light"), {"group": _usual_group()})
    wanted = WorkFilter(
        group=chosen(Group, state.get("group")) or Group.MINE,
        everyone=state.get("scope") == "everyone",
        stage=chosen(Stage, state.get("stage")),
        light=chosen(Urgency, state.get("light")),
    )
    session = db.session()
    calendar = current_calendar(session)
    found = workbench(session, actor(), wanted, calendar, today(), page=state.number("page"))
    reported = today().year - 1
    owed = reports_missing(session, actor(), reported) if SUBMISSION.is_told(today()) else []
    guided = "guide" in request.args or current_user.first_steps
    return render_template(
        "pages/workbench/index.html",
        steps=step_lines(actor()) if guided else (),
        page=WorkbenchPage(found, wanted, state, actor()),
        refusals_due=count_due_refusals(session, actor(), today()),
        refusals_most=MOST_COUNTED,
        proposals_open=count_open_proposals(session, actor()),
        duties=calendar_duties(session, actor(), today()),
        owed=[(o.name, url_for("reports.report", year=reported, organ_code=o.code)) for o in owed],
        owed_year=reported,
        owed_day=SUBMISSION.after(reported),
        searches=list_waiting_tasks(session, actor()),
        handovers=_waiting_handovers(),
        stand_ins=[stand_in_sentence(facts, actor()) for facts in _own_stand_ins()],
    )


@bp.post("/first-steps/put-away")
@signed_in
def put_away() -> ResponseReturnValue:
    """收起指引."""
    first_steps.put_away(context())
    flash(_("指引已收起，以后可以从右上角菜单的“入门指引”再看。"), "success")
    return redirect(url_for("workbench.index"))


def _waiting_handovers() -> list[HandoverLine]:
    """What somebody has still to accept, for giver, receiver and head."""
    if not actor().may_somewhere(Permission.HANDOVER_OFFER):
        return []
    return [
        HandoverLine(facts, actor()) for facts in list_handovers(db.session(), actor(), only_waiting=True)
    ]


def _own_stand_ins() -> Sequence[StandInFacts]:
    """Absences that run today, of the person or stood in for by them."""
    if not actor().may_somewhere(Permission.STAND_IN_NAME):
        return []
    return list_own_stand_ins(db.session(), actor(), today())


def _usual_group() -> str:
    """Whoever only watches over the district begins with what is to be watched."""
    mine = {held.role for held in actor().holdings}
    return str(Group.WATCH if mine and mine <= WATCHERS else Group.MINE)
