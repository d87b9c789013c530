"""合法性审查: the draft, and beside it the request, what is on record, the clock, earlier cases and the checklist."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow, TrackerError
from tracker.domain.letter_document import LetterDocument
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.models import Case, Letter
from tracker.queries.advice import list_advice
from tracker.queries.letters import get_letter
from tracker.queries.scope import get_case
from tracker.queries.similar_cases import find_similar
from tracker.queries.statute_changes import marked_of
from tracker.services import legal_review
from tracker.services.legal_review import Verdict
from tracker.services.letter_acts import LetterAct, letter_acts
from tracker.services.letters import Draft, versions_of
from tracker.services.review_comments import comment
from tracker.services.review_facts import checklist_for
from tracker.web.access import needs
from tracker.web.cases.case_page import read_case_page
from tracker.web.cases.clock_card import clock_card
from tracker.web.cases.facts import facts_view
from tracker.web.cases.timeline import timeline
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.letters import bp
from tracker.web.letters.paper import paper
from tracker.web.letters.presenters import decision_view
from tracker.web.letters.review_form import ReviewForm, review_form
from tracker.web.letters.review_notes import last_reviewed, notes_on, similar_lines
from tracker.web.messages import tell_done

COMMENT = "comment"
EVIDENCE = frozenset(
    {
        EntryType.CORRECTION_REQUESTED,
        EntryType.CORRECTED,
        EntryType.FEE_NOTIFIED,
        EntryType.FEE_PAID,
        EntryType.SUSPENDED,
        EntryType.CONSULTATION_DELIVERED,
        EntryType.RESUMED,
        EntryType.EXTENDED,
        EntryType.JUSTIFICATION_REQUESTED,
        EntryType.JUSTIFIED,
        EntryType.DELAYED,
        EntryType.SEARCH_RECORDED,
        EntryType.SECRECY_REVIEWED,
        EntryType.CALL_RECORDED,
        EntryType.NOTE_ADDED,
        EntryType.ORDERED_ANEW,
    }
)
"""What an advisor reads beside the draft; the steps of the draft itself are told elsewhere."""


@bp.route("/letters/<int:letter_id>/review", methods=["GET", "POST"])
@needs(Permission.LETTER_REVIEW)
def review(letter_id: int) -> ResponseReturnValue:
    """合法性审查 of the draft as it reads now; decided elsewhere or changed meanwhile, it says so."""
    letter, case = _under_review(letter_id)
    if letter.status != "submitted" and request.method == "GET":
        return redirect(url_for("letters.show", letter_id=letter_id))
    form = _form(case, letter)
    if request.method == "GET":
        return _page(case, letter, form)
    if request.form.get("step") == COMMENT:
        return _commented(letter_id, form)
    if not form.validate():
        return _page(case, letter, form, 422)
    try:
        opinion = form.said()
        decided = legal_review.review(context(), letter_id, opinion, expected_version=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        return _came_back(letter_id, form, error)
    if opinion.verdict is Verdict.RETURNED:
        tell_done(_("已退回修改，意见和批注已记入案卷。"), _("下一步：经办人修改后重新提交。"))
    elif decided.amended:
        tell_done(
            _("已修改通过：改后的文字就是通过的文字，修改之处已留存。"),
            _("下一步：签发。经办人不同意修改的，可以再改，再改即须重新审查。"),
        )
    else:
        tell_done(_("审查通过，意见已记入案卷。"), _("下一步：签发。此后文字如有改动，本次审查即失效。"))
    return redirect(url_for("letters.show", letter_id=letter_id))


def _under_review(letter_id: int) -> tuple[Letter, Case]:
    letter = get_letter(db.session(), actor(), letter_id, Permission.LETTER_REVIEW)
    if letter.case_id is None or not letter.is_reply or not letter.content or not letter.values:
        raise NotLawfulNow(_("这份公文不经过合法性审查。"))
    return letter, get_case(db.session(), actor(), letter.case_id, Permission.LETTER_REVIEW)


def _form(case: Case, letter: Letter) -> ReviewForm:
    checklist = checklist_for(context(), case, letter)
    return review_form(checklist, LetterDocument.from_data(letter.content), version=letter.version_id)


def _commented(letter_id: int, form: ReviewForm) -> ResponseReturnValue:
    """Keep the comments alone; everything else that was typed stays in its field."""
    fields = [form[f"comment-{block.key}"] for block in form.blocks]
    if not all(field.validate(form) for field in fields):
        letter, case = _under_review(letter_id)
        return _page(case, letter, form, 422)
    try:
        made = comment(context(), letter_id, form.comments(), expected_version=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        return _came_back(letter_id, form, error)
    form.without_comments()
    letter, case = _under_review(letter_id)
    form.version.data = str(letter.version_id)
    said = _("已保存 %(n)d 条批注，其他填写的内容还没有提交。", n=made) if made else _("没有新的批注。")
    return _page(case, letter, form, said=said)


def _came_back(letter_id: int, form: ReviewForm, error: TrackerError) -> ResponseReturnValue:
    db.session().rollback()
    letter, case = _under_review(letter_id)
    form.show(error)
    if isinstance(error, Conflict):
        form.version.data = str(letter.version_id)
    return _page(case, letter, form, status_of(error))


def _page(
    case: Case, letter: Letter, form: ReviewForm, status: int = 200, said: str = ""
) -> ResponseReturnValue:
    session, page = db.session(), read_case_page(context(), case.id)
    acts = letter_acts(context(), case, letter)
    draft = Draft.from_values(letter.values)
    templates = [part.template for part in draft.parts]
    templates += [part.refused_under for part in draft.parts if part.refused_under]
    told = {t.entry.seq for t in page.record.entries if t.entry.type in EVIDENCE}
    body = render_template(
        "pages/letters/review.html",
        case=case,
        letter=letter,
        form=form,
        said=said,
        may_decide=LetterAct.REVIEW in acts,
        own_hand=acts.own_hand,
        paper=paper(LetterDocument.from_data(letter.content)),
        notes=notes_on(letter),
        since=last_reviewed(letter),
        card=clock_card(page.record, page.today),
        facts=facts_view(page),
        evidence=[e for e in timeline(page.record) if e.seq in told],
        searches=page.record.searches,
        unchecked=marked_of(session, actor(), versions_of(letter).values()),
        advice=list_advice(session, actor(), case.id, today()),
        similar=similar_lines(find_similar(session, actor(), case, templates)),
        earlier=[decision_view(r) for r in reversed(letter.reviews)],
    )
    return body, status
