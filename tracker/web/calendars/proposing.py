"""Putting a year forward: read from a file, written as the notice has it, or marked day by day."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.errors import Forbidden, TrackerError
from tracker.domain.month_grid import WEEKDAY_HEADS
from tracker.domain.permissions import Permission
from tracker.domain.statutory_days import HOLIDAY_NAMES
from tracker.domain.year_checks import (
    CHANGE_NAMES,
    FIRST_YEAR,
    LAST_YEAR,
    changes_between,
    days_in_force,
    doubts_of,
)
from tracker.domain.year_edition import SpecialDay
from tracker.extensions import db
from tracker.queries.calendar_proposals import find_open_proposal
from tracker.queries.calendars import current_calendar
from tracker.services.calendar_proposals import propose_year
from tracker.web.access import needs
from tracker.web.calendars import bp
from tracker.web.calendars.forms import YearForm, prefilled
from tracker.web.calendars.presenters import year_page
from tracker.web.context import context, today
from tracker.web.errors import status_of
from tracker.web.i18n import tell
from tracker.web.messages import tell_done


@bp.get("/<int:year>/propose")
@needs(Permission.CALENDAR_MANAGE)
def propose(year: int) -> ResponseReturnValue:
    """载入或者更正一年: what is in force (or the days of law) to begin with."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    edition = current_calendar(db.session()).editions.get(year)
    form = YearForm(formdata=None, **prefilled(year, edition, days_in_force(year, edition)))
    return _page(form, year)


@bp.post("/<int:year>/propose")
@needs(Permission.CALENDAR_MANAGE)
def send(year: int) -> ResponseReturnValue:
    """读入文件, 更新预览 or 提交: three buttons of one form, so that nothing typed is lost between them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    form = YearForm()
    step = request.form.get("step", "submit")
    if step == "read_file":
        return _read_file(form, year)
    if step == "preview":
        return _page(form, year)
    if form.validate():
        days, faults = form.days()
        if not faults:
            return _submit(form, year, days)
    return _page(form, year, 422)


def _read_file(form: YearForm, year: int) -> ResponseReturnValue:
    form.validate()
    rejected = list(form.file.errors)
    for field in form:
        field.errors = []
    form.file.errors = rejected or [tell(fault) for fault in form.read_file()]
    return _page(form, year, 422 if form.file.errors else 200)


def _submit(form: YearForm, year: int, days: tuple[SpecialDay, ...]) -> ResponseReturnValue:
    try:
        proposal_id = propose_year(context(), form.proposed(days))
    except Forbidden:
        raise
    except TrackerError as error:
        form.show(error)
        return _page(form, year, status_of(error))
    tell_done(
        _("已提交，尚未生效。"),
        _("下一步：请另一位管理员或者督查核对通知，确认后才载入并重新推算期限。"),
    )
    return redirect(url_for("calendars.proposal", proposal_id=proposal_id))


def _page(form: YearForm, year: int, status: int = 200) -> ResponseReturnValue:
    wanted = form.year.data or year
    days, faults = form.days()
    if form.lines.data:
        form.lines.errors = [*form.lines.errors, *(tell(fault) for fault in faults)]
    calendar = current_calendar(db.session())
    drawn = wanted if FIRST_YEAR <= wanted <= LAST_YEAR else year
    in_force = calendar.editions.get(drawn)
    edition = replace(form.edition(days), year=drawn)
    proposed = WorkCalendar([*calendar.editions.values(), edition])
    page = render_template(
        "pages/calendars/propose.html",
        form=form,
        year=year,
        page=year_page(drawn, proposed, today()),
        earlier=[d for d in days if d.day.year != drawn],
        weekdays=WEEKDAY_HEADS,
        names=HOLIDAY_NAMES[:7],
        correcting=in_force is not None,
        waiting=find_open_proposal(db.session(), drawn),
        doubts=[] if faults else [tell(doubt) for doubt in doubts_of(edition)],
        changes=changes_between(days_in_force(drawn, in_force), days),
        change_names=CHANGE_NAMES,
        days_off=sum(1 for d in days if not d.is_workday),
        days_made_up=sum(1 for d in days if d.is_workday),
    )
    return page, status
