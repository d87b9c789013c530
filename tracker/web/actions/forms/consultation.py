"""征求意见 and its progress (Art 32, 33(3), 34)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional as Optionally

from tracker.domain.case_log import EntryType, SuspensionCause
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Consultation
from tracker.queries.consultations import list_consultations
from tracker.services.case_record import NewEntry
from tracker.services.consultation import (
    CONSULTED_NAMES,
    THIRD_PARTY_INTERESTS,
    Answer,
    consult,
    record_consultation_answered,
    record_consultation_received,
    record_consultation_returned,
)
from tracker.services.context import Context
from tracker.web.actions.forms.base import LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField
from tracker.web.i18n import table_day, tell


class ConsultForm(LateActForm):
    """征求意见: one letter to one party."""

    action = Action.CONSULT

    kind = RadioField(
        _l("征求谁的意见"), [Filled()], choices=[(str(k), _l(n)) for k, n in CONSULTED_NAMES.items()]
    )
    party = LineField(_l("对方名称（姓名）"), [Filled()])
    interest = SelectField(
        _l("可能涉及的权益"),
        [Optionally()],
        choices=[(interest, _l(interest)) for interest in THIRD_PARTY_INTERESTS],
    )
    contact = LineField(_l("地址、电话"))
    subject = ParagraphField(_l("征求意见的信息"), [Filled()], longest=2000)
    on = ChineseDateField(_l("发出日期"), [Filled(), NotAfterToday()], default=today)
    mail_number = LineField(_l("邮件号"), longest=32)
    with_letter = BooleanField(_l("同时制发征求意见书"), default=True)

    def perform(self, ctx: Context, case_id: int) -> Said:
        consult(
            ctx,
            case_id,
            kind=SuspensionCause(self.kind.data),
            party=self.party.data or "",
            contact=self.contact.data or None,
            subject=self.subject.data or "",
            on=given(self.on),
            mail_number=self.mail_number.data or None,
            interest=self.interest.data or "",
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记征求意见，其间的工作日不计入期限。"), _("下一步：登记对方收到的日期。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        kind = self.kind.data or str(SuspensionCause.THIRD_PARTY)
        return NewEntry(EntryType.SUSPENDED, given(self.on), {"cause": kind, "ref": "preview"})


class Progress(StrEnum):
    """What is to be recorded about a letter that was sent."""

    RECEIVED = "received"
    RETURNED = "returned"
    AGREE = "agree"
    OBJECT = "object"
    SILENT = "silent"


PROGRESS_NAMES: dict[Progress, str] = {
    Progress.RECEIVED: N_("对方已收到"),
    Progress.AGREE: N_("答复：同意公开"),
    Progress.OBJECT: N_("答复：不同意公开"),
    Progress.SILENT: N_("逾期未答复"),
    Progress.RETURNED: N_("退回，无法投递"),
}


def _number(value: Any) -> int | None:
    return int(value) if value and str(value).isdigit() else None


class RecordConsultationForm(LateActForm):
    """登记征求意见进展."""

    action = Action.RECORD_CONSULTATION

    consultation_id = RadioField(_l("哪一份"), [Filled()], coerce=_number, choices=[])
    progress = RadioField(
        _l("进展"), [Filled()], choices=[(str(p), _l(n)) for p, n in PROGRESS_NAMES.items()]
    )
    on = ChineseDateField(_l("发生日期"), [Filled(), NotAfterToday()], default=today)
    opinion = ParagraphField(_l("意见内容"), longest=4000)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        waiting = [
            c for c in list_consultations(ctx.session, case.id) if c.answer is None and not c.returned_on
        ]
        return {"consultation_id": waiting[0].id if len(waiting) == 1 else None}

    def offer_choices(self, ctx: Context, case: Case) -> None:
        asked = list_consultations(ctx.session, case.id)
        self.consultation_id.choices = [(c.id, _named(c)) for c in asked]

    def perform(self, ctx: Context, case_id: int) -> Said:
        progress = Progress(self.progress.data)
        common: dict[str, Any] = {
            "consultation_id": self.consultation_id.data,
            "on": given(self.on),
            "expected_version": self.expected_version,
            "reason": self.given_reason,
        }
        if progress is Progress.RECEIVED:
            record_consultation_received(ctx, case_id, **common)
            return _("已登记对方收到。"), _("第三方、共同制作机关自收到之日起有 15 个工作日答复。")
        if progress is Progress.RETURNED:
            record_consultation_returned(ctx, case_id, **common)
            return _("已登记退回，期限次日起继续计算。"), _("下一步：另寻送达方式，或者由本机关自行决定。")
        opinion = self.opinion.data or None
        record_consultation_answered(ctx, case_id, answer=Answer(progress), opinion=opinion, **common)
        return _("已登记意见，期限次日起继续计算。"), _("下一步：拟写答复。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        asked = {c.id: c for c in list_consultations(ctx.session, case.id)}
        chosen = asked.get(self.consultation_id.data or 0)
        if chosen is None or not self.progress.data:
            return None
        if self.progress.data == Progress.RECEIVED:
            return NewEntry(EntryType.CONSULTATION_DELIVERED, given(self.on), {"ref": chosen.ref})
        return NewEntry(EntryType.RESUMED, given(self.on), {"ref": chosen.ref})


def _named(asked: Consultation) -> str:
    return _(
        "%(kind)s：%(party)s（%(day)s 发出）",
        kind=tell(CONSULTED_NAMES[SuspensionCause(asked.kind)]),
        party=asked.party,
        day=table_day(asked.sent_on),
    )
