"""要求说明理由, 登记理由说明 (Art 35)."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from tracker.domain.case_log import EntryType
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.justification import record_justification, request_justification
from tracker.web.actions.days import usual_answer_day
from tracker.web.actions.forms.base import LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField

YES, NO = "yes", "no"


class RequestJustificationForm(LateActForm):
    """要求说明理由."""

    action = Action.REQUEST_JUSTIFICATION

    facts = ParagraphField(_l("申请数量、频次的事实"), [Filled()], longest=2000)
    on = ChineseDateField(_l("要求日期"), [Filled(), NotAfterToday()], default=today)
    answer_due_on = ChineseDateField(_l("说明理由的期限"), [Filled()])
    with_letter = BooleanField(_l("同时制发说明理由通知书"), default=True)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"answer_due_on": usual_answer_day(ctx)}

    def perform(self, ctx: Context, case_id: int) -> Said:
        request_justification(
            ctx,
            case_id,
            on=given(self.on),
            facts=self.facts.data or "",
            answer_due_on=given(self.answer_due_on),
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记要求说明理由，期限照常计算。"), _("下一步：寄出说明理由通知书；收到说明后登记。")


class RecordJustificationForm(LateActForm):
    """登记理由说明."""

    action = Action.RECORD_JUSTIFICATION

    on = ChineseDateField(_l("收到说明（认定）日期"), [Filled(), NotAfterToday()], default=today)
    accepted = RadioField(
        _l("理由是否合理"), [Filled()], choices=[(YES, _l("合理")), (NO, _l("不合理，或者没有说明"))]
    )
    answer = ParagraphField(_l("说明的内容"), longest=4000)
    until = ChineseDateField(_l("另定的答复期限"))

    def perform(self, ctx: Context, case_id: int) -> Said:
        record_justification(
            ctx,
            case_id,
            on=given(self.on),
            accepted=self.accepted.data == YES,
            answer=self.answer.data or None,
            until=self.until.data,
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        if self.until.data:
            return _("已登记理由说明，并另定答复期限。"), _("下一步：把另定的期限告知申请人，按期答复。")
        if self.accepted.data == YES:
            return _("已登记理由说明。"), _("下一步：按原期限答复。")
        return _("已登记理由不合理。"), _("下一步：拟写不予处理的答复。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        if self.until.data is None:
            return None
        return NewEntry(EntryType.DELAYED, given(self.on), {"until": self.until.data.isoformat()})
