"""The page of 统计分析, and its table as a sheet."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.domain.statistics import Question
from tracker.domain.statistics_period import settle
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.saved_statistics import list_saved, shared_choices
from tracker.queries.statistic_names import Choices, names_of, statistic_choices
from tracker.queries.statistics import Counted, read_table
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.list_state import ListState
from tracker.web.replica import from_replica
from tracker.web.sheets import list_address, sheet_response
from tracker.web.statistics import bp
from tracker.web.statistics.address import DEFAULTS, KEYS, Asking
from tracker.web.statistics.choosing import AskPage
from tracker.web.statistics.forms import SaveForm
from tracker.web.statistics.result import Result


@bp.get("")
@needs(Permission.CASE_READ)
@from_replica
def index() -> ResponseReturnValue:
    """统计分析: the question in the address, answered."""
    return show(Asking(ListState.from_request(KEYS, DEFAULTS)), SaveForm(ids="save"))


def show(asking: Asking, form: SaveForm, status: int = 200) -> ResponseReturnValue:
    """The page with the form by which the question is saved under a name."""
    session, person = db.session(), actor()
    choices = statistic_choices(session, person)
    result = _answer(asking.question, choices) if asking.question else None
    organs, district = shared_choices(session, person)
    form.offer(organs, district=district)
    page = AskPage(asking, choices, list_saved(session, person))
    return render_template("pages/statistics/index.html", page=page, result=result, form=form), status


@bp.get("/table.xlsx")
@needs(Permission.CASE_READ)
def sheet() -> ResponseReturnValue:
    """The table of the question as a sheet."""
    asking = Asking(ListState.from_request(KEYS, DEFAULTS))
    if asking.question is None:
        return redirect(url_for("statistics.index", **asking.state.query))
    result = _answer(asking.question, statistic_choices(db.session(), actor()))
    address = list_address("statistics.index", asking.state)
    heads, rows = result.sheet_heads(), result.sheet_rows()
    return sheet_response(ListTaken.STATISTICS, address, result.title, heads, rows, [result.note])


def _answer(question: Question, choices: Choices) -> Result:
    session, day = db.session(), today()
    counted = Counted(question.measure, settle(question.period, day), question.where)
    divided = (question.rows, question.columns)
    table = read_table(session, actor(), counted, divided, current_calendar(session), day)
    names = {
        dimension: names_of(session, dimension, table.sums(axis))
        for axis, dimension in enumerate(divided)
        if dimension in choices.names
    }
    return Result(question, counted, table, names, choices.names, day)
