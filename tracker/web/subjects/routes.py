"""The district's list of subjects, and the subject of one case."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.scope import get_case
from tracker.queries.subjects import find_subject_of, list_subjects
from tracker.services.subjects import add_subject, change_subject, classify
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.messages import tell_done
from tracker.web.subjects.forms import ClassifyForm, SubjectForm

bp = Blueprint("subjects", __name__)


@bp.route("/subjects", methods=["GET", "POST"])
@needs(Permission.SUBJECT_KEEP)
def index() -> ResponseReturnValue:
    """主题表: add, rename, retire."""
    form = SubjectForm(ids="new")
    if request.method == "GET":
        return _list(form)
    if not form.validate():
        return _list(form, status=422)
    try:
        add_subject(context(), form.name.data or "")
    except Invalid as error:
        form.show(error)
        return _list(form, status=422)
    tell_done(_("已增加主题“%(name)s”。", name=form.name.data))
    return redirect(url_for("subjects.index"))


@bp.post("/subjects/<int:subject_id>")
@needs(Permission.SUBJECT_KEEP)
def change(subject_id: int) -> ResponseReturnValue:
    """Rename a subject, retire it, or take it into use again."""
    form = SubjectForm(ids=f"subject-{subject_id}")
    if form.validate():
        try:
            change_subject(context(), subject_id, form.name.data or "", active=bool(form.active.data))
        except Invalid as error:
            form.show(error)
        else:
            tell_done(_("主题“%(name)s”已修改。", name=form.name.data))
            return redirect(url_for("subjects.index"))
    return _list(SubjectForm(ids="new", formdata=None), subject_id, form, 422)


@bp.route("/cases/<int:case_id>/subject", methods=["GET", "POST"])
@needs(Permission.CASE_HANDLE)
def of_case(case_id: int) -> ResponseReturnValue:
    """What a case is about."""
    session = db.session()
    case = get_case(session, actor(), case_id, Permission.CASE_HANDLE)
    kept, subjects = find_subject_of(session, case_id), list_subjects(session)
    form = ClassifyForm()
    if request.method == "GET":
        form.subject_id.data = str(kept.id) if kept else ""
    form.subject_id.offer(subjects, kept)
    status = 200
    if request.method == "POST" and form.validate():
        try:
            classify(context(), case_id, form.subject_id.number)
        except Invalid as error:
            form.show(error)
            status = 422
        else:
            tell_done(_("主题已保存。"))
            return redirect(url_for("cases.show", case_id=case_id))
    return render_template("pages/subjects/case.html", case=case, form=form), status


def _list(
    form: SubjectForm, changed: int | None = None, faulty: SubjectForm | None = None, status: int = 200
) -> ResponseReturnValue:
    rows = [
        (
            each,
            faulty
            if faulty is not None and each.id == changed
            else SubjectForm(ids=f"subject-{each.id}", formdata=None, name=each.name, active=each.active),
        )
        for each in list_subjects(db.session())
    ]
    return render_template("pages/subjects/index.html", form=form, rows=rows), status
