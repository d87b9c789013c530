"""告知补正, 收到补正 (Art 30)."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from tracker.domain.case_log import EntryType
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.correction import record_correction, request_correction
from tracker.web.actions.days import usual_answer_day
from tracker.web.actions.forms.base import LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField


class RequestCorrectionForm(LateActForm):
    """一次性告知补正."""

    action = Action.REQUEST_CORRECTION

    items = ParagraphField(_l("需要补正的事项"), [Filled()], longest=2000)
    guidance = ParagraphField(_l("理由和指引"), longest=2000)
    on = ChineseDateField(_l("告知日期"), [Filled(), NotAfterToday()], default=today)
    answer_due_on = ChineseDateField(_l("补正期限"), [Filled()])
    with_letter = BooleanField(_l("同时制发补正告知书"), default=True)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"answer_due_on": usual_answer_day(ctx)}

    def perform(self, ctx: Context, case_id: int) -> Said:
        request_correction(
            ctx,
            case_id,
            on=given(self.on),
            items=self.items.data or "",
            guidance=self.guidance.data or "",
            answer_due_on=given(self.answer_due_on),
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记告知补正，期限停止计算。"), _(
            "下一步：寄出补正告知书；收到补正后登记，期限重新计算。"
        )

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.CORRECTION_REQUESTED, given(self.on))


class RecordCorrectionForm(LateActForm):
    """收到补正."""

    action = Action.RECORD_CORRECTION

    on = ChineseDateField(_l("收到补正日期"), [Filled(), NotAfterToday()], default=today)
    correction = ParagraphField(_l("补正内容"), longest=4000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        record_correction(
            ctx,
            case_id,
            on=given(self.on),
            correction=self.correction.data or "",
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记收到补正，期限重新计算。"), _("下一步：检索并拟写答复。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.CORRECTED, given(self.on))
