"""示范答复: the list, one of them, and marking by the legal advisor."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.dispositions import VARIANT_OF
from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.letters import get_letter
from tracker.queries.model_replies import find_model_of, get_model_reply, list_model_replies
from tracker.queries.scope import find_visible_case
from tracker.queries.subjects import list_subjects
from tracker.services.model_replies import Model, mark_model, propose_model, withdraw_model
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.knowledge import bp
from tracker.web.knowledge.forms import ModelForm, WithdrawForm
from tracker.web.knowledge.presenters import ground_name, model_line, model_lines
from tracker.web.letters.draft_form import outcome_choices
from tracker.web.list_state import ListState
from tracker.web.messages import tell_done


@bp.get("/models")
@needs(Permission.CASE_READ)
def models() -> ResponseReturnValue:
    """示范答复 by subject and ground."""
    state = ListState.from_request(("subject", "ground"))
    session = db.session()
    subjects = list_subjects(session)
    subject_id = state.number("subject", 0) or None
    ground = state.get("ground") if state.get("ground") in VARIANT_OF else ""
    found = list_model_replies(session, subject_id=subject_id, template=ground, page=state.number("page"))
    return render_template(
        "pages/knowledge/models.html",
        page=found,
        lines=model_lines(found.rows),
        state=state,
        subjects=[(each.id, each.name) for each in subjects],
        subject_id=subject_id,
        outcomes=_grouped(outcome_choices()[1:]),
        ground=ground,
        filtered=bool(subject_id or ground),
    )


def _grouped(choices: list[SelectChoice]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in choices:
        groups.setdefault(each.optgroup or "", []).append((each.value, each.label))
    return groups


@bp.get("/models/<int:model_id>")
@needs(Permission.CASE_READ)
def model(model_id: int) -> ResponseReturnValue:
    """One model reply, to read; its case for whom it is visible."""
    session = db.session()
    facts = get_model_reply(session, model_id)
    case = find_visible_case(session, actor(), facts.case_id) if facts.case_id else None
    return render_template(
        "pages/knowledge/model.html",
        facts=facts,
        line=model_line(facts),
        grounds=[ground_name(key) for key in facts.templates],
        case=case,
        may_mark=case is not None and actor().may(Permission.LETTER_REVIEW, case.organ_id),
        form=WithdrawForm(formdata=None, ids="withdraw"),
    )


@bp.route("/letters/<int:letter_id>/model", methods=["GET", "POST"])
@needs(Permission.LETTER_REVIEW)
def mark(letter_id: int) -> ResponseReturnValue:
    """标为示范答复: the text without the people in it, to be read and corrected."""
    ctx = context()
    proposed = propose_model(ctx, letter_id)
    letter = get_letter(ctx.session, ctx.actor, letter_id, Permission.LETTER_REVIEW)
    marked = find_model_of(ctx.session, letter_id)
    form = ModelForm(
        version=marked.version if marked else 0,
        text=proposed.text,
        comment=proposed.comment,
        subject_id=str(proposed.subject_id) if proposed.subject_id else "",
    )
    subjects = list_subjects(ctx.session)
    form.subject_id.offer(subjects, next((s for s in subjects if s.id == proposed.subject_id), None))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                model_id = _mark(letter_id, form)
            except (NotFound, Forbidden, NotLawfulNow):
                raise
            except TrackerError as error:
                form.show(error)
                if isinstance(error, Conflict):
                    fresh = find_model_of(db.session(), letter_id)
                    form.version.data, status = str(fresh.version if fresh else 0), 409
            else:
                tell_done(_("已标为示范答复。"), _("全区拟稿时，办理结果或者主题相同的会列出它。"))
                return redirect(url_for("knowledge.model", model_id=model_id))
    title = (letter.issued_content or letter.content)["title"]
    return render_template(
        "pages/knowledge/mark.html", letter=letter, title=title, form=form, marked=marked
    ), status


def _mark(letter_id: int, form: ModelForm) -> int:
    model = Model(form.text.data or "", form.comment.data or "", form.subject_id.number)
    return mark_model(context(), letter_id, model, expected_version=form.expected_version)


@bp.post("/models/<int:model_id>/withdraw")
@needs(Permission.LETTER_REVIEW)
def withdraw(model_id: int) -> ResponseReturnValue:
    """撤下示范."""
    withdraw_model(context(), model_id)
    tell_done(_("已撤下，拟稿时不再列出。"))
    return redirect(url_for("knowledge.model", model_id=model_id))
