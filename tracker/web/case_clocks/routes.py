"""The short sheet of one clock of a case."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.case_clocks import ClockKind
from tracker.domain.clock_sheet import clock_part, clock_reasons
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_clocks import case_clocks
from tracker.queries.case_log import read_log
from tracker.queries.consultations import party_names
from tracker.queries.scope import get_case
from tracker.web.access import needs
from tracker.web.case_clocks.presenters import clock_row
from tracker.web.case_clocks.states import standing
from tracker.web.context import context

bp = Blueprint("case_clocks", __name__, url_prefix="/cases/<int:case_id>/clocks")


@bp.get("/<kind>/<int:run>")
@needs(Permission.CASE_READ)
def show(case_id: int, kind: str, run: int) -> ResponseReturnValue:
    """One clock: rule and article, its days in a month calendar, what is not counted and why. ``?ref=`` tells several
    of one kind apart."""
    ctx = context()
    ref = request.args.get("ref")
    session = ctx.session
    case = get_case(session, ctx.actor, case_id)
    calendar = current_calendar(session)
    clocks = case_clocks(session, case, read_log(session, case_id), calendar, ctx.today)
    clock = next((c for c in clocks if (c.kind, c.run, c.ref) == (kind, run, ref)), None)
    if clock is None or clock.kind is ClockKind.REPLY:
        raise NotFound(N_("这件申请没有这个期限；记录更正后期限可能已经改变，请回到案件页查看。"))
    if clock.calendar_version != calendar.version:
        calendar = calendar_at(session, clock.calendar_version)
    reply_due = next((c.due_on for c in clocks if c.kind is ClockKind.REPLY and c.run == run), None)
    stands = standing(clock, ctx.today, calendar, case.organ.thresholds)
    return render_template(
        "pages/case_clocks/show.html",
        case=case,
        clock=clock,
        row=clock_row(case_id, clock, party_names(session, case_id), stands),
        part=clock_part(clock, calendar, ctx.today, reply_due),
        reasons=list(clock_reasons(clock, reply_due)),
    )
