"""初审受理, 分办."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.handlers import list_handlers
from tracker.services.acceptance import accept, assign
from tracker.services.context import Context
from tracker.web.actions.forms.base import ActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField


def _chosen(value: Any) -> int | None:
    return int(value) if value else None


class AcceptForm(ActForm):
    """初审受理."""

    action = Action.ACCEPT

    on = ChineseDateField(_l("受理日期"), [Filled(), NotAfterToday()], default=today)
    note = ParagraphField(_l("初审意见"), longest=1000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        accept(
            ctx,
            case_id,
            on=given(self.on),
            note=self.note.data or None,
            expected_version=self.expected_version,
        )
        return _("已受理。"), _("下一步：分办到经办人，检索并拟写答复。")


class AssignForm(ActForm):
    """分办 to a clerk of the organ."""

    action = Action.ASSIGN

    handler_id = SelectField(_l("经办人"), [Filled()], coerce=_chosen, choices=[])
    note = ParagraphField(_l("交办意见"), longest=1000)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"handler_id": case.handler_id}

    def offer_choices(self, ctx: Context, case: Case) -> None:
        handlers = list_handlers(ctx.session, case.organ_id)
        self.handler_id.choices = [("", _("请选择")), *((person.id, person.name) for person in handlers)]

    def perform(self, ctx: Context, case_id: int) -> Said:
        assign(
            ctx,
            case_id,
            handler_id=self.handler_id.data,
            note=self.note.data or None,
            expected_version=self.expected_version,
        )
        return _("已分办。"), _("这件申请现在列在经办人的工作台上。")
