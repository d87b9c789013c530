"""一封多件: the other requests of an envelope, one a line."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.scope import get_case
from tracker.services.same_envelope import register_same_envelope
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.errors import status_of
from tracker.web.forms import Filled, ParagraphField, TrackerForm
from tracker.web.messages import tell_done
from tracker.web.registration.routes import bp

LONGEST = 60_000


class EnvelopeForm(TrackerForm):
    """What the other requests ask for."""

    descriptions = ParagraphField(_l("其余各件申请的内容"), [Filled()], longest=LONGEST)


@bp.route("/cases/<int:case_id>/same-envelope", methods=["GET", "POST"])
@needs(Permission.CASE_REGISTER)
def same_envelope(case_id: int) -> ResponseReturnValue:
    """一封多件: register once and vary."""
    case = get_case(db.session(), actor(), case_id, Permission.CASE_REGISTER)
    if request.method == "GET":
        form, status = EnvelopeForm(formdata=None, version=case.version_id), 200
    else:
        form, status = EnvelopeForm(), 422
        if form.validate():
            try:
                done = register_same_envelope(
                    context(), case_id, form.descriptions.data or "", expected_version=form.expected_version
                )
            except (NotFound, Forbidden):
                raise
            except TrackerError as error:
                form.show(error)
                status = status_of(error)
                case = get_case(db.session(), actor(), case_id)
                if isinstance(error, Conflict):
                    form.version.data = str(case.version_id)
            else:
                numbers = "、".join(each.number for each in done)
                said = _("已登记 %(count)d 件：%(numbers)s。", count=len(done), numbers=numbers)
                tell_done(said, _("下一步：逐件初审；各件分别计算期限、分别答复。"))
                return redirect(url_for("cases.show", case_id=case_id))
    return render_template("pages/registration/same_envelope.html", form=form, case=case), status
