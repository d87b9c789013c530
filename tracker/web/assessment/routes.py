"""The figures of all organs of a period, and the same as a sheet."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.extensions import db
from tracker.queries.assessment import read_assessment
from tracker.queries.board import YEARS
from tracker.web.access import needs
from tracker.web.assessment.presenters import HEADS, figure_line, sheet_rows
from tracker.web.context import actor, today
from tracker.web.i18n import tell
from tracker.web.list_state import ListState
from tracker.web.periods import KEY, part_chips, period_name, year_chips
from tracker.web.sheets import sheet_response

bp = Blueprint("assessment", __name__, url_prefix="/assessment")


@bp.get("")
@needs(Permission.SUPERVISION_READ)
def index() -> ResponseReturnValue:
    """考核指标 of the organs the person watches."""
    state = ListState.from_request((KEY,), {})
    period = _period(state)
    found = read_assessment(db.session(), actor(), period, today())
    years = sorted({period.year, *range(today().year - YEARS + 1, today().year + 1)}, reverse=True)
    return render_template(
        "pages/assessment/index.html",
        period=period_name(period),
        lines=[figure_line(each, period) for each in found],
        years=year_chips(period, years, state),
        parts=part_chips(period, state),
        sheet_url=url_for("assessment.sheet", **state.query),
    )


@bp.get("/figures.xlsx")
@needs(Permission.SUPERVISION_READ)
def sheet() -> ResponseReturnValue:
    """The same table as a sheet."""
    period = _period(ListState.from_request((KEY,), {}))
    found = read_assessment(db.session(), actor(), period, today())
    heads = [(tell(label), width) for label, width in HEADS]
    title = _("%(period)s考核指标", period=period_name(period))
    return sheet_response(title, heads, sheet_rows(found))


def _period(state: ListState) -> ReportingPeriod:
    return read_period(state.get(KEY)) or ReportingPeriod(today().year)
