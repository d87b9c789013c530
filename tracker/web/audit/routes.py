"""Pages of the auditor."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.written_dates import NotADate, parse_written_date
from tracker.extensions import db
from tracker.queries.audit import (
    PAGE_SIZE,
    AuditFilter,
    list_acts,
    list_attempts,
    list_exports,
    list_readings,
)
from tracker.web.access import needs
from tracker.web.audit.presenters import act_lines, export_lines, reading_lines
from tracker.web.context import actor, today
from tracker.web.list_state import ListState

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("/")
@needs(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """审计: acts recorded in the logs of cases, newest first."""
    state = ListState.from_request(("number", "person", "since", "before"))
    since_on, complaint = _since(state.get("since"))
    wanted = AuditFilter(
        number=state.get("number"),
        person=state.get("person"),
        since_on=since_on,
        before_id=state.number("before", default=0) or None,
    )
    acts = list_acts(db.session(), actor(), wanted)
    older = state.url(before=acts[-1].id) if len(acts) == PAGE_SIZE else None
    return render_template(
        "pages/audit/index.html",
        state=state,
        lines=act_lines(acts),
        older=older,
        wanted=wanted,
        complaint=complaint,
    )


def _since(text: str) -> tuple[date | None, NotADate | None]:
    """The day a filter names; a text that is no day narrows nothing and is told."""
    if not text:
        return None, None
    try:
        return parse_written_date(text, today()), None
    except NotADate as error:
        return None, error


@bp.get("/readings")
@needs(Permission.AUDIT_READ)
def readings() -> ResponseReturnValue:
    """个人信息查看记录: who looked at what lists show masked."""
    return render_template(
        "pages/audit/readings.html", lines=reading_lines(list_readings(db.session(), actor()))
    )


@bp.get("/sign-ins")
@needs(Permission.AUDIT_READ)
def sign_ins() -> ResponseReturnValue:
    """登录记录: attempts to sign in, failed ones marked."""
    return render_template("pages/audit/sign_ins.html", attempts=list_attempts(db.session()))


@bp.get("/exports")
@needs(Permission.AUDIT_READ)
def exports() -> ResponseReturnValue:
    """导出记录: who took which list away, and why with personal data."""
    return render_template("pages/audit/exports.html", lines=export_lines(list_exports(db.session())))
