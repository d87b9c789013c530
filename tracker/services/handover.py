"""移交: cases of one person are offered to a colleague of the same organ, who accepts or declines them.

Until the colleague has accepted, the old handler remains responsible and goes on being alerted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.handovers import HandedCase, HandoverState
from tracker.domain.permissions import Permission
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.models import Account, Case, Handover, HandoverCase
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.queries.case_log import read_logs
from tracker.queries.handlers import list_handlers
from tracker.queries.handovers import already_offered, in_hand_of
from tracker.services.case_record import NewEntry, ReadAhead, append
from tracker.services.context import Context
from tracker.services.handover_alerts import give_alerts, resolve_offer, tell_of_handover
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many cases went over, and the numbers of those left out: archived, or given to somebody else meanwhile."""

    count: int
    left_out: tuple[str, ...]


def offer_handover(
    ctx: Context, *, organ_id: int, from_id: int, to_id: int | None, case_ids: Collection[int], reason: str
) -> int:
    """移交 the chosen cases of a handler, by that person or whoever heads the disclosure office; returns its id. The
    receiver is told; the handler is too, where somebody else arranged it.

    Raises ``Forbidden``; ``Invalid`` without a reason, a colleague who handles requests there, or a case; ``Invalid``
    naming cases that are not the person's any more or wait in another handover.
    """
    _authorise(ctx, organ_id, from_id)
    with transaction(ctx) as session:
        faults: dict[str, list[str]] = {}
        if not reason.strip():
            faults["reason"] = [N_("请写明移交的原因，例如休假起止日期或调离日期。")]
        if to_id == from_id or to_id not in {person.id for person in list_handlers(session, organ_id)}:
            faults["to_id"] = [N_("请选择本机关另一名在岗的经办人。")]
        cases = _offerable(ctx, organ_id, from_id, case_ids)
        if not case_ids:
            faults["cases"] = [N_("请至少选择一件申请件。")]
        elif len(cases) < len(set(case_ids)):
            faults["cases"] = [
                N_("所选的申请件中有的已经办结、已分办给他人或正在移交，请核对清单后重新提交。")
            ]
        if faults or to_id is None:
            raise Invalid(faults)
        handover = Handover(
            organ_id=organ_id,
            from_id=from_id,
            to_id=to_id,
            offered_by_id=ctx.actor.account_id,
            offered_on=ctx.today,
            reason=reason.strip(),
            state=str(HandoverState.OFFERED),
            cases=[HandoverCase(case_id=case.id) for case in cases],
        )
        session.add(handover)
        session.flush()
        tell_of_handover(ctx, handover, AlertKind.HANDOVER_OFFERED, [to_id], len(cases))
        return handover.id


def accept_handover(ctx: Context, handover_id: int) -> HandedOver:
    """接收: the receiver handles the cases from now on; each log names both, alerts that hold go over with them.

    Raises ``NotFound``, ``Forbidden`` for anybody but the receiver, ``NotLawfulNow`` once it has been decided.
    """
    with transaction(ctx) as session:
        handover = _load(ctx, handover_id)
        receiver = session.get_one(Account, handover.to_id)
        if ctx.actor.account_id != receiver.id or not ctx.actor.may(
            Permission.CASE_HANDLE, handover.organ_id
        ):
            raise Forbidden(N_("只有接收人本人可以接收这份移交。"))
        _require_waiting(handover)
        cases = session.scalars(
            select(Case)
            .where(Case.id.in_([each.case_id for each in handover.cases]))
            .options(selectinload(Case.clocks))
            .order_by(Case.id)
            .with_for_update(of=Case)
        ).all()
        outcomes = {case.id: _outcome(case, handover) for case in cases}
        handed = [case for case in cases if outcomes[case.id] is HandedCase.HANDED]
        _hand_over(ctx, handover, receiver, handed)
        for each in handover.cases:
            each.outcome = str(outcomes[each.case_id])
        _decide(ctx, handover, HandoverState.ACCEPTED)
        session.flush()
        give_alerts(ctx, handover, handed)
        others = [handover.from_id, handover.offered_by_id]
        tell_of_handover(ctx, handover, AlertKind.HANDOVER_ACCEPTED, others, len(handed))
        return HandedOver(len(handed), tuple(case.number for case in cases if case not in handed))


def decline_handover(ctx: Context, handover_id: int, reason: str) -> None:
    """不接收, by the receiver, saying why: the cases stay with the old handler, who is told.

    Raises ``NotFound``, ``Forbidden``, ``Invalid`` without a reason, ``NotLawfulNow`` once it has been decided.
    """
    with transaction(ctx):
        handover = _load(ctx, handover_id)
        if ctx.actor.account_id != handover.to_id:
            raise Forbidden(N_("只有接收人本人可以退回这份移交。"))
        _require_waiting(handover)
        if not reason.strip():
            raise Invalid({"decision_reason": [N_("请写明不接收的理由。")]})
        _keep(ctx, handover, HandoverState.DECLINED, reason.strip())
        others = [handover.from_id, handover.offered_by_id]
        tell_of_handover(ctx, handover, AlertKind.HANDOVER_DECLINED, others, len(handover.cases))


def withdraw_handover(ctx: Context, handover_id: int) -> None:
    """撤回, by the handler or whoever heads the disclosure office: the receiver has nothing to answer any more.

    Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow`` once it has been decided.
    """
    with transaction(ctx):
        handover = _load(ctx, handover_id)
        _authorise(ctx, handover.organ_id, handover.from_id)
        _require_waiting(handover)
        _keep(ctx, handover, HandoverState.WITHDRAWN, None)


def _authorise(ctx: Context, organ_id: int, from_id: int) -> None:
    own = from_id == ctx.actor.account_id and ctx.actor.may(Permission.HANDOVER_OFFER, organ_id)
    if not own and not ctx.actor.may(Permission.HANDOVER_ARRANGE, organ_id):
        raise Forbidden(N_("只能移交自己的申请件；他人的申请件由本机关工作机构负责人移交。"))


def _offerable(ctx: Context, organ_id: int, from_id: int, case_ids: Collection[int]) -> Sequence[Case]:
    return ctx.session.scalars(
        select(Case)
        .where(Case.id.in_(case_ids), in_hand_of(from_id, organ_id), ~already_offered())
        .order_by(Case.id)
    ).all()


def _load(ctx: Context, handover_id: int) -> Handover:
    organs = ctx.actor.organs_where(Permission.HANDOVER_OFFER)
    handover = ctx.session.scalar(
        select(Handover)
        .where(Handover.id == handover_id, Handover.organ_id.in_(organs))
        .with_for_update(of=Handover)
    )
    if handover is None:
        raise NotFound(N_("没有找到这份移交，或者它与您无关。"))
    return handover


def _require_waiting(handover: Handover) -> None:
    if handover.state != str(HandoverState.OFFERED):
        raise NotLawfulNow(N_("这份移交已经处理，请刷新页面查看。"))


def _outcome(case: Case, handover: Handover) -> HandedCase:
    running = any(clock.current and clock.state == str(ClockState.RUNNING) for clock in case.clocks)
    if case.stage == str(Stage.ARCHIVED) and not running:
        return HandedCase.CLOSED
    if case.handler_id != handover.from_id or case.organ_id != handover.organ_id:
        return HandedCase.MOVED
    return HandedCase.HANDED


def _hand_over(ctx: Context, handover: Handover, receiver: Account, cases: Sequence[Case]) -> None:
    session = ctx.session
    logs = read_logs(session, [case.id for case in cases])
    calendar = current_calendar(session)
    policy = policies_of(session, [handover.organ_id])[handover.organ_id]
    details = {"handover_id": handover.id, "from_id": handover.from_id, "handler_id": receiver.id}
    with session.no_autoflush:
        for case in cases:
            case.handler_id, case.handler_name = receiver.id, receiver.name
            entry = NewEntry(EntryType.HANDED_OVER, ctx.today, details)
            append(ctx, case, entry, ahead=ReadAhead(logs[case.id], calendar, policy))


def _keep(ctx: Context, handover: Handover, state: HandoverState, reason: str | None) -> None:
    for each in handover.cases:
        each.outcome = str(HandedCase.KEPT)
    handover.decision_reason = reason
    _decide(ctx, handover, state)


def _decide(ctx: Context, handover: Handover, state: HandoverState) -> None:
    handover.state = str(state)
    handover.decided_on, handover.decided_at = ctx.today, ctx.now
    resolve_offer(ctx, handover)
