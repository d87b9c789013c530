"""The small answers behind forms that save by themselves."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from tracker.domain.errors import Invalid
from tracker.services.form_drafts import drop_draft, keep_draft, list_drafts
from tracker.web.access import signed_in
from tracker.web.context import context, runtime
from tracker.web.i18n import instant

bp = Blueprint("form_drafts", __name__, url_prefix="/drafts")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """One's own drafts of the forms of ``page``."""
    drafts = list_drafts(context(), request.args.get("page", ""))
    return jsonify(drafts=[{"form": d.form, "content": d.content, "at": _moment(d.saved_at)} for d in drafts])


@bp.post("")
@signed_in
def keep() -> ResponseReturnValue:
    """Keep what was typed so far; answers with the time to show."""
    sent = request.form
    try:
        at = keep_draft(context(), sent.get("page", ""), sent.get("form", ""), sent.get("content", ""))
    except Invalid:
        return jsonify(at=None)
    return jsonify(at=_moment(at))


@bp.post("/drop")
@signed_in
def drop() -> ResponseReturnValue:
    """丢弃."""
    drop_draft(context(), request.form.get("page", ""), request.form.get("form", ""))
    return jsonify(at=None)


def _moment(at: datetime) -> str:
    """10:42 of today, else with its day."""
    same_day = format_datetime(at, "yyyyMMdd") == format_datetime(runtime().clock.now(), "yyyyMMdd")
    return format_datetime(at, "HH:mm") if same_day else instant(at)
