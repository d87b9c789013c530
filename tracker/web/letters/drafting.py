"""拟稿: outcomes and grounds on the left, the letter as it will be on the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, Missing, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.workflow import Action
from tracker.extensions import db
from tracker.models import Case, Letter
from tracker.queries.letters import get_letter, list_items
from tracker.queries.model_replies import offered_models
from tracker.queries.scope import get_case
from tracker.queries.statute_changes import marked_of
from tracker.queries.subjects import find_subject_of
from tracker.services.case_record import require_offered
from tracker.services.draft_comments import OPEN_COMMENTS, open_comments
from tracker.services.legal_review import submit
from tracker.services.letter_facts import case_facts
from tracker.services.letter_files import line_of_file, list_attachable
from tracker.services.letters import (
    OPEN_STATUSES,
    Composed,
    Draft,
    DraftPart,
    compose_draft,
    find_open_reply,
    find_voided_reply,
    lacking_for,
    save_draft,
    superseded,
    versions_of,
    wordings_for,
)
from tracker.services.precedents import before_case, grounds_from
from tracker.web.access import needs
from tracker.web.actions.presenters import latest_entry_text
from tracker.web.context import actor, context
from tracker.web.i18n import tell
from tracker.web.knowledge.presenters import ModelLine, model_lines
from tracker.web.letters import bp
from tracker.web.letters.draft_form import (
    DraftForm,
    known_outcome,
    make_draft_form,
    sent_draft,
    with_sent_texts,
)
from tracker.web.letters.paper import paper
from tracker.web.letters.review_notes import last_reviewed, notes_on
from tracker.web.messages import tell_done
from tracker.web.precedents.presenters import BeforeView, before_view

SAVE, SUBMIT, ADD, PREVIEW, REMOVE, RENEW = "save", "submit", "add", "preview", "remove-", "renew"
ATTACH = "attach"


@dataclass(frozen=True)
class Desk:
    """What lies on the table: the case, and the letter once it is stored."""

    case: Case
    letter: Letter | None = None

    @property
    def version(self) -> int:
        """Of what is being edited: the letter, or the case while there is no letter yet."""
        return self.letter.version_id if self.letter else self.case.version_id


@bp.route("/cases/<int:case_id>/letters/new", methods=["GET", "POST"])
@needs(Permission.LETTER_DRAFT)
def new(case_id: int) -> ResponseReturnValue:
    """拟写答复, for a case that has no draft in this run."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id, Permission.LETTER_DRAFT)
    current = find_open_reply(ctx, case)
    if current is not None and request.method == "GET":
        return redirect(url_for("letters.edit", letter_id=current.id))
    require_offered(ctx, case, Action.DRAFT)
    if request.method == "POST":
        return _sent(Desk(case))
    return _show(Desk(case), _guided(_first_draft(case)))


@bp.route("/letters/<int:letter_id>/edit", methods=["GET", "POST"])
@needs(Permission.LETTER_DRAFT)
def edit(letter_id: int) -> ResponseReturnValue:
    """修改答复稿."""
    ctx = context()
    letter = get_letter(ctx.session, ctx.actor, letter_id, Permission.LETTER_DRAFT)
    if not letter.is_reply or letter.status not in OPEN_STATUSES or letter.case_id is None:
        raise NotLawfulNow(_("这份公文已经签发或者作废，不能再修改。"))
    desk = Desk(get_case(ctx.session, ctx.actor, letter.case_id, Permission.LETTER_DRAFT), letter)
    require_offered(ctx, desk.case, Action.DRAFT)
    if request.method == "POST":
        return _sent(desk)
    return _show(desk, _guided(Draft.from_values(letter.values)))


def _first_draft(case: Case) -> Draft:
    """One part for each item of the request; after a reply was voided, what that one said."""
    voided = find_voided_reply(context(), case)
    if voided is not None:
        return Draft.from_values(voided.values)
    items = list_items(db.session(), case.id)
    return Draft(tuple(DraftPart("", item) for item in items) or (DraftPart(""),))


def _guided(draft: Draft) -> Draft:
    """The draft with the outcome that 逐步判断 came to, for the item it was asked about; nothing is stored by it."""
    number = request.args.get("part", 0, type=int)
    template, under = known_outcome(request.args.get("template", ""), request.args.get("refused_under", ""))
    if not template or not 0 <= number < len(draft.parts):
        return draft
    parts = list(draft.parts)
    earlier = request.args.get("earlier", 0, type=int)
    if not earlier and (parts[number].template, parts[number].refused_under) == (template, under):
        return draft
    grounds = grounds_from(context(), template, earlier) if earlier else {}
    parts[number] = DraftPart(template, parts[number].item, grounds, under)
    return replace(draft, parts=tuple(parts), texts={})


def _sent(desk: Desk) -> ResponseReturnValue:
    step = request.form.get("step", PREVIEW)
    form = _form(desk, sent_draft(request.form), None, bound=True)
    draft = with_sent_texts(form.draft(), request.form)
    if step == ADD:
        return _show(desk, _with_one_more(desk, draft))
    if step == ATTACH:
        return _show(desk, _with_file(desk, draft))
    if step.startswith(REMOVE):
        return _show(desk, _without(draft, step.removeprefix(REMOVE)))
    if step not in (SAVE, SUBMIT):
        return _show(desk, draft, bound=True)
    form = _form(desk, draft, _composed(desk, draft), bound=True)
    if not form.validate():
        return _show(desk, draft, form, 422)
    return _store(desk, draft, form, step)


def _store(desk: Desk, draft: Draft, form: DraftForm, step: str) -> ResponseReturnValue:
    letter_id = desk.letter.id if desk.letter else None
    try:
        saved = save_draft(
            context(),
            desk.case.id,
            draft,
            letter_id=letter_id,
            expected_version=form.expected_version,
            renew=bool(request.form.get("renew")),
            dealt_with=_dealt(),
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        return _came_back(desk, draft, form, error)
    if saved.approval_voided:
        flash(_("文字已改动，原来的审查意见随之失效，须重新提交审查。"), "warning")
    if step == SAVE:
        _say(_("草稿已保存。"), _("下一步：核对无误后提交审查。"))
        return redirect(url_for("letters.edit", letter_id=saved.letter_id))
    try:
        reviewed = submit(context(), saved.letter_id, expected_version=saved.version)
    except (Missing, NotLawfulNow) as error:
        flash(_("草稿已保存，但还不能提交审查。"), "success")
        flash(tell(error), "warning")
        return redirect(url_for("letters.edit", letter_id=saved.letter_id))
    coming = _("下一步：由法律顾问进行合法性审查。") if reviewed else _("下一步：签发。")
    _say(_("已提交审查。") if reviewed else _("已提交。"), coming)
    return redirect(url_for("letters.show", letter_id=saved.letter_id))


def _open_notes(desk: Desk) -> tuple[str, ...]:
    """Comments of the reviewer stand in the way until each is ticked."""
    return (OPEN_COMMENTS,) if desk.letter and open_comments(desk.letter) else ()


def _dealt() -> frozenset[int]:
    """Comments the drafter ticked."""
    return frozenset(request.form.getlist("dealt", type=int))


def _say(happened: str, coming: str) -> None:
    tell_done(happened, coming)


def _came_back(desk: Desk, draft: Draft, form: DraftForm, error: TrackerError) -> ResponseReturnValue:
    """The form again with what is wrong; after a conflict it holds the version that is there now."""
    session = db.session()
    case = get_case(session, actor(), desk.case.id, Permission.LETTER_DRAFT)
    letter = find_open_reply(context(), case)
    now = Desk(case, letter)
    form.show(error)
    if isinstance(error, Conflict):
        form.version.data = str(now.version)
        form.form_errors.append(latest_entry_text(context(), case))
        return _show(now, draft, form, 409)
    return _show(now if desk.letter else Desk(case), draft, form, 422)


def _with_one_more(desk: Desk, draft: Draft) -> Draft:
    parts = list(draft.parts)
    if len(parts) == 1 and not parts[0].item:
        parts[0] = replace(parts[0], item=desk.case.description)
    return replace(draft, parts=(*parts, DraftPart("")))


def _with_file(desk: Desk, draft: Draft) -> Draft:
    """The draft with one more 附件: a file of the case, its pages counted."""
    chosen = request.form.get("attach_file", 0, type=int)
    if not chosen:
        return draft
    line = line_of_file(context(), desk.case, chosen)
    return draft if line in draft.attachments else replace(draft, attachments=(*draft.attachments, line))


def _without(draft: Draft, number: str) -> Draft:
    gone = int(number) if number.isdigit() else -1
    kept = tuple(part for n, part in enumerate(draft.parts) if n != gone)
    return replace(draft, parts=kept or draft.parts, texts={})


def _composed(desk: Desk, draft: Draft) -> Composed | None:
    """The draft in words; None while an outcome is not chosen yet."""
    if any(not part.template for part in draft.parts):
        return None
    return compose_draft(context(), desk.case, draft, _kept(desk))


def _local(desk: Desk, composed: Composed | None) -> list[str]:
    """Names of the documents of which the organ uses a wording of its own."""
    if composed is None:
        return []
    used = wordings_for(context(), desk.case, composed.versions)
    return [used[key].template.name for key in composed.versions if used[key].local]


def _kept(desk: Desk) -> Mapping[str, int]:
    """The wording versions the stored draft was written from; none when the drafter takes the present ones."""
    if desk.letter is None or request.form.get("step") == RENEW or request.form.get("renew"):
        return {}
    return versions_of(desk.letter)


def _form(desk: Desk, draft: Draft, composed: Composed | None, *, bound: bool) -> DraftForm:
    session = db.session()
    standard = _composed(desk, replace(draft, texts={})) if composed else None
    return make_draft_form(
        draft,
        wordings_for(context(), desk.case, _kept(desk)),
        case_facts(session, desk.case),
        composed.document if composed else None,
        standard.document if standard else None,
        formdata=request.form if bound else None,
        version=desk.version,
    )


def _before(case: Case) -> BeforeView:
    return before_view(before_case(context(), case), case.id, may_draft=True)


def _models(case: Case, draft: Draft) -> list[ModelLine]:
    """Model replies of the outcomes chosen; of the subject of the case while none is."""
    session = db.session()
    subject = find_subject_of(session, case.id)
    told = {key for part in draft.parts for key in (part.refused_under or part.template,) if key}
    return model_lines(offered_models(session, subject.id if subject else None, told))


def _show(
    desk: Desk, draft: Draft, form: DraftForm | None = None, status: int = 200, *, bound: bool = False
) -> ResponseReturnValue:
    composed = _composed(desk, draft)
    lacking = lacking_for(context(), desk.case, draft, composed) if composed else ()
    page = render_template(
        "pages/letters/edit.html",
        case=desk.case,
        letter=desk.letter,
        form=form or _form(desk, draft, composed, bound=bound),
        paper=paper(composed.document) if composed else None,
        lacking=[tell(fact) for fact in [*lacking, *_open_notes(desk)]],
        files=[(file.id, file.filename) for file in list_attachable(context(), desk.case)],
        local_wordings=_local(desk, composed),
        notes=notes_on(desk.letter, only_open=True) if desk.letter else {},
        dealt=_dealt(),
        since=last_reviewed(desk.letter) if desk.letter else None,
        superseded=superseded(context(), desk.case, desk.letter) if desk.letter else (),
        unchecked=marked_of(db.session(), actor(), composed.versions.values()) if composed else (),
        renewing=request.form.get("step") == RENEW or bool(request.form.get("renew")),
        before=_before(desk.case),
        models=_models(desk.case, draft),
        stands=bool(desk.letter and desk.letter.status in ("submitted", "approved")),
    )
    return page, status
