"""The calendar, one year a page."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.month_grid import WEEKDAY_HEADS
from tracker.domain.permissions import Permission
from tracker.domain.year_checks import FIRST_YEAR, LAST_YEAR
from tracker.extensions import db
from tracker.queries.calendar_editions import list_editions
from tracker.queries.calendars import current_calendar
from tracker.web.access import signed_in
from tracker.web.calendars import bp
from tracker.web.calendars.presenters import year_page
from tracker.web.context import actor, today


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """This year."""
    return _page(today().year)


@bp.get("/<int:year>")
@signed_in
def show(year: int) -> ResponseReturnValue:
    """One year: days off and make-up days month by month, with number and date of the notice, or 未核."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    return _page(year)


def _page(year: int) -> ResponseReturnValue:
    calendar = current_calendar(db.session())
    editions = list_editions(db.session())
    return render_template(
        "pages/calendars/show.html",
        page=year_page(year, calendar, today()),
        edition=next((edition for edition in editions if edition.year == year), None),
        editions=editions,
        weekdays=WEEKDAY_HEADS,
        may_propose=actor().may_somewhere(Permission.CALENDAR_MANAGE),
    )
