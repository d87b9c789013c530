"""The small answer behind a date field: which day was meant, its weekday, and whether it is a working day."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.written_dates import NotADate, parse_written_date
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.web.access import signed_in
from tracker.web.context import today
from tracker.web.dates.presenters import day_line
from tracker.web.i18n import tell

bp = Blueprint("dates", __name__, url_prefix="/dates")


@bp.get("/preview")
@signed_in
def preview() -> ResponseReturnValue:
    """``text`` as typed; answers with the line to show and whether the day is a working day."""
    typed = request.args.get("text", "")[:40]
    try:
        day = parse_written_date(typed, today())
    except NotADate as error:
        return jsonify(text=tell(error), on=None, workday=None)
    calendar = current_calendar(db.session())
    line = day_line(day, calendar)
    if day > today():
        line = _("%(line)s，晚于今天", line=line)
    return jsonify(text=line, on=day.isoformat(), workday=calendar.is_workday(day))
