"""The table, and the change of one of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, jsonify, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Invalid, NotFound, TrackerError
from tracker.domain.ledger_view import EDITABLE, HANDLER, VIEW_COLUMN_OF
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.queries.calendars import current_calendar
from tracker.queries.case_list import count_cases, filter_choices, list_case_ids
from tracker.queries.handlers import list_handlers
from tracker.queries.ledger_export import cases_in_order
from tracker.queries.scope import get_case
from tracker.queries.statistic_names import statistic_choices
from tracker.services.row_changes import change_row
from tracker.web.access import needs
from tracker.web.cases.filters import page_size
from tracker.web.cases.routes import KEPT_SIZE
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import tell
from tracker.web.ledger_view.filters import ledger_filter, ledger_state, order_of
from tracker.web.ledger_view.presenters import LedgerPage, choices_for
from tracker.web.ledger_view.rows import ViewRow, view_row, view_rows
from tracker.web.statistic_figures import counted_words

bp = Blueprint("ledger_view", __name__, url_prefix="/ledger/view")


@bp.get("")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """台账: the register of a year, or any list of cases in its columns."""
    if request.args.get("size"):
        form_session[KEPT_SIZE] = request.args["size"]
    state = ledger_state(form_session.get(KEPT_SIZE, "50"))
    wanted = ledger_filter(state)
    ctx = context()
    calendar = current_calendar(ctx.session)
    counts = count_cases(ctx.session, actor(), wanted, calendar, today())
    found = list_case_ids(
        ctx.session,
        actor(),
        wanted,
        calendar,
        today(),
        order=order_of(state),
        descending=state.descending,
        page=state.number("page"),
        size=page_size(state),
        counts=counts,
    )
    rows = list(
        view_rows(ctx, cases_in_order(ctx.session, found.rows, on_screen=True), wanted.register, found.first)
    )
    choices = filter_choices(ctx.session, actor())
    counted = ""
    if wanted.counted:
        counted = counted_words(wanted.counted, statistic_choices(ctx.session, actor()).names)
    page = LedgerPage(found, rows, counts, choices, wanted, state, actor(), counted)
    return render_template("pages/ledger_view/index.html", page=page, choices=choices_for(_handlers(rows)))


@bp.post("/<int:case_id>/<cell>")
@needs(Permission.CASE_READ)
def change(case_id: int, cell: str) -> ResponseReturnValue:
    """修改一格: answers what stands there now and the new version, or what is wrong; nothing typed is lost by it."""
    ctx = context()
    if cell not in {column.code for column in EDITABLE}:
        raise NotFound(N_("台账里没有可以修改的这一栏。"))
    version = request.form.get("version", "")
    try:
        changed = change_row(
            ctx,
            case_id,
            {cell: request.form.get("value", "")},
            expected_version=int(version) if version.isdigit() and len(version) < 10 else 0,
        )
    except TrackerError as error:
        return _refused(case_id, cell, error)
    return jsonify(version=changed, shown=_shown(case_id, cell), said=_("已保存。"))


def _refused(case_id: int, cell: str, error: TrackerError) -> ResponseReturnValue:
    """Why not, with the present version: who read it may send the same again knowingly."""
    status = status_of(error)
    said = [tell(text) for text in error.fields.get(cell, [])] if isinstance(error, Invalid) else []
    answer: dict[str, object] = {"fault": "".join(said) or tell(error)}
    if status == 409:
        ctx = context()
        answer |= {
            "version": get_case(ctx.session, ctx.actor, case_id).version_id,
            "shown": _shown(case_id, cell),
        }
    return jsonify(answer), status


def _shown(case_id: int, cell: str) -> str:
    ctx = context()
    [exported] = cases_in_order(ctx.session, [case_id], on_screen=True)
    row = view_row(ctx, exported, None, 1)
    return next(found.text for found in row.cells if found.code == VIEW_COLUMN_OF[cell].code)


def _handlers(rows: Sequence[ViewRow]) -> dict[int, list[str]]:
    """Who can be chosen, for the organs on the page whose cases this person may assign."""
    organs = {row.organ_id for row in rows for cell in row.cells if cell.code == HANDLER and cell.edit}
    session = context().session
    return {organ_id: [h.name for h in list_handlers(session, organ_id)] for organ_id in sorted(organs)}
