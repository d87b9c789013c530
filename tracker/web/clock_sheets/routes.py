"""The computation sheet: shown, previewed as PDF, given out with a number."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.sheet_paper import TITLE
from tracker.queries.scope import get_case
from tracker.queries.sheets import list_sheets, read_case_sheet
from tracker.services.sheets import issue_sheet, preview_sheet
from tracker.web.access import needs
from tracker.web.clock_sheets.presenters import SheetPage
from tracker.web.context import context
from tracker.web.forms import TrackerForm

bp = Blueprint("clock_sheets", __name__, url_prefix="/cases/<int:case_id>/clock")


@bp.get("")
@needs(Permission.CASE_READ)
def show(case_id: int) -> ResponseReturnValue:
    """期限计算说明 as the case stands today."""
    return _page(case_id)


@bp.get("/preview.pdf")
@needs(Permission.CASE_READ)
def preview(case_id: int) -> ResponseReturnValue:
    """The same as PDF/A, without a number."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id)
    response = send_file(
        io.BytesIO(preview_sheet(ctx, case_id)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=_("%(title)s（%(number)s，未编号）.pdf", title=TITLE, number=case.number),
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/sheets")
@needs(Permission.SHEET_ISSUE)
def issue(case_id: int) -> ResponseReturnValue:
    """生成编号的期限计算说明."""
    ctx = context()
    get_case(ctx.session, ctx.actor, case_id, Permission.SHEET_ISSUE)
    form = TrackerForm()
    if not form.validate():
        return _page(case_id, form, 422)
    try:
        issued = issue_sheet(ctx, case_id, expected_version=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(case_id, form, 409 if isinstance(error, Conflict) else 422)
    if issued.fresh:
        said = (
            _("已生成%(number)s，内容已固定，以后不再随记录变化。", number=issued.number),
            _("可以在下方下载。"),
        )
    else:
        said = (_("今天已经生成过内容相同的%(number)s，没有另编新号。", number=issued.number), "")
    flash(said, "success")  # type: ignore[arg-type]  # a pair: what happened, what comes next
    return redirect(url_for("clock_sheets.show", case_id=case_id))


def _page(case_id: int, form: TrackerForm | None = None, status: int = 200) -> ResponseReturnValue:
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id)
    known = read_case_sheet(ctx.session, case, ctx.today)
    page = SheetPage(case, known, list_sheets(ctx.session, ctx.actor, case_id), ctx.actor)
    shown = form or TrackerForm()
    shown.version.data = str(case.version_id)
    return render_template("pages/clock_sheets/show.html", page=page, form=shown), status
