"""Two pages that read an address and answer it; neither writes anything."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.web.access import signed_in
from tracker.web.calculator.address import MOST_ROWS, canonical, written_day
from tracker.web.calculator.examples import period_examples, reply_examples
from tracker.web.calculator.forms import CalculatorForm, PeriodForm
from tracker.web.calculator.period_rows import periods_result
from tracker.web.calculator.presenters import calculator_page
from tracker.web.context import today

bp = Blueprint("calculator", __name__, url_prefix="/calculator")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """答复期限: what a day of receipt and rows of events give. An address that says more than counts is shortened."""
    pairs, too_many = canonical(request.args, today())
    if set(request.args.items(multi=True)) != set(pairs) and not too_many:
        shorter: dict[str, Any] = dict(pairs)
        return redirect(url_for("calculator.index", **shorter))
    page = calculator_page(CalculatorForm(pairs), current_calendar(db.session()), today(), too_many=too_many)
    return render_template(
        "pages/calculator/index.html", page=page, examples=reply_examples(), most_rows=MOST_ROWS
    )


@bp.get("/periods")
@signed_in
def periods() -> ResponseReturnValue:
    """其他期限: every period of the statute from one day, or those that begin with the chosen one."""
    given = {
        "period": request.args.get("period", "").strip()[:40].strip(),
        "start": written_day(request.args.get("start", ""), today()),
    }
    pairs: dict[str, Any] = {name: value for name, value in given.items() if value}
    if set(request.args.items(multi=True)) != set(pairs.items()):
        return redirect(url_for("calculator.periods", **pairs))
    form = PeriodForm(MultiDict(pairs))
    on = form.on
    result = periods_result(form.chosen, on, current_calendar(db.session()), today()) if on else None
    return render_template(
        "pages/calculator/periods.html", form=form, result=result, examples=period_examples()
    )
