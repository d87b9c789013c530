"""The register and the page of one case."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.case_list import Order, count_cases, filter_choices, list_cases
from tracker.web.access import needs
from tracker.web.cases.filters import DEFAULTS, KEYS, filter_of, page_size
from tracker.web.cases.page import render_case_page
from tracker.web.cases.presenters import RegisterPage
from tracker.web.context import actor, runtime, today
from tracker.web.list_state import ListState, chosen

bp = Blueprint("cases", __name__, url_prefix="/cases")

KEPT_SIZE = "page_size"


@bp.get("")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """申请件: every case one may see."""
    if request.args.get("size"):
        form_session[KEPT_SIZE] = request.args["size"]
    state = ListState.from_request(KEYS, {**DEFAULTS, "size": form_session.get(KEPT_SIZE, DEFAULTS["size"])})
    wanted = filter_of(state, runtime().adapters.cipher)
    session = db.session()
    calendar = current_calendar(session)
    found = list_cases(
        session,
        actor(),
        wanted,
        calendar,
        today(),
        order=chosen(Order, state.sort) or Order.DUE,
        descending=state.descending,
        page=state.number("page"),
        size=page_size(state),
    )
    counts = count_cases(session, actor(), wanted, calendar, today())
    choices = filter_choices(session, actor())
    return render_template(
        "pages/cases/index.html", page=RegisterPage(found, counts, choices, wanted, state, actor())
    )


@bp.get("/<int:case_id>")
@needs(Permission.CASE_READ)
def show(case_id: int) -> ResponseReturnValue:
    """案件页: where this case stands and what may be done."""
    return render_case_page(case_id)
