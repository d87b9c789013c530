"""发收费通知, 登记缴费 (Art 42)."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as Optionally

from tracker.domain.case_log import EntryType
from tracker.domain.fees import FEE_BASIS_NAMES, FeeBasis, fee
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.fees import notify_fee, record_payment
from tracker.web.actions.forms.base import LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday

_WHOLE = _l("请填写 1 至 100000 之间的整数。")


class NotifyFeeForm(LateActForm):
    """发收费通知; the amount follows from the tariff."""

    action = Action.NOTIFY_FEE

    basis = RadioField(
        _l("计费方式"), [Filled()], choices=[(str(b), _l(n)) for b, n in FEE_BASIS_NAMES.items()]
    )
    quantity = IntegerField(_l("本次件数（页数）"), [Filled(), NumberRange(1, 100_000, _WHOLE)])
    earlier = IntegerField(
        _l("本月此前已计件数"), [Optionally(), NumberRange(0, 100_000, _WHOLE)], default=None
    )
    on = ChineseDateField(_l("通知日期"), [Filled(), NotAfterToday()], default=today)
    received_on = ChineseDateField(_l("申请人收到日期"), [NotAfterToday()])
    with_letter = BooleanField(_l("同时制发收费通知书"), default=True)

    @property
    def amount_text(self) -> str:
        """What the numbers in the form cost; empty while they are incomplete."""
        if self.errors or not self.basis.data or not self.quantity.data:
            return ""
        amount = fee(FeeBasis(self.basis.data), self.quantity.data, earlier=self.earlier.data or 0)
        return _("按标准计 %(amount)d 元。", amount=amount)

    def perform(self, ctx: Context, case_id: int) -> Said:
        notify_fee(
            ctx,
            case_id,
            basis=FeeBasis(self.basis.data),
            quantity=self.quantity.data or 0,
            earlier=self.earlier.data or 0,
            on=given(self.on),
            received_on=self.received_on.data,
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记收费通知，期限停止计算，等待缴费。"), _("下一步：寄出收费通知书；缴费后登记。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.FEE_NOTIFIED, given(self.on))


class RecordPaymentForm(LateActForm):
    """登记缴费."""

    action = Action.RECORD_PAYMENT

    on = ChineseDateField(_l("缴费日期"), [Filled(), NotAfterToday()], default=today)
    voucher_number = LineField(_l("财政票据（缴款书）号"), longest=64)

    def perform(self, ctx: Context, case_id: int) -> Said:
        record_payment(
            ctx,
            case_id,
            on=given(self.on),
            voucher_number=self.voucher_number.data or None,
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记缴费，期限重新计算。"), _("下一步：拟写答复。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.FEE_PAID, given(self.on))
