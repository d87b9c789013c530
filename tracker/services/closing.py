"""Ends without a reply: 视为放弃 (Art 30, 42) and 撤回."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.dispositions import Disposition
from tracker.domain.errors import NotLawfulNow
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, CorrectionNotice, FeeNotice
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice


def abandon(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    checked: str,
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """视为放弃: the applicant let the period for correction or payment pass without good reason.

    ``checked``: what the person looked through before deciding (mail room, mailbox, portal). The 视为放弃告知书
    is issued with it unless ``with_letter`` is false. Raises ``NotLawfulNow``
    while the period still runs, unless a reason says that it happened all the same.
    """
    with acting(ctx, case_id, Action.ABANDON, expected_version, reason=reason) as case:
        ends_on, outcome = _awaited(ctx, case)
        if ends_on is not None and on <= ends_on and not reason:
            told = N_("申请人的补正（缴费）期限至 %(day)s 届满，此前不能视为放弃。")
            raise NotLawfulNow(told, day=ends_on)
        case.disposition = str(outcome)
        details: dict[str, object] = {"disposition": str(outcome)}
        if with_letter:
            details["letter_id"] = issue_notice(ctx, case, str(outcome), {}, on=on).id
        return append(ctx, case, NewEntry(EntryType.ABANDONED, on, details, text=checked), reason=reason)


def withdraw(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    statement: str,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """申请人撤回: ``statement`` says how and in what words the applicant withdrew."""
    with acting(ctx, case_id, Action.WITHDRAW, expected_version, reason=reason) as case:
        case.disposition = str(Disposition.OTHER)
        details = {"disposition": case.disposition}
        return append(ctx, case, NewEntry(EntryType.WITHDRAWN, on, details, text=statement), reason=reason)


def _awaited(ctx: Context, case: Case) -> tuple[date | None, Disposition]:
    """Until when the applicant had time, and the row of the annual table that follows."""
    if case.stage == Stage.AWAITING_PAYMENT:
        unpaid = (
            select(FeeNotice.payment_due_on)
            .where(FeeNotice.case_id == case.id, FeeNotice.paid_on.is_(None))
            .order_by(FeeNotice.id.desc())
        )
        return ctx.session.scalar(unpaid.limit(1)), Disposition.LAPSED_UNPAID
    uncorrected = (
        select(CorrectionNotice.answer_due_on)
        .where(CorrectionNotice.case_id == case.id, CorrectionNotice.corrected_on.is_(None))
        .order_by(CorrectionNotice.id.desc())
    )
    return ctx.session.scalar(uncorrected.limit(1)), Disposition.LAPSED_UNCORRECTED
