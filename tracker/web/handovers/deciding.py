"""One handover: its cases with their clocks, and the receiver's answer."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.handovers import HandoverFacts, cases_of, get_handover, outcomes_of
from tracker.services.handover import accept_handover, decline_handover, withdraw_handover
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.handovers import bp
from tracker.web.handovers.forms import AcceptForm, DeclineForm
from tracker.web.handovers.presenters import HandoverLine, handed_row
from tracker.web.messages import tell_done


@bp.get("/<int:handover_id>")
@needs(Permission.HANDOVER_OFFER)
def show(handover_id: int) -> ResponseReturnValue:
    """One handover, the most urgent case first."""
    return _page(handover_id)


@bp.post("/<int:handover_id>/accept")
@needs(Permission.HANDOVER_OFFER)
def accept(handover_id: int) -> ResponseReturnValue:
    """接收."""
    form = AcceptForm(ids="accept")
    if not form.validate():
        return _page(handover_id, accepting=form, status=422)
    try:
        done = accept_handover(context(), handover_id)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(handover_id, accepting=form, status=status_of(error))
    said = _("已接收 %(count)d 件申请件，从现在起由您办理。", count=done.count)
    if done.left_out:
        named = "、".join(done.left_out)
        tell_done(said, _("没有移交的：%(numbers)s，移交期间已经归档或分办给他人。", numbers=named))
    else:
        tell_done(said, _("提醒今后发给您；每件的办理记录已写明移交双方。"))
    return redirect(url_for("handovers.show", handover_id=handover_id))


@bp.post("/<int:handover_id>/decline")
@needs(Permission.HANDOVER_OFFER)
def decline(handover_id: int) -> ResponseReturnValue:
    """不接收."""
    form = DeclineForm(ids="decline")
    if form.validate():
        try:
            decline_handover(context(), handover_id, form.decision_reason.data or "")
        except (NotFound, Forbidden):
            raise
        except TrackerError as error:
            form.show(error)
            return _page(handover_id, declining=form, status=status_of(error))
        tell_done(_("已退回，申请件仍由原经办人办理。"), _("原经办人会看到您的理由，可以改交他人。"))
        return redirect(url_for("handovers.index"))
    return _page(handover_id, declining=form, status=422)


@bp.post("/<int:handover_id>/withdraw")
@needs(Permission.HANDOVER_OFFER)
def withdraw(handover_id: int) -> ResponseReturnValue:
    """撤回."""
    form = AcceptForm(ids="withdraw")
    if not form.validate():
        return _page(handover_id, withdrawing=form, status=422)
    try:
        withdraw_handover(context(), handover_id)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(handover_id, withdrawing=form, status=status_of(error))
    tell_done(_("已撤回移交，申请件仍由原经办人办理。"))
    return redirect(url_for("handovers.index"))


def _page(
    handover_id: int,
    *,
    accepting: AcceptForm | None = None,
    declining: DeclineForm | None = None,
    withdrawing: AcceptForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    facts = get_handover(session, actor(), handover_id)
    if (accepting or declining) and facts.to_id != actor().account_id:
        raise Forbidden(N_("只有接收人本人可以接收或者退回这份移交。"))
    outcomes = outcomes_of(session, handover_id)
    rows = cases_of(session, actor(), handover_id, current_calendar(session), today())
    page = render_template(
        "pages/handovers/show.html",
        line=HandoverLine(facts, actor()),
        facts=facts,
        rows=[handed_row(row, outcomes[row.id]) for row in rows],
        may_answer=facts.waits and facts.to_id == actor().account_id,
        may_withdraw=facts.waits and _may_withdraw(facts),
        accepting=accepting or AcceptForm(formdata=None, ids="accept"),
        declining=declining or DeclineForm(formdata=None, ids="decline"),
        withdrawing=withdrawing or AcceptForm(formdata=None, ids="withdraw"),
    )
    return page, status


def _may_withdraw(facts: HandoverFacts) -> bool:
    return facts.from_id == actor().account_id or actor().may(Permission.HANDOVER_ARRANGE, facts.organ_id)
