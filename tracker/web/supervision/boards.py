"""The boards."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.extensions import db
from tracker.queries.board import read_board
from tracker.queries.calendars import current_calendar
from tracker.queries.handovers import list_handovers
from tracker.queries.organs import OrganName
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.handovers.presenters import HandoverLine
from tracker.web.list_state import ListState
from tracker.web.periods import KEY
from tracker.web.replica import from_replica
from tracker.web.supervision import bp
from tracker.web.supervision.board_page import BoardPage
from tracker.web.supervision.watched import get_watched, own_organs


@bp.get("")
@needs(Permission.SUPERVISION_READ)
@from_replica
def index() -> ResponseReturnValue:
    """督办看板 of the district; who sees one organ only is led to it."""
    if not actor().reads_whole_district:
        return redirect(url_for("supervision.organ", organ_code=own_organs(db.session(), actor())[0].code))
    return _board(None)


@bp.get("/<organ_code>")
@needs(Permission.SUPERVISION_READ)
@from_replica
def organ(organ_code: str) -> ResponseReturnValue:
    """督办看板 of one organ."""
    return _board(get_watched(db.session(), actor(), organ_code))


def _board(of: OrganName | None) -> ResponseReturnValue:
    state = ListState.from_request((KEY,), {})
    if of is not None:
        state = state.at(organ_code=of.code)
    session = db.session()
    calendar = current_calendar(session)
    period = period_of(state)
    board = read_board(session, actor(), of.id if of else None, period, calendar, today())
    others = [] if actor().reads_whole_district else own_organs(session, actor())
    page = BoardPage(board, of, state, others, calendar)
    waiting = list_handovers(session, actor(), only_waiting=True, organ_id=of.id) if of else []
    handovers = [HandoverLine(facts, actor()) for facts in waiting]
    return render_template("pages/supervision/board.html", page=page, handovers=handovers)


def period_of(state: ListState) -> ReportingPeriod:
    """The period of the address, else this year."""
    return read_period(state.get(KEY)) or ReportingPeriod(today().year)
