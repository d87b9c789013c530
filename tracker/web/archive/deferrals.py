"""暂缓销毁: keeping one closed file beyond its period, and ending that."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.services.destruction import defer_destruction, lift_deferral
from tracker.web.access import needs
from tracker.web.archive import bp
from tracker.web.archive.case_file import file_page
from tracker.web.archive.forms import DeferForm, RemovePaperForm
from tracker.web.context import context
from tracker.web.errors import status_of
from tracker.web.messages import tell_done


@bp.post("/cases/<int:case_id>/file/deferral")
@needs(Permission.DESTRUCTION_PROPOSE)
def defer(case_id: int) -> ResponseReturnValue:
    """暂缓销毁."""
    form = DeferForm(ids="defer")
    if not form.validate():
        return file_page(case_id, deferring=form, status=422)
    try:
        defer_destruction(context(), case_id, form.reason.data or "", form.until.data)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return file_page(case_id, deferring=form, status=status_of(error))
    tell_done(_("已登记暂缓销毁。"), _("解除以前，这件案卷不能列入销毁清册；已经列入的，确认时保留。"))
    return redirect(url_for("archive.of_case", case_id=case_id))


@bp.post("/cases/<int:case_id>/file/deferral/lift")
@needs(Permission.DESTRUCTION_PROPOSE)
def lift(case_id: int) -> ResponseReturnValue:
    """解除暂缓."""
    if RemovePaperForm(ids="lift").validate():
        lift_deferral(context(), case_id)
        tell_done(_("已解除暂缓销毁。"))
    return redirect(url_for("archive.of_case", case_id=case_id))
