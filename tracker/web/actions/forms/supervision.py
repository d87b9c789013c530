"""催办, 答复督办单."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.chases import list_open_chases
from tracker.services.chase import answer_chase, chase
from tracker.services.context import Context
from tracker.web.actions.days import calendar_of_request
from tracker.web.actions.forms.base import ActForm, Said, given
from tracker.web.forms import ChineseDateField, Filled, ParagraphField
from tracker.web.i18n import month_day

USUAL_TERM = 3
"""Working days an organ is usually given to answer; the supervisor may set another day."""


class ChaseForm(ActForm):
    """催办 by a numbered slip."""

    action = Action.CHASE

    text = ParagraphField(_l("催办内容"), [Filled()], longest=2000)
    answer_by_on = ChineseDateField(_l("须答复的日期"), [Filled()])

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"answer_by_on": calendar_of_request(ctx).nth_workday(ctx.today, USUAL_TERM)}

    def perform(self, ctx: Context, case_id: int) -> Said:
        chase(
            ctx,
            case_id,
            text=self.text.data or "",
            answer_by_on=given(self.answer_by_on),
            expected_version=self.expected_version,
        )
        return _("已签发督办单并通知经办人和工作机构负责人。"), _(
            "在办理记录中可以打印督办单；答复后会通知您。"
        )


class AnswerChaseForm(ActForm):
    """答复督办单."""

    action = Action.ANSWER_CHASE

    chase_id = SelectField(_l("督办单"), [Filled()], coerce=lambda value: int(value or 0), choices=[])
    text = ParagraphField(_l("答复内容"), [Filled()], longest=2000)

    def offer_choices(self, ctx: Context, case: Case) -> None:
        self.chase_id.choices = [
            (
                slip.id,
                _("%(number)s，须于%(day)s前答复", number=slip.number, day=month_day(slip.answer_by_on)),
            )
            for slip in list_open_chases(ctx.session, ctx.actor, case.id)
        ]

    def perform(self, ctx: Context, case_id: int) -> Said:
        answer_chase(
            ctx,
            case_id,
            chase_id=self.chase_id.data or 0,
            text=self.text.data or "",
            expected_version=self.expected_version,
        )
        return _("已答复督办单并通知督查。"), ""
