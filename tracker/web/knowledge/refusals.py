"""不予公开的定期审查 (Art 18): what is due, and the reviews of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.disclosure import PROPOSAL_STATE_NAMES
from tracker.domain.dispositions import ROW_OF
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.refusal_reviews import MAY_BE_PUBLIC, REVIEW_MONTHS, REVIEW_RESULT_NAMES, ReviewResult
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.disclosure import proposals_of_case
from tracker.queries.refusal_reviews import RefusalRow, Wanted, find_refusal, list_refusals, list_reviews
from tracker.queries.scope import get_case
from tracker.services.refusal_reviews import review_refusal
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.i18n import full_day, tell
from tracker.web.knowledge import bp
from tracker.web.knowledge.forms import RefusalReviewForm
from tracker.web.knowledge.organs import organs_read
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.messages import tell_done

WANTED_NAMES: dict[Wanted, str] = {
    Wanted.DUE: N_("到期应审查"),
    Wanted.SOON: N_("一个月内到期"),
    Wanted.ALL: N_("全部"),
}


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A refusal as the list shows it; ``late``: days since the review was due."""

    url: str
    number: str
    organ: str
    description: str
    ground: str
    replied_on: date
    last: str
    last_on: date | None
    due_on: date | None
    late: int


def refusal_line(row: RefusalRow, now: date) -> RefusalLine:
    """A row in words."""
    return RefusalLine(
        url=url_for("knowledge.refusal", case_id=row.case_id),
        number=row.number,
        organ=row.organ,
        description=row.description,
        ground=tell(ROW_OF[row.disposition].name),
        replied_on=row.replied_on,
        last=tell(REVIEW_RESULT_NAMES[row.last_result]) if row.last_result else "",
        last_on=row.last_on,
        due_on=row.due_on,
        late=max((now - row.due_on).days, 0) if row.due_on else 0,
    )


@bp.get("/refusals")
@needs(Permission.CASE_READ)
def refusals() -> ResponseReturnValue:
    """What is due to be reviewed, the longest due first."""
    state = ListState.from_request(("which", "organ"), {"which": str(Wanted.DUE)})
    wanted = chosen(Wanted, state.get("which")) or Wanted.DUE
    person, session = actor(), db.session()
    organs = organs_read(session, person)
    organ_id = state.number("organ", 0) or None
    found = list_refusals(session, person, today(), wanted, organ_id=organ_id, page=state.number("page"))
    return render_template(
        "pages/knowledge/refusals.html",
        page=found,
        lines=[refusal_line(row, today()) for row in found.rows],
        state=state,
        wanted=str(wanted),
        chips=[
            Chip(tell(name), state.url(which=str(each)), each is wanted)
            for each, name in WANTED_NAMES.items()
        ],
        organs=organs if len(organs) > 1 else (),
        organ_id=organ_id,
        months=REVIEW_MONTHS,
    )


@bp.route("/cases/<int:case_id>/refusal", methods=["GET", "POST"])
@needs(Permission.CASE_READ)
def refusal(case_id: int) -> ResponseReturnValue:
    """Reviews of one refusal, and the form of the next."""
    session, person = db.session(), actor()
    writing = request.method == "POST"
    case = get_case(session, person, case_id, Permission.REFUSAL_REVIEW if writing else Permission.CASE_READ)
    row = find_refusal(session, case)
    if row is None:
        raise NotLawfulNow(N_("只审查依照第十四条至第十六条不予公开、已经答复的申请件。"))
    form = RefusalReviewForm(on=today())
    status = 200
    if writing:
        status = 422
        if form.validate():
            try:
                return _reviewed(case_id, form)
            except Invalid as error:
                form.show(error)
    return render_template(
        "pages/knowledge/refusal.html",
        case=case,
        line=refusal_line(row, today()),
        reviews=[(each, tell(REVIEW_RESULT_NAMES[each.result])) for each in list_reviews(session, case_id)],
        form=form,
        may_review=row.due_on is not None and person.may(Permission.REFUSAL_REVIEW, case.organ_id),
        may_propose=row.last_result in MAY_BE_PUBLIC
        and person.may(Permission.DISCLOSURE_PROPOSE, case.organ_id),
        proposals=[
            (url_for("knowledge.disclosure", disclosure_id=key), title, tell(PROPOSAL_STATE_NAMES[state]))
            for key, title, state in proposals_of_case(session, case_id)
        ],
    ), status


def _reviewed(case_id: int, form: RefusalReviewForm) -> ResponseReturnValue:
    result, on = chosen(ReviewResult, form.result.data or ""), form.on.data
    if result is None or on is None:
        raise NotFound(N_("没有这种审查结果。"))
    coming = review_refusal(context(), case_id, result, on=on, note=form.note.data or "")
    if result in MAY_BE_PUBLIC:
        after = _("下一步：可以公开的应当公开，请提出主动公开建议。")
    elif coming is not None:
        after = _("下次审查：%(day)s前。", day=full_day(coming))
    else:
        after = ""
    tell_done(_("审查结果已登记。"), after)
    return redirect(url_for("knowledge.refusal", case_id=case_id))
