"""Choosing the language of the interface; letters and law stay Chinese."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from tracker.web.access import public
from tracker.web.i18n import LANGUAGE_COOKIE, LANGUAGES
from tracker.web.links import local_path

bp = Blueprint("language", __name__)

ONE_YEAR_SECONDS = 31_536_000


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Remember the language on this machine and go back to the page one came from."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        raise BadRequest()
    response = redirect(local_path(request.form.get("next")))
    response.set_cookie(
        LANGUAGE_COOKIE,
        chosen,
        max_age=ONE_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]) or request.is_secure,
    )
    return response
