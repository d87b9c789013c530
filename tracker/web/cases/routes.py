"""The register and the page of one case."""

from __future__ import annotations

from itertools import chain

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.case_list import Order, count_cases, filter_choices, list_cases
from tracker.queries.case_rows import CaseRow
from tracker.queries.paging import Page
from tracker.queries.statistic_names import statistic_choices
from tracker.web.access import needs
from tracker.web.cases.filters import DEFAULTS, KEYS, filter_of, page_size
from tracker.web.cases.page import render_case_page
from tracker.web.cases.presenters import RegisterPage
from tracker.web.cases.sheet import register_sheet
from tracker.web.context import actor, runtime, today
from tracker.web.list_state import ListState, chosen
from tracker.web.sheets import list_address
from tracker.web.statistic_figures import counted_words

bp = Blueprint("cases", __name__, url_prefix="/cases")

ROWS_AT_ONCE = 1000
MOST_ROWS = 20_000
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
    counts = count_cases(session, actor(), wanted, calendar, today())
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
        counts=counts,
    )
    choices = filter_choices(session, actor())
    counted = ""
    if wanted.counted:
        counted = counted_words(wanted.counted, statistic_choices(session, actor()).names)
    return render_template(
        "pages/cases/index.html", page=RegisterPage(found, counts, choices, wanted, state, actor(), counted)
    )


@bp.get("/list.xlsx")
@needs(Permission.CASE_READ)
def sheet() -> ResponseReturnValue:
    """The register as it is filtered, as a sheet; names masked as on the page."""
    state = ListState.from_request(KEYS, DEFAULTS)
    wanted = filter_of(state, runtime().adapters.cipher)
    session = db.session()
    calendar = current_calendar(session)

    def page(number: int) -> Page[CaseRow]:
        return list_cases(
            session,
            actor(),
            wanted,
            calendar,
            today(),
            order=chosen(Order, state.sort) or Order.DUE,
            descending=state.descending,
            page=number,
            size=ROWS_AT_ONCE,
        )

    first = page(1)
    if first.total > MOST_ROWS:
        flash(
            _(
                "共 %(total)d 件，一次最多导出 %(most)d 件，请先缩小筛选范围。",
                total=first.total,
                most=MOST_ROWS,
            ),
            "warning",
        )
        return redirect(url_for("cases.index", **state.query))
    pages = chain([first], (page(number) for number in range(2, first.pages + 1)))
    return register_sheet(pages, today(), list_address("cases.index", state))


@bp.get("/<int:case_id>")
@needs(Permission.CASE_READ)
def show(case_id: int) -> ResponseReturnValue:
    """案件页: where this case stands and what may be done."""
    return render_case_page(case_id)
