"""主动公开建议 (Art 44): what is often asked, proposals, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.disclosure import (
    BASIS_NAMES,
    LOOKED_BACK_YEARS,
    OUTCOME_NAMES,
    PROPOSAL_STATE_NAMES,
    Basis,
    OftenAsked,
    Outcome,
    ProposalState,
    often_asked,
)
from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.disclosure import (
    MOST_LOOKED_AT,
    ProposalRow,
    get_proposal,
    list_disclosed,
    list_proposals,
)
from tracker.queries.scope import get_case
from tracker.services.disclosure import (
    NewProposal,
    decide_disclosure,
    propose_disclosure,
    publish_disclosure,
)
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.i18n import tell
from tracker.web.knowledge import bp
from tracker.web.knowledge.forms import DecideForm, ProposeForm, PublishForm
from tracker.web.knowledge.organs import organs_read
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.messages import tell_done

MOST_OFFERED = 20
MOST_ALSO = 199


@dataclass(frozen=True, slots=True)
class OftenLine:
    """One information several applicants asked for."""

    description: str
    applicants: int
    requests: int
    last_on: date
    url: str


@bp.get("/disclosures")
@needs(Permission.CASE_READ)
def disclosures() -> ResponseReturnValue:
    """What is often asked of one organ, and the proposals of those one reads."""
    state = ListState.from_request(("organ", "state"))
    person, session = actor(), db.session()
    organs = organs_read(session, person)
    organ_id = _organ(state, organs)
    wanted = chosen(ProposalState, state.get("state"))
    now = today()
    since = date(now.year - LOOKED_BACK_YEARS, 1, 1)
    groups = often_asked(list_disclosed(session, person, organ_id, since)) if organ_id else ()
    may_propose = organ_id is not None and person.may(Permission.DISCLOSURE_PROPOSE, organ_id)
    return render_template(
        "pages/knowledge/disclosures.html",
        often=[_often_line(group, may_propose=may_propose) for group in groups[:MOST_OFFERED]],
        since=since,
        looked_at=MOST_LOOKED_AT,
        rows=list_proposals(session, person, organ_id=organ_id, state=wanted),
        names=PROPOSAL_STATE_NAMES,
        chips=[
            Chip(tell(name), state.toggled("state", str(each)), each is wanted, removable=True)
            for each, name in PROPOSAL_STATE_NAMES.items()
        ],
        organs=organs if len(organs) > 1 else (),
        organ_id=organ_id,
        state=state,
        wanted=wanted,
    )


def _organ(state: ListState, organs: list[tuple[int, str]]) -> int | None:
    """The organ asked for; the only one where there is one."""
    asked = state.number("organ", 0)
    if any(key == asked for key, _name in organs):
        return asked
    return organs[0][0] if len(organs) == 1 else None


def _often_line(group: OftenAsked, *, may_propose: bool) -> OftenLine:
    latest, *others = group.requests
    also = [each.case_id for each in others[:MOST_ALSO]]
    return OftenLine(
        latest.description,
        group.applicants,
        len(group.requests),
        latest.received_on,
        url_for("knowledge.propose", case_id=latest.case_id, also=also, basis=str(Basis.SEVERAL))
        if may_propose
        else "",
    )


@bp.route("/cases/<int:case_id>/disclosure", methods=["GET", "POST"])
@needs(Permission.DISCLOSURE_PROPOSE)
def propose(case_id: int) -> ResponseReturnValue:
    """提出主动公开建议, on one request and those that ask for the same."""
    session = db.session()
    case = get_case(session, actor(), case_id, Permission.DISCLOSURE_PROPOSE)
    also = [each for each in request.args.getlist("also", type=int)[:MOST_ALSO] if each < 2**31]
    basis = chosen(Basis, request.args.get("basis", "")) or Basis.SUGGESTED
    form = ProposeForm(title=case.description[:200], basis=str(basis), reason=_reason(basis, len(also) + 1))
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            picked = chosen(Basis, form.basis.data or "") or basis
            new = NewProposal(form.title.data or "", form.reason.data or "", picked)
            try:
                proposal_id = propose_disclosure(context(), case_id, also, new)
            except (NotFound, Forbidden):
                raise
            except TrackerError as error:
                form.show(error)
            else:
                tell_done(_("已提出主动公开建议。"), _("下一步：由机关的政府信息公开工作机构负责人审核。"))
                return redirect(url_for("knowledge.disclosure", disclosure_id=proposal_id))
    return render_template(
        "pages/knowledge/propose.html", case=case, form=form, requests=len(also) + 1
    ), status


def _reason(basis: Basis, requests: int) -> str:
    if basis is Basis.SEVERAL:
        return _("共有 %(n)d 件申请要求公开相同的信息，均已公开。", n=requests)
    return ""


@bp.get("/disclosures/<int:disclosure_id>")
@needs(Permission.CASE_READ)
def disclosure(disclosure_id: int) -> ResponseReturnValue:
    """One proposal: what, why, and what came of it."""
    return _page(get_proposal(db.session(), actor(), disclosure_id))


@bp.post("/disclosures/<int:disclosure_id>/decide")
@needs(Permission.DISCLOSURE_DECIDE)
def decide(disclosure_id: int) -> ResponseReturnValue:
    """采纳或者不采纳."""
    form = DecideForm(ids="decide")

    def act() -> None:
        outcome = Outcome(form.outcome.data)
        decide_disclosure(
            context(),
            disclosure_id,
            outcome,
            reason=form.reason.data or "",
            expected_version=form.expected_version,
        )
        after = _("下一步：公开后登记公开的日期和地方。") if outcome is Outcome.ACCEPTED else ""
        tell_done(_("审核意见已登记。"), after)

    return _perform(disclosure_id, form, act)


@bp.post("/disclosures/<int:disclosure_id>/publish")
@needs(Permission.DISCLOSURE_DECIDE)
def publish(disclosure_id: int) -> ResponseReturnValue:
    """登记已主动公开."""
    form = PublishForm(ids="publish")

    def act() -> None:
        publish_disclosure(
            context(),
            disclosure_id,
            on=form.on.data or today(),
            where=form.where.data or "",
            expected_version=form.expected_version,
        )
        tell_done(_("已登记主动公开。"), _("以后有人申请相同的信息，拟稿时会提示已经公开。"))

    return _perform(disclosure_id, form, act)


def _perform(
    disclosure_id: int, form: DecideForm | PublishForm, act: Callable[[], None]
) -> ResponseReturnValue:
    row = get_proposal(db.session(), actor(), disclosure_id)
    if not actor().may(Permission.DISCLOSURE_DECIDE, row.organ_id):
        raise Forbidden(_("是否采纳由该机关的政府信息公开工作机构负责人决定。"))
    status = 422
    if form.validate():
        try:
            act()
        except (NotFound, Forbidden):
            raise
        except TrackerError as error:
            form.show(error)
            if isinstance(error, Conflict):
                row = get_proposal(db.session(), actor(), disclosure_id)
                form.version.data, status = str(row.version), 409
        else:
            return redirect(url_for("knowledge.disclosure", disclosure_id=disclosure_id))
    return _page(row, form, status)


def _page(row: ProposalRow, tried: Any = None, status: int = 200) -> ResponseReturnValue:
    may_decide = actor().may(Permission.DISCLOSURE_DECIDE, row.organ_id)
    fresh = {"formdata": None, "version": row.version}
    return render_template(
        "pages/knowledge/disclosure.html",
        row=row,
        basis=tell(BASIS_NAMES[row.basis]),
        state=tell(PROPOSAL_STATE_NAMES[row.state]),
        outcome=tell(OUTCOME_NAMES[row.outcome]) if row.outcome else "",
        may_decide=may_decide and row.outcome is None,
        may_publish=may_decide and row.outcome is Outcome.ACCEPTED,
        decide_form=tried if isinstance(tried, DecideForm) else DecideForm(ids="decide", **fresh),
        publish_form=tried
        if isinstance(tried, PublishForm)
        else PublishForm(ids="publish", on=row.published_on or today(), where=row.public_where, **fresh),
    ), status
