"""登记检索, 登记保密审查, 电话记录, 备注: what is done beside the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField
from wtforms.validators import ValidationError

from tracker.domain.contacts import MANNER_NAMES, Manner
from tracker.domain.secrecy import SECRECY_VERDICT_NAMES, SecrecyVerdict
from tracker.domain.workflow import Action
from tracker.domain.written_times import NotATime, parse_written_time
from tracker.models import Case
from tracker.services.calls import record_call
from tracker.services.context import Context
from tracker.services.notes import add_note
from tracker.services.search import record_search
from tracker.services.secrecy import review_secrecy
from tracker.web.actions.forms.base import ActForm, Said, given
from tracker.web.context import actor, runtime, today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField
from tracker.web.i18n import OFFICE_ZONE, tell

YES, NO = "yes", "no"


class SearchForm(ActForm):
    """登记检索."""

    action = Action.RECORD_SEARCH

    places = ParagraphField(_l("检索范围"), [Filled()], longest=2000)
    keywords = LineField(_l("检索关键词"), [Filled()])
    period = LineField(_l("检索的年份"), [Filled()])
    searched_by = LineField(_l("检索人"), [Filled()], longest=50)
    on = ChineseDateField(_l("检索日期"), [Filled(), NotAfterToday()], default=today)
    found = RadioField(_l("检索结果"), [Filled()], choices=[(YES, _l("检索到")), (NO, _l("没有检索到"))])
    result = ParagraphField(_l("结果说明"), [Filled()], longest=4000)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"searched_by": actor().name}

    def perform(self, ctx: Context, case_id: int) -> Said:
        record_search(
            ctx,
            case_id,
            on=given(self.on),
            places=self.places.data or "",
            keywords=self.keywords.data or "",
            period=self.period.data or "",
            searched_by=self.searched_by.data or "",
            found=self.found.data == YES,
            result=self.result.data or "",
            expected_version=self.expected_version,
        )
        return _("已登记检索。"), _("下一步：拟公开的先做保密审查，然后拟写答复。")


class SecrecyForm(ActForm):
    """登记保密审查."""

    action = Action.REVIEW_SECRECY

    reviewed_by = LineField(_l("审查人"), [Filled()], longest=50)
    on = ChineseDateField(_l("审查日期"), [Filled(), NotAfterToday()], default=today)
    verdict = RadioField(
        _l("审查结论"), [Filled()], choices=[(str(v), _l(n)) for v, n in SECRECY_VERDICT_NAMES.items()]
    )
    opinion = ParagraphField(_l("审查意见"), [Filled()], longest=2000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        review_secrecy(
            ctx,
            case_id,
            on=given(self.on),
            reviewed_by=self.reviewed_by.data or "",
            verdict=SecrecyVerdict(self.verdict.data),
            opinion=self.opinion.data or "",
            expected_version=self.expected_version,
        )
        return _("已登记保密审查。"), _("下一步：拟写答复。")


class TimeOfDay:
    """A time in any usual way: 14:05, 14：05, 14点05分."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ``ValidationError`` with words that say what to do."""
        try:
            parse_written_time(field.data or "")
        except NotATime as error:
            raise ValidationError(tell(error)) from None


class CallForm(ActForm):
    """电话、来访记录."""

    action = Action.RECORD_CALL

    manner = RadioField(
        _l("方式"),
        [Filled()],
        choices=[(str(manner), _l(name)) for manner, name in MANNER_NAMES.items()],
        default=str(Manner.CALL_OUT),
    )
    spoke_with = LineField(_l("对方姓名"), [Filled()], longest=50)
    number = LineField(_l("电话号码"), longest=32)
    on = ChineseDateField(_l("日期"), [Filled(), NotAfterToday()], default=today)
    at = LineField(_l("时间"), [Filled(), TimeOfDay()], longest=10)
    reached = RadioField(
        _l("是否接通"), [Filled()], choices=[(YES, _l("接通")), (NO, _l("未接通"))], default=YES
    )
    content = ParagraphField(_l("谈话内容"), [Filled()], longest=4000)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"at": f"{runtime().clock.now().astimezone(OFFICE_ZONE):%H:%M}"}

    def perform(self, ctx: Context, case_id: int) -> Said:
        at = parse_written_time(self.at.data or "")
        record_call(
            ctx,
            case_id,
            called_at=datetime.combine(self.on.data or today(), at, OFFICE_ZONE),
            spoke_with=self.spoke_with.data or "",
            number=self.number.data or None,
            reached=self.reached.data == YES,
            content=self.content.data or "",
            expected_version=self.expected_version,
            manner=Manner(self.manner.data),
        )
        return _("已登记电话、来访记录。"), ""


class NoteForm(ActForm):
    """备注."""

    action = Action.ADD_NOTE

    text = ParagraphField(_l("备注内容"), [Filled()], longest=4000)

    def perform(self, ctx: Context, case_id: int) -> Said:
        add_note(ctx, case_id, text=self.text.data or "", expected_version=self.expected_version)
        return _("已加备注。"), ""
