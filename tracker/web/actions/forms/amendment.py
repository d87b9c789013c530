"""修改登记信息: what may be overwritten, with what stands there now; personal data is typed anew."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker.domain.amendments import Amendable, may_amend
from tracker.domain.request_terms import SUPPLY_WAY_NAMES
from tracker.domain.stages import Stage
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.ledger_export import replies_of
from tracker.queries.remarks import remark_of
from tracker.queries.scope import get_case
from tracker.services.amendments import amend
from tracker.services.context import Context
from tracker.web.actions.forms.base import ActForm, Said
from tracker.web.forms import LineField, ParagraphField
from tracker.web.i18n import tell


class AmendForm(ActForm):
    """修改登记信息. Fields that the stage has closed are not on the form."""

    action = Action.AMEND

    phone = LineField(_l("联系电话"), longest=50)
    address = LineField(_l("通信地址"), longest=300)
    description = ParagraphField(_l("申请公开的信息"), longest=20_000)
    supply_way = SelectField(_l("提供方式"), choices=[], validate_choice=False)
    mail_number = LineField(_l("邮件号"), longest=32)
    remark = LineField(_l("备注"), longest=500)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        sent = replies_of(ctx.session, [case.id]).get(case.id)
        way = {str(way): name for way, name in SUPPLY_WAY_NAMES.items()}.get(case.supply_way or "", "")
        return {
            "description": case.description,
            "supply_way": way,
            "mail_number": (sent.mail_number if sent else "") or "",
            "remark": remark_of(ctx.session, case.id),
        }

    def offer_choices(self, ctx: Context, case: Case) -> None:
        names = list(SUPPLY_WAY_NAMES.values())
        self.supply_way.choices = [("", _("没有写明")), *((name, tell(name)) for name in names)]
        for what in Amendable:
            if not may_amend(what, Stage(case.stage)) and what in self:
                del self[str(what)]

    def perform(self, ctx: Context, case_id: int) -> Said:
        if amend(ctx, case_id, self._changes(ctx, case_id), expected_version=self.expected_version) is None:
            return _("与现在的登记相同，没有修改。"), ""
        return _("已修改登记信息。"), _("原来的内容和修改人留在办理记录中。")

    def _changes(self, ctx: Context, case_id: int) -> dict[Amendable, str]:
        """What is another now than on the fresh form; personal fields begin empty, so that left empty they stay."""
        before = self.starting_with(ctx, get_case(ctx.session, ctx.actor, case_id))
        typed = {what: self[str(what)].data or "" for what in Amendable if what in self}
        return {what: text for what, text in typed.items() if text != before.get(str(what), "")}
