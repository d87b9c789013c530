"""The administrator's list of organs and the settings of each."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.organs import ORGAN_KIND_NAMES
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.organs import get_organ, list_organs
from tracker.services import organs
from tracker.web.access import needs
from tracker.web.context import context
from tracker.web.organs import bp
from tracker.web.organs.forms import OrganForm


@bp.get("")
@needs(Permission.ORGAN_MANAGE)
def index() -> ResponseReturnValue:
    """机关."""
    rows = list_organs(db.session())
    return render_template("pages/organs/index.html", organs=rows, kind_names=ORGAN_KIND_NAMES)


@bp.route("/<int:organ_id>", methods=["GET", "POST"])
@needs(Permission.ORGAN_MANAGE)
def edit(organ_id: int) -> ResponseReturnValue:
    """机关设置."""
    organ = get_organ(db.session(), organ_id)
    form = OrganForm(obj=organ, version=organ.version_id)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                organs.change_settings(
                    context(), organ_id, form.settings(), expected_version=form.expected_version
                )
            except Invalid as error:
                form.show(error)
            except Conflict as error:
                # What was typed stays; sent again, it is meant to replace what the other person saved.
                status = 409
                form.version.data = str(get_organ(db.session(), organ_id).version_id)
                form.show(error)
            else:
                flash(_("%(organ)s的设置已保存，今后拟写的公文使用新的内容。", organ=organ.name), "success")
                return redirect(url_for("organs.index"))
    return render_template("pages/organs/edit.html", organ=organ, form=form), status
