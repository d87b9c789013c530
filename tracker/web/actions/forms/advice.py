"""咨询法律顾问, 答复咨询."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.advice import list_advice
from tracker.services.advice import ask_advice, give_advice
from tracker.services.context import Context
from tracker.web.actions.days import calendar_of_request
from tracker.web.actions.forms.base import ActForm, Said, given
from tracker.web.forms import ChineseDateField, Filled, ParagraphField
from tracker.web.i18n import month_day

USUAL_TERM = 3
"""Working days an advisor is usually given to answer."""
SHOWN = 60
"""Characters of a question that stand in the list of questions."""


class AskAdviceForm(ActForm):
    """咨询法律顾问, before there is a draft."""

    action = Action.ASK_ADVICE

    text = ParagraphField(_l("咨询的问题"), [Filled()], longest=2000)
    answer_by_on = ChineseDateField(_l("希望答复的日期"), [Filled()])

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"answer_by_on": calendar_of_request(ctx).nth_workday(ctx.today, USUAL_TERM)}

    def perform(self, ctx: Context, case_id: int) -> Said:
        ask_advice(
            ctx,
            case_id,
            text=self.text.data or "",
            answer_by_on=given(self.answer_by_on),
            expected_version=self.expected_version,
        )
        return _("已提出咨询并通知法律顾问。"), _("答复后会通知您，答复记入办理记录。")


class GiveAdviceForm(ActForm):
    """答复咨询."""

    action = Action.GIVE_ADVICE

    question_id = SelectField(_l("咨询的问题"), [Filled()], coerce=lambda value: int(value or 0), choices=[])
    text = ParagraphField(_l("答复意见"), [Filled()], longest=2000)

    def offer_choices(self, ctx: Context, case: Case) -> None:
        self.question_id.choices = [
            SelectChoice(
                each.id, _("%(day)s：%(text)s", day=month_day(each.asked_on), text=each.question[:SHOWN])
            )
            for each in list_advice(ctx.session, ctx.actor, case.id, ctx.today)
            if each.answered_on is None
        ]

    def perform(self, ctx: Context, case_id: int) -> Said:
        give_advice(
            ctx,
            case_id,
            question_id=self.question_id.data or 0,
            text=self.text.data or "",
            expected_version=self.expected_version,
        )
        return _("已答复咨询并通知提问的人。"), ""
