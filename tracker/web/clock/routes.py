"""The due date behind a date of receipt: for the script beside the field, and as a page without it."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.written_dates import NotADate, parse_written_date
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.web.access import signed_in
from tracker.web.clock.presenters import DueLine, due_line
from tracker.web.context import today
from tracker.web.i18n import tell

bp = Blueprint("clock", __name__, url_prefix="/clock")

LONGEST = 40


@bp.get("/due")
@signed_in
def due() -> ResponseReturnValue:
    """``text``: a date of receipt as typed. Answers with the weekday, whether it is a working day, and the due date
    of the reply (20 working days, Art 33), by the same fold as everywhere; as JSON for the script, else as a page."""
    typed = request.args.get("text", "")[:LONGEST]
    line, complaint = _line(typed)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(_as_json(line, complaint))
    return render_template("pages/clock/due.html", typed=typed, line=line, complaint=complaint)


def _line(typed: str) -> tuple[DueLine | None, NotADate | None]:
    if not typed.strip():
        return None, None
    try:
        day = parse_written_date(typed, today())
    except NotADate as error:
        return None, error
    return due_line(day, current_calendar(db.session()), today()), None


def _as_json(line: DueLine | None, complaint: NotADate | None) -> dict[str, object]:
    if line is None:
        text = tell(complaint) if complaint else ""
        return {"text": text, "on": None, "workday": None, "due_on": None, "provisional": None}
    return {
        "text": line.text,
        "on": line.on.isoformat(),
        "workday": line.is_workday,
        "due_on": line.due_on.isoformat(),
        "provisional": line.provisional,
    }
