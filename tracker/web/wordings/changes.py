"""条款变动: changes of articles on record, and what is still to be looked at because of them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.statute_changes import list_changes
from tracker.services.statute_changes import check_wording, may_record, record_change
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.wordings import bp
from tracker.web.wordings.forms import ChangeForm, CheckForm
from tracker.web.wordings.library import version_page


@bp.get("/changes")
@needs(Permission.TEMPLATE_READ)
def changes() -> ResponseReturnValue:
    """Every change on record, with the documents that still wait."""
    return _page(ChangeForm(formdata=None))


@bp.post("/changes")
@needs(Permission.TEMPLATE_READ)
def record() -> ResponseReturnValue:
    """登记条款变动."""
    if not may_record(context()):
        raise Forbidden(_("条款变动由区政府办公室或者法律顾问登记。"))
    form = ChangeForm()
    if not form.validate():
        return _page(form, 422)
    try:
        record_change(
            context(), form.article.data or "", form.changed_on.data or today(), form.note.data or ""
        )
    except TrackerError as error:
        form.show(error)
        return _page(form, status_of(error))
    tell_done(
        _("已登记，引用该条款的文书都已标出。"), _("下一步：逐份核对；要改的修改文字，不用改的写明理由。")
    )
    return redirect(url_for("wordings.changes"))


@bp.post("/versions/<int:wording_id>/checks/<int:change_id>")
@needs(Permission.TEMPLATE_READ)
def check(wording_id: int, change_id: int) -> ResponseReturnValue:
    """核对无需修改."""
    form = CheckForm(ids=f"check{change_id}")
    try:
        check_wording(context(), change_id, wording_id, form.remark.data or "")
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return version_page(wording_id, {change_id: form}, status_of(error))
    tell_done(_("已核对，文字不用修改；理由已记录。"))
    return redirect(url_for("wordings.version", wording_id=wording_id))


def _page(form: ChangeForm, status: int = 200) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    page = render_template(
        "pages/wordings/changes.html",
        changes=list_changes(session, actor(), today()),
        form=form,
        may_record=may_record(context()),
    )
    return page, status
