"""申请延期, 审批延期 (Art 33(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import NumberRange

from tracker.domain.case_clocks import ClockKind
from tracker.domain.case_log import EntryType, effective
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.statute import EXTENSION_DAYS
from tracker.domain.workflow import Action
from tracker.models import Case, Extension
from tracker.queries.case_log import read_log
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.extension import (
    approve_extension,
    find_pending_extension,
    refuse_extension,
    request_extension,
)
from tracker.web.actions.forms.base import ActForm, LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField
from tracker.web.i18n import full_day, tell

APPROVE, REFUSE = "approve", "refuse"


class RequestExtensionForm(ActForm):
    """申请延期 by the handler."""

    action = Action.REQUEST_EXTENSION

    days = IntegerField(
        _l("延长的工作日"),
        [Filled(), NumberRange(1, EXTENSION_DAYS, _l("请填写 1 至 20 之间的整数。"))],
        default=EXTENSION_DAYS,
    )
    grounds = ParagraphField(_l("延期理由"), [Filled()], longest=2000)
    on = ChineseDateField(_l("申请日期"), [Filled(), NotAfterToday()], default=today)

    def perform(self, ctx: Context, case_id: int) -> Said:
        request_extension(
            ctx,
            case_id,
            days=self.days.data or 0,
            grounds=self.grounds.data or "",
            on=given(self.on),
            expected_version=self.expected_version,
        )
        return _("已提出延期申请，期限暂不变。"), _("下一步：由政府信息公开工作机构负责人审批。")


class DecideExtensionForm(LateActForm):
    """审批延期 by the head of the disclosure office."""

    action = Action.DECIDE_EXTENSION
    asked: Extension | None = None
    received_on: date | None = None
    due_on: date | None = None
    history: tuple[tuple[date, str], ...] = ()
    """What was recorded so far, oldest first, for the head who decides without leaving the page."""

    decision = RadioField(
        _l("决定"), [Filled()], choices=[(APPROVE, _l("批准")), (REFUSE, _l("不批准"))], default=APPROVE
    )
    days = IntegerField(_l("延长的工作日"), [NumberRange(1, 250, _l("请填写不小于 1 的整数。"))])
    on = ChineseDateField(_l("批准并告知申请人的日期"), [Filled(), NotAfterToday()], default=today)
    opinion = ParagraphField(_l("意见"), longest=2000)
    with_letter = BooleanField(_l("同时制发延期答复告知书"), default=True)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        asked = find_pending_extension(ctx, case)
        return {"days": asked.days if asked else EXTENSION_DAYS}

    def offer_choices(self, ctx: Context, case: Case) -> None:
        self.asked = find_pending_extension(ctx, case)
        self.received_on = case.received_on
        self.due_on = next((c.due_on for c in case.clocks if c.current and c.kind == ClockKind.REPLY), None)
        entries = sorted(effective(read_log(ctx.session, case.id)), key=lambda entry: (entry.on, entry.seq))
        self.history = tuple((entry.on, tell(ENTRY_NAMES[entry.type])) for entry in entries)

    def perform(self, ctx: Context, case_id: int) -> Said:
        if self.decision.data == REFUSE:
            refuse_extension(
                ctx,
                case_id,
                on=given(self.on),
                opinion=self.opinion.data or "",
                expected_version=self.expected_version,
            )
            return _("已登记不批准延期，期限不变。"), _("下一步：按原期限答复。")
        reading = approve_extension(
            ctx,
            case_id,
            on=given(self.on),
            days=self.days.data,
            opinion=self.opinion.data or None,
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return (
            _("已批准延期，到期日改为%(day)s。", day=full_day(reading.due_on)),
            _("下一步：在%(day)s届满前寄出延期答复告知书，否则延期无效。", day=full_day(self.due_on)),
        )

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        if self.decision.data == REFUSE:
            return None
        return NewEntry(EntryType.EXTENDED, given(self.on), {"days": self.days.data or EXTENSION_DAYS})
