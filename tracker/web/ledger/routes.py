"""台账导入: choose a file, see every fault in its place, import what is sound, take the rest back to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, Invalid, TrackerError
from tracker.domain.ledger_columns import NEEDED, Column
from tracker.domain.ledger_states import ImportState
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.ledger_imports import list_imports, name_of_account
from tracker.services.ledger_intake import (
    discard,
    get_import,
    guessed,
    hand_in,
    learn_headings,
    open_register,
    queue_import,
    rejected_rows,
)
from tracker.services.ledger_void import WorkedOn, void_import
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.i18n import tell
from tracker.web.ledger.forms import RegisterForm, VoidForm, meanings_from_request
from tracker.web.ledger.presenters import headings_of, import_page, preview_rows, shown_line
from tracker.web.messages import tell_done
from tracker.web.sheets import MEDIA_TYPE as XLSX

bp = Blueprint("ledger", __name__, url_prefix="/ledger")


@bp.get("")
@needs(Permission.LEDGER_IMPORT)
def index() -> ResponseReturnValue:
    """Registers handed in so far, and the form for the next."""
    return _index(RegisterForm(formdata=None))


@bp.post("")
@needs(Permission.LEDGER_IMPORT)
def receive() -> ResponseReturnValue:
    """提交台账: the file is checked at once, and nothing is written into the register of cases yet."""
    form = RegisterForm()
    if not form.validate():
        return _index(form, 422)
    try:
        import_id = hand_in(context(), *form.handed_in())
    except Forbidden:
        raise
    except TrackerError as error:
        form.show(error)
        return _index(form, 422)
    return redirect(url_for("ledger.show", import_id=import_id))


@bp.get("/<int:import_id>")
@needs(Permission.LEDGER_IMPORT)
def show(import_id: int) -> ResponseReturnValue:
    """One register: its unknown headings, the preview, the progress or the outcome."""
    record = get_import(context(), import_id)
    if record.state == ImportState.UNKNOWN_HEADER:
        cells = [str(cell) for cell in record.headings or []]
        return _headings(import_id, cells, guessed(context(), cells))
    page = import_page(record)
    if page.state is not ImportState.CHECKED:
        return _show(import_id, VoidForm(formdata=None))
    with open_register(context(), record) as sheet:
        rows = preview_rows(sheet, page)
        return render_template("pages/ledger/show.html", page=page, rows=rows, labels=tuple(sheet.headings))


@bp.post("/<int:import_id>/headings")
@needs(Permission.LEDGER_IMPORT)
def headings(import_id: int) -> ResponseReturnValue:
    """对应表头: said once, remembered for the next register of that office."""
    record = get_import(context(), import_id)
    cells = [str(cell) for cell in record.headings or []]
    meanings = meanings_from_request(len(cells))
    try:
        learn_headings(context(), import_id, meanings)
    except Invalid as error:
        faults = [tell(message) for messages in error.fields.values() for message in messages]
        return _headings(import_id, cells, meanings, faults)
    tell_done(_("表头已对应，下次导入同样的表头不必再选。"), _("下一步：核对预览，然后导入。"))
    return redirect(url_for("ledger.show", import_id=import_id))


@bp.post("/<int:import_id>/import")
@needs(Permission.LEDGER_IMPORT)
def begin(import_id: int) -> ResponseReturnValue:
    """导入: the job runner does it, row by row; the page shows how far it is."""
    queue_import(context(), import_id)
    return redirect(url_for("ledger.show", import_id=import_id))


@bp.post("/<int:import_id>/discard")
@needs(Permission.LEDGER_IMPORT)
def throw_away(import_id: int) -> ResponseReturnValue:
    """放弃: the file is removed, nothing was imported."""
    discard(context(), import_id)
    tell_done(_("已放弃，文件已经清除。"), "")
    return redirect(url_for("ledger.index"))


@bp.post("/<int:import_id>/void")
@needs(Permission.LEDGER_IMPORT)
def void(import_id: int) -> ResponseReturnValue:
    """作废本次导入: everything it brought in goes, while nobody has worked on any of it."""
    get_import(context(), import_id)
    form = VoidForm()
    if not form.validate():
        return _show(import_id, form, status=422)
    try:
        gone = void_import(context(), import_id, form.void_reason.data or "")
    except WorkedOn as refusal:
        form.show(refusal)
        return _show(import_id, form, refusal.numbers, status=409)
    tell_done(_("这次导入已经作废，删除申请件 %(count)d 件。", count=gone), _("更正后的台账可以重新导入。"))
    return redirect(url_for("ledger.show", import_id=import_id))


@bp.get("/<int:import_id>/rejected.xlsx")
@needs(Permission.LEDGER_IMPORT)
def rejected(import_id: int) -> ResponseReturnValue:
    """退回的行: the rows as they were handed in, each fault as a comment on its cell."""
    content = rejected_rows(context(), import_id)
    name = _("退回的行") + ".xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name, max_age=0)


def _index(form: RegisterForm, status: int = 200) -> ResponseReturnValue:
    lines = [shown_line(line) for line in list_imports(db.session(), actor())]
    page = render_template("pages/ledger/index.html", form=form, lines=lines, needed=NEEDED)
    return page, status


def _show(
    import_id: int, form: VoidForm, worked_on: Sequence[str] = (), status: int = 200
) -> ResponseReturnValue:
    record = get_import(context(), import_id)
    page = import_page(record, name_of_account(db.session(), record.voided_by_id))
    body = render_template(
        "pages/ledger/show.html", page=page, rows=(), labels=(), void_form=form, worked_on=worked_on
    )
    return body, status


def _headings(
    import_id: int, cells: list[str], meanings: Mapping[int, Column | None], faults: list[str] | None = None
) -> ResponseReturnValue:
    page = render_template(
        "pages/ledger/headings.html",
        import_id=import_id,
        headings=headings_of(cells, meanings, guessed(context(), cells)),
        columns=tuple(Column),
        needed=NEEDED,
        faults=faults or [],
    )
    return page, 422 if faults else 200
