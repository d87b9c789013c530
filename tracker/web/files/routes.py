"""Handing out files, and taking them in."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.workflow import RULE_OF, Action
from tracker.queries.scope import get_case
from tracker.services.attachments import add_file, open_file
from tracker.web.access import needs, signed_in
from tracker.web.cases.page import render_case_page
from tracker.web.context import context
from tracker.web.files.forms import FileForm

bp = Blueprint("files", __name__)


@bp.get("/files/<int:attachment_id>")
@signed_in
def show(attachment_id: int) -> ResponseReturnValue:
    """One file, always as a download: nothing that was handed in is shown within our own pages."""
    file = open_file(context(), attachment_id)
    response = send_file(
        io.BytesIO(file.content),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.filename,
        max_age=0,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/cases/<int:case_id>/files")
@needs(RULE_OF[Action.ATTACH_FILE].permission)
def add(case_id: int) -> ResponseReturnValue:
    """添加材料."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id, RULE_OF[Action.ATTACH_FILE].permission)
    form = FileForm(ids=str(Action.ATTACH_FILE), version=case.version_id)
    form.panel_url = url_for("files.add", case_id=case_id)
    if not form.validate():
        return render_case_page(case_id, action=Action.ATTACH_FILE, form=form, status=422)
    try:
        added = add_file(ctx, case_id, form.uploads(), expected_version=None)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        status = 409 if isinstance(error, Conflict) else 422
        return render_case_page(case_id, action=Action.ATTACH_FILE, form=form, status=status)
    flash(_("已添加 %(count)d 份材料。", count=len(added)), "success")
    return redirect(url_for("cases.show", case_id=case_id))
