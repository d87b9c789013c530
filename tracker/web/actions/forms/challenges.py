"""登记复议、诉讼, its hearing, the organ's answer, and its result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional as Optionally

from tracker.domain.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_RESULT_NAMES,
    ChallengeKind,
    ChallengeResult,
)
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.challenges import ChallengeRow, list_case_challenges
from tracker.queries.letters import list_reply_choices
from tracker.services.challenges import (
    NewChallenge,
    answer_challenge,
    close_challenge,
    register_challenge,
    set_hearing,
)
from tracker.services.context import Context
from tracker.web.actions.forms.base import ActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField
from tracker.web.i18n import month_day, tell


def challenges_of_request(ctx: Context, case: Case) -> Sequence[ChallengeRow]:
    """Those of the case, read once however many forms ask."""
    known: dict[int, Sequence[ChallengeRow]] = g.setdefault("case_challenges", {})
    if case.id not in known:
        known[case.id] = list_case_challenges(ctx.session, ctx.actor, case.id)
    return known[case.id]


def number_or_none(value: Any) -> int | None:
    """The chosen row's number; None for the choice of none."""
    return int(value) if value and str(value).isdigit() else None


def challenge_name(row: ChallengeRow) -> str:
    """A challenge in a list one chooses from."""
    return _(
        "%(kind)s %(number)s，%(day)s收到副本",
        kind=tell(CHALLENGE_KIND_NAMES[row.kind]),
        number=row.number or row.body,
        day=month_day(row.received_on),
    )


class RegisterChallengeForm(ActForm):
    """登记复议、诉讼."""

    action = Action.REGISTER_CHALLENGE

    kind = RadioField(
        _l("类型"), [Filled()], choices=[(str(k), _l(n)) for k, n in CHALLENGE_KIND_NAMES.items()]
    )
    on = ChineseDateField(_l("收到副本的日期"), [Filled(), NotAfterToday()], default=today)
    simplified = BooleanField(_l("行政复议简易程序"))
    body = LineField(_l("复议机关或者法院"))
    number = LineField(_l("案号"), longest=64)
    letter_id = SelectField(_l("所针对的答复"), [Optionally()], coerce=number_or_none, choices=[])
    claim = ParagraphField(_l("请求事项"), [Filled()], longest=4000)
    usual_bodies = ""

    def offer_choices(self, ctx: Context, case: Case) -> None:
        letters = list_reply_choices(ctx.session, ctx.actor, case.id)
        self.letter_id.choices = [("", _("没有答复或者不针对某一份")), *letters]
        self.usual_bodies = _(
            "不填的，按机关设置：复议机关%(organ)s，法院%(court)s。",
            organ=case.organ.reviewing_organ or "—",
            court=case.organ.court or "—",
        )

    def perform(self, ctx: Context, case_id: int) -> Said:
        new = NewChallenge(
            kind=ChallengeKind(self.kind.data),
            received_on=given(self.on),
            claim=self.claim.data or "",
            body=self.body.data or "",
            number=self.number.data or None,
            simplified=bool(self.simplified.data),
            letter_id=self.letter_id.data,
        )
        register_challenge(ctx, case_id, new, expected_version=self.expected_version)
        return _("已登记，本机关答复（答辩）的期限列入期限一览。"), _("下一步：准备答复书（答辩状）和证据。")


class _OfChallenge(ActForm):
    """An act on one challenge of the case that has no result yet."""

    challenge_id = SelectField(_l("哪一件"), [Filled()], coerce=number_or_none, choices=[])

    def offer_choices(self, ctx: Context, case: Case) -> None:
        rows = challenges_of_request(ctx, case)
        self.challenge_id.choices = [(row.id, challenge_name(row)) for row in rows if self.takes(row)]

    def takes(self, row: ChallengeRow) -> bool:
        """Whether the act can be done to it."""
        return row.is_open


class SetHearingForm(_OfChallenge):
    """登记听证、开庭."""

    action = Action.SET_HEARING

    hearing_on = ChineseDateField(_l("听证、开庭日期"), [Filled()])

    def perform(self, ctx: Context, case_id: int) -> Said:
        set_hearing(
            ctx,
            case_id,
            challenge_id=self.challenge_id.data or 0,
            hearing_on=given(self.hearing_on),
            expected_version=self.expected_version,
        )
        return _("已登记听证、开庭日期。"), ""


class AnswerChallengeForm(_OfChallenge):
    """登记提交答复书（答辩状）."""

    action = Action.ANSWER_CHALLENGE

    on = ChineseDateField(_l("提交（寄出）日期"), [Filled(), NotAfterToday()], default=today)
    note = ParagraphField(_l("提交的材料"), longest=2000)

    def takes(self, row: ChallengeRow) -> bool:
        return row.is_open and row.answered_on is None

    def perform(self, ctx: Context, case_id: int) -> Said:
        answer_challenge(
            ctx,
            case_id,
            challenge_id=self.challenge_id.data or 0,
            on=given(self.on),
            note=self.note.data or "",
            expected_version=self.expected_version,
        )
        return _("已登记提交答复（答辩），期限停止计算。"), _("下一步：等待结果，审结后登记。")


class CloseChallengeForm(_OfChallenge):
    """登记复议、诉讼结果."""

    action = Action.CLOSE_CHALLENGE

    result = RadioField(
        _l("结果"), [Filled()], choices=[(str(r), _l(n)) for r, n in CHALLENGE_RESULT_NAMES.items()]
    )
    on = ChineseDateField(_l("决定（裁判）日期"), [Filled(), NotAfterToday()], default=today)
    document = LineField(_l("文书名称和文号"), [Filled()])

    def perform(self, ctx: Context, case_id: int) -> Said:
        result = ChallengeResult(self.result.data)
        close_challenge(
            ctx,
            case_id,
            challenge_id=self.challenge_id.data or 0,
            result=result,
            on=given(self.on),
            document=self.document.data or "",
            expected_version=self.expected_version,
        )
        if result is ChallengeResult.CORRECTED:
            return _("已登记结果，计入年度报告表四。"), _("下一步：责令重新答复的，登记重新答复。")
        return _("已登记结果，计入年度报告表四。"), ""
