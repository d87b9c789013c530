"""咨询法律顾问: a dated question about a case before its reply is drafted, and the advisor's dated answer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.permissions import Role
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import AdviceQuestion, Alert, Case, StoredEntry
from tracker.queries.recipients import read_roster
from tracker.services.alerts import resolve_alerts, tell
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def ask_advice(
    ctx: Context, case_id: int, *, text: str, answer_by_on: date, expected_version: int | None
) -> Reading:
    """咨询: the question stands in the log, the organ's legal advisors are told, and told again on the day it is due.

    Raises ``Invalid`` without a question or with a day that has passed, ``NotLawfulNow`` where the organ has no
    advisor who could answer.
    """
    if not text.strip():
        raise Invalid({"text": [N_("请写明要咨询的问题。")]})
    if answer_by_on < ctx.today:
        raise Invalid({"answer_by_on": [N_("答复时限不能早于今天。")]})
    with acting(ctx, case_id, Action.ASK_ADVICE, expected_version) as case:
        advisors = read_roster(ctx.session).of(Role.LEGAL_ADVISOR, case.organ_id)
        if not advisors:
            raise NotLawfulNow(N_("本机关还没有法律顾问的账号，请联系管理员。"))
        question = AdviceQuestion(
            case_id=case.id,
            asked_on=ctx.today,
            asked_by_id=ctx.actor.account_id,
            answer_by_on=answer_by_on,
            asked_seq=0,
        )
        ctx.session.add(question)
        ctx.session.flush()
        details = {"question_id": question.id, "answer_by": answer_by_on.isoformat()}
        reading = append(ctx, case, NewEntry(EntryType.ADVICE_ASKED, ctx.today, details, text=text.strip()))
        question.asked_seq = _last_seq(ctx, case)
        subject = f"advice-{question.id}"
        tell(ctx, advisors, AlertKind.ADVICE_ASKED, on=answer_by_on, case=case, subject=subject)
        return reading


def give_advice(
    ctx: Context, case_id: int, *, question_id: int, text: str, expected_version: int | None
) -> Reading:
    """答复咨询, by a legal advisor of the organ; whoever asked is told.

    Raises ``Invalid`` without an answer, ``NotLawfulNow`` when the question has been answered already.
    """
    if not text.strip():
        raise Invalid({"text": [N_("请写明答复意见。")]})
    with acting(ctx, case_id, Action.GIVE_ADVICE, expected_version) as case:
        question = ctx.session.scalar(
            select(AdviceQuestion).where(
                AdviceQuestion.id == question_id,
                AdviceQuestion.case_id == case.id,
                AdviceQuestion.answered_on.is_(None),
            )
        )
        if question is None:
            raise NotLawfulNow(N_("这条咨询已经答复，请刷新页面查看。"))
        details = {"question_id": question.id, "asked_on": question.asked_on.isoformat()}
        reading = append(ctx, case, NewEntry(EntryType.ADVICE_GIVEN, ctx.today, details, text=text.strip()))
        seq = _last_seq(ctx, case)
        question.answered_on, question.answered_by_id, question.answered_seq = (
            ctx.today,
            ctx.actor.account_id,
            seq,
        )
        subject = f"advice-{question.id}"
        waiting = (str(AlertKind.ADVICE_ASKED), str(AlertKind.ADVICE_WAITING))
        resolve_alerts(
            ctx,
            ctx.session,
            (Alert.case_id == case.id) & (Alert.ref == subject) & Alert.kind.in_(waiting),
        )
        asker = (question.asked_by_id,)
        tell(ctx, asker, AlertKind.ADVICE_GIVEN, on=ctx.today, case=case, subject=subject)
        return reading


def _last_seq(ctx: Context, case: Case) -> int:
    """The entry that was appended just now."""
    return ctx.session.scalar(select(func.max(StoredEntry.seq)).where(StoredEntry.case_id == case.id)) or 0
