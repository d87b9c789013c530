"""Changing a wording: the district's, or an organ's own."""

from __future__ import annotations

from flask import redirect as go_to
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, TrackerError
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.merge_fields import FIELDS
from tracker.domain.permissions import Permission
from tracker.domain.template_source import reworded, template_source
from tracker.extensions import db
from tracker.queries.letter_templates import get_wording
from tracker.queries.wordings import DraftFacts, list_drafts
from tracker.services.wordings import Reworded, import_library, require_editor, save_wording
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.wordings import bp
from tracker.web.wordings.forms import ImportForm, WordingForm, first_day, wording_form
from tracker.web.wordings.presenters import sample_of

SUBMIT, PREVIEW = "submit", "preview"


@bp.route("/<wording_key>/edit", methods=["GET", "POST"])
@needs(Permission.TEMPLATE_READ)
def edit(wording_key: str) -> ResponseReturnValue:
    """修改文字, paragraph by paragraph; ``?organ=`` for an organ's own version."""
    organ_id = request.args.get("organ", type=int)
    begun = get_wording(db.session(), wording_key, today(), organ_id).template
    require_editor(context(), organ_id)
    drafts = list_drafts(db.session(), actor(), wording_key)
    draft = next((d for d in drafts if d.is_open and d.organ_id == organ_id), None)
    template = draft.template if draft else begun
    if request.method == "GET":
        begin = (
            {"reason": draft.reason, "in_force_from": draft.in_force_from} if draft else first_day(today())
        )
        form = wording_form(template, None, version=draft.version if draft else None, **begin)
        return _page(form, template, draft, organ_id)
    form = wording_form(template, request.form)
    complete = form.validate()
    sound = form.sound()
    step = request.form.get("step", "")
    if step == PREVIEW or not (sound and complete):
        return _page(form, template, draft, organ_id, 200 if step == PREVIEW and sound else 422)
    return _store(form, template, draft, organ_id, submit=step == SUBMIT)


def _store(
    form: WordingForm,
    template: LetterTemplate,
    draft: DraftFacts | None,
    organ_id: int | None,
    *,
    submit: bool,
) -> ResponseReturnValue:
    try:
        source = template_source(reworded(template, form.texts()))
        made = save_wording(
            context(),
            template.key,
            organ_id,
            Reworded(source, form.reason.data or "", form.in_force_from.data or today()),
            expected_version=form.expected_version or None,
            submit=submit,
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        if isinstance(error, Conflict) and draft is not None:
            form.version.data = str(draft.version)
        return _page(form, template, draft, organ_id, status_of(error))
    if submit:
        coming = _("下一步：由法律顾问审核。") if organ_id is None else _("下一步：由区政府办公室审核。")
        tell_done(_("已提交审核，现行文字没有改动。"), coming)
    else:
        tell_done(_("修改稿已保存，现行文字没有改动。"))
    return go_to(url_for("wordings.draft", wording_draft_id=made))


def _page(
    form: WordingForm,
    template: LetterTemplate,
    draft: DraftFacts | None,
    organ_id: int | None,
    status: int = 200,
) -> ResponseReturnValue:
    try:
        shown = sample_of(reworded(template, form.texts()))
    except TrackerError:
        shown = None
    page = render_template(
        "pages/wordings/edit.html",
        form=form,
        template=template,
        draft=draft,
        organ_id=organ_id,
        vocabulary=FIELDS.values(),
        paper=shown,
    )
    return page, status


@bp.route("/import", methods=["GET", "POST"])
@needs(Permission.TEMPLATE_EDIT)
def import_file() -> ResponseReturnValue:
    """导入文书库: drafts of what differs, nothing in force is touched."""
    form = ImportForm()
    if request.method == "GET":
        return render_template("pages/wordings/import.html", form=form)
    if form.validate() and isinstance(form.file.data, FileStorage):
        try:
            made = import_library(context(), form.file.data.read())
        except Invalid as error:
            form.show(error)
        else:
            tell_done(
                _("已生成 %(made)d 份修改稿，现行文字没有改动。", made=made),
                _("下一步：逐份核对后提交审核。"),
            )
            return go_to(url_for("wordings.index"))
    return render_template("pages/wordings/import.html", form=form), 422
