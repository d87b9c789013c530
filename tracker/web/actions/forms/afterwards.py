"""更正事实, 重新答复, 涉诉保全, 保管期限: what may still be added when the file is closed."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as Optionally

from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.case_log import EntryType
from tracker.domain.orders import ORDER_SOURCE_NAMES, OrderSource
from tracker.domain.statute import REPLY_DAYS
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.archiving import change_retention
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.holds import hold, release_hold
from tracker.services.order_anew import order_anew
from tracker.web.actions.forms.base import ActForm, LateActForm, Said, given
from tracker.web.actions.forms.challenges import (
    challenge_name,
    challenges_of_request,
    number_or_none,
)
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField


class OrderAnewForm(LateActForm):
    """重新答复."""

    action = Action.ORDER_ANEW

    source = RadioField(
        _l("责令（决定）的来源"),
        [Filled()],
        choices=[(str(s), _l(n)) for s, n in ORDER_SOURCE_NAMES.items()],
    )
    document = LineField(_l("文书名称和文号"), [Filled()])
    on = ChineseDateField(_l("收到责令（作出决定）日期"), [Filled(), NotAfterToday()], default=today)
    challenge_id = SelectField(_l("所据的复议、诉讼"), [Optionally()], coerce=number_or_none, choices=[])
    days = IntegerField(
        _l("重新答复的工作日"),
        [Optionally(), NumberRange(1, 250, _l("请填写不小于 1 的整数。"))],
        default=REPLY_DAYS,
    )

    def offer_choices(self, ctx: Context, case: Case) -> None:
        lost = [row for row in challenges_of_request(ctx, case) if row.may_be_ordered_by]
        self.challenge_id.choices = [("", _("没有登记")), *((row.id, challenge_name(row)) for row in lost)]

    def perform(self, ctx: Context, case_id: int) -> Said:
        order_anew(
            ctx,
            case_id,
            on=given(self.on),
            source=OrderSource(self.source.data),
            document=self.document.data or "",
            days=self.days.data,
            challenge_id=self.challenge_id.data,
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记重新答复，期限重新计算。"), _("下一步：检索并拟写新的答复。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        details = {"days": self.days.data} if self.days.data else {}
        return NewEntry(EntryType.ORDERED_ANEW, given(self.on), details)


class HoldForm(ActForm):
    """涉诉保全."""

    action = Action.HOLD

    grounds = ParagraphField(_l("保全的事由"), [Filled()], longest=1000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        hold(ctx, case_id, grounds=self.grounds.data or "", expected_version=self.expected_version)
        return _("已办理涉诉保全。"), _("保全期间不归档、不销毁。")


class ReleaseHoldForm(ActForm):
    """解除保全."""

    action = Action.RELEASE_HOLD

    grounds = ParagraphField(_l("解除的事由"), [Filled()], longest=1000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        release_hold(ctx, case_id, grounds=self.grounds.data or "", expected_version=self.expected_version)
        return _("已解除保全。"), ""


class ChangeRetentionForm(ActForm):
    """变更保管期限."""

    action = Action.CHANGE_RETENTION

    retention = RadioField(
        _l("保管期限"), [Filled()], choices=[(str(r), _l(n)) for r, n in RETENTION_NAMES.items()]
    )
    grounds = ParagraphField(_l("变更的理由"), [Filled()], longest=1000)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"retention": case.retention}

    def perform(self, ctx: Context, case_id: int) -> Said:
        change_retention(
            ctx,
            case_id,
            retention=Retention(self.retention.data),
            grounds=self.grounds.data or "",
            expected_version=self.expected_version,
        )
        return _("已变更保管期限。"), _("档号不变。")
