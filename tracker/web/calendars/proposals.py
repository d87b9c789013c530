"""A proposed year before the second person: what it changes, whose dates move, and the word on it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.year_checks import CHANGE_NAMES, changes_between, days_in_force, doubts_of
from tracker.extensions import db
from tracker.queries.calendar_moves import MovedClock, list_moves
from tracker.queries.calendar_proposals import STATUS_NAMES, ProposalFacts, get_proposal
from tracker.queries.calendars import current_calendar
from tracker.services.calendar_proposals import confirm_proposal, reject_proposal, withdraw_proposal
from tracker.services.calendars import calendar_with
from tracker.web.access import needs
from tracker.web.calendars import bp
from tracker.web.calendars.forms import ConfirmForm, DecisionForm
from tracker.web.calendars.moves import MovesPage, as_csv
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import tell
from tracker.web.list_state import ListState
from tracker.web.messages import tell_done


@dataclass(frozen=True, slots=True)
class Effects:
    """What a proposal would do now: both calendars and every clock that moves between them."""

    old: WorkCalendar
    new: WorkCalendar
    moved: list[MovedClock]


@bp.get("/proposals/<int:proposal_id>")
@needs(Permission.CALENDAR_CONFIRM)
def proposal(proposal_id: int) -> ResponseReturnValue:
    """One proposal; while it waits, the days and dates it changes as things stand at this moment."""
    return _page(proposal_id)


@bp.get("/proposals/<int:proposal_id>/moves.csv")
@needs(Permission.CALENDAR_CONFIRM)
def moves(proposal_id: int) -> ResponseReturnValue:
    """到期日变化清单, the whole list."""
    facts = get_proposal(db.session(), proposal_id)
    found = _effects(facts).moved if facts.is_open else []
    name = f"calendar-{facts.edition.year}-moves.csv"
    return Response(
        stream_with_context(as_csv(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@bp.post("/proposals/<int:proposal_id>/confirm")
@needs(Permission.CALENDAR_CONFIRM)
def confirm(proposal_id: int) -> ResponseReturnValue:
    """确认载入."""
    form = ConfirmForm(ids="confirm")
    try:
        done = confirm_proposal(
            context(),
            proposal_id,
            seen_version=form.expected_version,
            doubts_accepted=bool(form.doubts_accepted.data),
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(proposal_id, confirming=form, status=status_of(error))
    cases = len({m.case_id for m in done.moved if m.move.date_moves})
    tell_done(
        _("%(year)d 年工作日历已载入，第 %(version)d 版。", year=done.year, version=done.version),
        _("%(cases)d 件在办申请的到期日有变化，新旧日期已记入各件的办理记录。", cases=cases),
    )
    return redirect(url_for("calendars.edition", version=done.version))


@bp.post("/proposals/<int:proposal_id>/reject")
@needs(Permission.CALENDAR_CONFIRM)
def reject(proposal_id: int) -> ResponseReturnValue:
    """退回."""
    form = DecisionForm(ids="reject")
    if form.validate():
        try:
            reject_proposal(context(), proposal_id, form.decision_reason.data or "")
        except (NotFound, Forbidden):
            raise
        except TrackerError as error:
            form.show(error)
            return _page(proposal_id, rejecting=form, status=status_of(error))
        tell_done(_("已退回，工作日历没有改动。"), _("提出人会看到退回的原因，可以更正后重新提交。"))
        return redirect(url_for("calendars.history"))
    return _page(proposal_id, rejecting=form, status=422)


@bp.post("/proposals/<int:proposal_id>/withdraw")
@needs(Permission.CALENDAR_MANAGE)
def withdraw(proposal_id: int) -> ResponseReturnValue:
    """撤回."""
    form = DecisionForm(ids="withdraw")
    if form.validate():
        try:
            withdraw_proposal(context(), proposal_id, form.decision_reason.data or "")
        except (NotFound, Forbidden):
            raise
        except TrackerError as error:
            form.show(error)
            return _page(proposal_id, withdrawing=form, status=status_of(error))
        tell_done(_("已撤回，工作日历没有改动。"))
        return redirect(url_for("calendars.history"))
    return _page(proposal_id, withdrawing=form, status=422)


def _effects(facts: ProposalFacts) -> Effects:
    session = db.session()
    old = current_calendar(session)
    new = calendar_with(old, facts.edition)
    return Effects(old, new, list_moves(session, actor(), old, new, today()))


def _list_state(proposal_id: int) -> ListState:
    """Filters and page of the list, with the number of the proposal that belongs into each of its addresses."""
    asked = ListState.from_request(("effect", "organ"))
    return ListState("calendars.proposal", {**asked.values, "proposal_id": str(proposal_id)})


def _page(
    proposal_id: int,
    *,
    confirming: ConfirmForm | None = None,
    rejecting: DecisionForm | None = None,
    withdrawing: DecisionForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    facts = get_proposal(session, proposal_id)
    mine = facts.proposed_by_id == actor().account_id
    state = _list_state(proposal_id)
    known = {"facts": facts, "mine": mine, "status_name": STATUS_NAMES[facts.status]}
    if not facts.is_open:
        return render_template("pages/calendars/proposal.html", effects=None, **known), status
    effects = _effects(facts)
    in_force = effects.old.editions.get(facts.edition.year)
    confirming = confirming or ConfirmForm(formdata=None, ids="confirm")
    confirming.version.data = str(effects.old.version)
    page = render_template(
        "pages/calendars/proposal.html",
        **known,
        effects=MovesPage(effects.moved, effects.old, effects.new, today(), actor(), state),
        changes=changes_between(days_in_force(facts.edition.year, in_force), facts.edition.days),
        change_names=CHANGE_NAMES,
        correcting=in_force is not None,
        doubts=[tell(doubt) for doubt in doubts_of(facts.edition)],
        confirming=confirming,
        rejecting=rejecting or DecisionForm(formdata=None, ids="reject"),
        withdrawing=withdrawing or DecisionForm(formdata=None, ids="withdraw"),
    )
    return page, status
