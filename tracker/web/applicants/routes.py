"""查看个人信息: in full only with a reason, which is kept."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission
from tracker.queries.applicants import get_applicant
from tracker.queries.scope import get_case
from tracker.services.personal_data import (
    LONGEST_REASON,
    PERSONAL_FIELD_NAMES,
    PersonalField,
    find_field,
    unmask,
)
from tracker.web.access import needs
from tracker.web.context import context
from tracker.web.forms import LineField, TrackerForm
from tracker.web.i18n import tell

bp = Blueprint("applicants", __name__, url_prefix="/applicants")


class ReasonForm(TrackerForm):
    """Why somebody wants to see it."""

    reason = LineField(_l("查看事由"), longest=LONGEST_REASON)


@bp.post("/<int:applicant_id>/unmask", endpoint="unmask")
@needs(Permission.PERSON_UNMASK)
def unmask_field(applicant_id: int) -> ResponseReturnValue:
    """Ask for the reason, then show one value on a page that no cache keeps."""
    ctx = context()
    applicant = get_applicant(ctx.session, ctx.actor, applicant_id)
    case = get_case(ctx.session, ctx.actor, applicant.case_id)
    field = find_field(request.form.get("field", ""))
    form, value, status = ReasonForm(), None, 200
    if "reason" in request.form and form.validate():
        try:
            value = unmask(ctx, applicant_id, field, form.reason.data or "")
        except Invalid as error:
            form.show(error)
            status = 422
    page = render_template(
        "pages/applicants/unmask.html",
        form=form,
        value=value,
        field=field,
        label=tell(PERSONAL_FIELD_NAMES[PersonalField(field)]),
        case_id=applicant.case_id,
        number=case.number,
    )
    return page, status
