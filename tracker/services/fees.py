"""收费通知 and 缴费 (Art 42): the clock waits for payment; from the day of payment the period counts anew."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid
from tracker.domain.fees import FEE_BASIS_NAMES, FEE_TARIFFS, FeeBasis, fee
from tracker.domain.periods import last_day
from tracker.domain.statute import RuleKey
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, FeeNotice, Letter
from tracker.queries.calendars import current_calendar
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice

_MOST = 100_000
_UNITS = {FeeBasis.ITEM: "件", FeeBasis.PAGE: "页"}
_WAY = "凭非税收入缴款书到指定银行缴纳，资金全额上缴国库"


def notify_fee(
    ctx: Context,
    case_id: int,
    *,
    basis: FeeBasis,
    quantity: int,
    on: date,
    earlier: int = 0,
    received_on: date | None = None,
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """发收费通知; the amount follows from the tariff. The 收费通知书 is issued with it unless ``with_letter`` is false.
    ``earlier``: items of the applicant already counted this month.
    ``received_on``: the day the applicant received the notice, where known: from it run the 20 working days to pay."""
    if not 1 <= quantity <= _MOST or not 0 <= earlier <= _MOST:
        raise Invalid({"quantity": [N_("请填写 1 至 100000 之间的数。")]})
    amount = fee(basis, quantity, earlier=earlier)
    if amount == 0:
        raise Invalid({"quantity": [N_("未超过免费数量（10 件、30 页），不收费，请勿发收费通知。")]})
    if received_on is not None and received_on < on:
        raise Invalid({"received_on": [N_("收到的日期不能早于发出的日期，请核对。")]})
    with acting(ctx, case_id, Action.NOTIFY_FEE, expected_version, reason=reason) as case:
        notice = FeeNotice(
            case_id=case.id,
            basis=str(basis),
            quantity=quantity,
            amount_yuan=amount,
            notified_on=on,
            payment_due_on=last_day(RuleKey.PAYMENT, received_on or on, current_calendar(ctx.session)),
        )
        ctx.session.add(notice)
        ctx.session.flush()
        details: dict[str, object] = {"fee_notice_id": notice.id, "amount_yuan": amount}
        if with_letter:
            details["letter_id"] = notice.letter_id = _issue(ctx, case, notice).id
        if earlier:
            details["earlier"] = earlier
        if received_on is not None:
            details["received_on"] = received_on.isoformat()
        return append(ctx, case, NewEntry(EntryType.FEE_NOTIFIED, on, details), reason=reason)


def _issue(ctx: Context, case: Case, notice: FeeNotice) -> Letter:
    basis = FeeBasis(notice.basis)
    facts = {
        "fee_basis": FEE_BASIS_NAMES[basis],
        "fee_quantity": f"{notice.quantity}{_UNITS[basis]}",
        "fee_tariff": FEE_TARIFFS[basis],
        "fee_way": _WAY,
        "fee_amount": str(notice.amount_yuan),
    }
    return issue_notice(ctx, case, "fee_notice", facts, on=notice.notified_on)


def record_payment(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    voucher_number: str | None = None,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """登记缴费 (非税收入缴款书): a new run of 20 working days from the day of payment."""
    with acting(ctx, case_id, Action.RECORD_PAYMENT, expected_version, reason=reason) as case:
        notice = open_fee_notice(ctx, case)
        details: dict[str, object] = {}
        if notice is not None:
            notice.paid_on = on
            notice.voucher_number = voucher_number or None
            details["fee_notice_id"] = notice.id
        return append(ctx, case, NewEntry(EntryType.FEE_PAID, on, details), reason=reason)


def open_fee_notice(ctx: Context, case: Case) -> FeeNotice | None:
    """The notice that is not paid yet."""
    return ctx.session.scalars(
        select(FeeNotice)
        .where(FeeNotice.case_id == case.id, FeeNotice.paid_on.is_(None))
        .order_by(FeeNotice.id.desc())
        .limit(1)
    ).first()
