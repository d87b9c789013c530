"""更正事实: first shown with everything it touches, then confirmed."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as Optionally

from tracker.domain.case_log import DispatchWay, EntryType, effective
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.fact_correction import FactChange
from tracker.domain.sheet_facts import WAY_NAMES
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.case_log import read_log
from tracker.services.context import Context
from tracker.services.facts import correct_fact
from tracker.web.actions.correction_effects import CorrectionEffects, correction_effects
from tracker.web.actions.forms.base import ActForm, Said
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField
from tracker.web.i18n import table_day, tell

CHANGE, VOID = "date", "void"


def _number(value: Any) -> int | None:
    return int(value) if value and str(value).isdigit() else None


class CorrectFactForm(ActForm):
    """更正事实: the date of an entry, what else the clock reads of it, or the entry itself."""

    action = Action.CORRECT_FACT
    effects: CorrectionEffects | None = None

    seq = SelectField(_l("要更正的记录"), [Filled()], coerce=_number, choices=[])
    change = RadioField(
        _l("怎样更正"),
        [Filled()],
        choices=[(CHANGE, _l("改正日期或内容")), (VOID, _l("作废（没有发生过）"))],
        default=CHANGE,
    )
    on = ChineseDateField(_l("更正后的日期"), [NotAfterToday()])
    days = IntegerField(
        _l("更正后的工作日数"), [Optionally(), NumberRange(1, 250, _l("请填写不小于 1 的整数。"))]
    )
    by = SelectField(_l("更正后的寄发方式"), [Optionally()], choices=[])
    until = ChineseDateField(_l("更正后的截止日期"))
    reason = ParagraphField(_l("更正的理由和依据"), [Filled()], longest=1000)
    previewed = HiddenField()

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"seq": _number(request.args.get("seq"))}

    def offer_choices(self, ctx: Context, case: Case) -> None:
        standing = sorted(effective(read_log(ctx.session, case.id)), key=lambda e: -e.seq)
        self.seq.choices = [
            ("", _("请选择")),
            *(
                (e.seq, f"{table_day(e.on)} {tell(ENTRY_NAMES[e.type])}")
                for e in standing
                if e.type is not EntryType.REGISTRATION_AMENDED
            ),
        ]
        self.by.choices = [("", _("不变")), *((str(way), tell(name)) for way, name in WAY_NAMES.items())]

    @property
    def voids(self) -> bool:
        """Whether the entry is to be voided."""
        return bool(self.change.data == VOID)

    @property
    def wanted(self) -> FactChange:
        """What is to stand instead."""
        if self.voids:
            return FactChange(void=True)
        by = DispatchWay(self.by.data) if self.by.data else None
        return FactChange(self.on.data, self.days.data, by, self.until.data)

    @property
    def mark(self) -> str:
        """What was typed, in short: a look at something else is no look at this."""
        typed = f"{self.seq.data}|{self.wanted}|{self.version.data}"
        return hashlib.sha256(typed.encode()).hexdigest()

    @property
    def was_looked_at(self) -> bool:
        """Whether this very correction, on this state of the case, was shown with its effects before."""
        return bool(self.previewed.data == self.mark)

    @property
    def submit_label(self) -> str:
        """Words on the button: first one looks, then one confirms."""
        return _("确认更正") if self.effects is not None and not self.effects.refusal else _("查看更正的影响")

    def look(self, ctx: Context, case: Case) -> None:
        self.effects = correction_effects(ctx, case, self.seq.data or 0, self.wanted)
        self.previewed.data = "" if self.effects.refusal else self.mark

    def perform(self, ctx: Context, case_id: int) -> Said:
        wanted = self.wanted
        correct_fact(
            ctx,
            case_id,
            seq=self.seq.data or 0,
            on=wanted.on,
            days=wanted.days,
            by=wanted.by,
            until=wanted.until,
            void=wanted.void,
            reason=self.reason.data or "",
            expected_version=self.expected_version,
        )
        return (
            _("已更正，全部期限按更正后的事实重新推算；原记录保留。"),
            _("下一步：核对办理记录中列出的、引用过原日期的文书和提醒。"),
        )
