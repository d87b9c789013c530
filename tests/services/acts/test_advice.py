"""咨询法律顾问: asked before there is a draft, told, told again when due, answered, both dated in the log."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.acts.conftest import File, all_but
from tests.services.conftest import ContextFor
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Account, AdviceQuestion, Alert
from tracker.queries.advice import list_advice, list_waiting_advice
from tracker.queries.calendars import current_calendar
from tracker.queries.workbench import WorkFilter, workbench
from tracker.services.advice import ask_advice, give_advice
from tracker.services.alert_waiting import tell_of_waiting
from tracker.services.context import Context
from tracker.services.verification import verify_chain

TODAY, TERM = date(2026, 11, 23), date(2026, 11, 26)


def ask(ctx: Context, file: File, text: str = "会议纪要是否属于过程性信息？", by: date = TERM) -> int:
    ask_advice(ctx, file.id, text=text, answer_by_on=by, expected_version=None)
    ctx.session.rollback()
    return ctx.session.scalars(select(AdviceQuestion.id).order_by(AdviceQuestion.id.desc())).first() or 0


def alerts(session: Session, kind: str) -> list[Alert]:
    session.rollback()
    return list(session.scalars(select(Alert).where(Alert.kind == kind).order_by(Alert.id)))


def test_a_question_is_dated_logged_and_told(
    clerk: Context, cast: Cast, accepted: File, session: Session
) -> None:
    number = ask(clerk, accepted)
    assert (accepted.last.type, accepted.last_text) == ("advice_asked", "会议纪要是否属于过程性信息？")
    assert accepted.last.details == {"question_id": number, "answer_by": "2026-11-26"}
    assert [a.recipient_id for a in alerts(session, "advice_asked")] == [cast.legal_advisor.account_id]
    (waiting,) = list_waiting_advice(session, cast.legal_advisor, TODAY)
    assert (waiting.question, waiting.asked_by, waiting.left) == ("会议纪要是否属于过程性信息？", "陈静", 3)
    assert not list_waiting_advice(session, cast.clerk, TODAY)
    found = workbench(session, cast.legal_advisor, WorkFilter(), current_calendar(session), TODAY)
    assert [(row.case.id, row.task.label) for row in found.page.rows] == [(accepted.id, "答复咨询")]


def test_the_answer_is_dated_and_whoever_asked_is_told(
    clerk: Context, cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    number = ask(clerk, accepted)
    advisor = ctx_for(cast.legal_advisor)
    with pytest.raises(Invalid):
        give_advice(advisor, accepted.id, question_id=number, text=" ", expected_version=None)
    give_advice(
        advisor, accepted.id, question_id=number, text="属于，见第十六条第二款。", expected_version=None
    )
    assert (accepted.last.type, accepted.last_text) == ("advice_given", "属于，见第十六条第二款。")
    (told,) = list_advice(session, cast.clerk, accepted.id, TODAY)
    assert (told.answered_on, told.answered_by, told.answer) == (TODAY, "徐律师", "属于，见第十六条第二款。")
    assert [a.recipient_id for a in alerts(session, "advice_given")] == [cast.clerk.account_id]
    assert all(a.resolved_at is not None for a in alerts(session, "advice_asked"))
    with pytest.raises(NotLawfulNow):
        give_advice(advisor, accepted.id, question_id=number, text="再答", expected_version=None)
    assert not list_waiting_advice(session, cast.legal_advisor, TODAY)
    assert list(verify_chain(session)) == []


@pytest.mark.parametrize(("today", "told"), [(date(2026, 11, 25), 0), (TERM, 1), (date(2026, 11, 27), 1)])
def test_the_advisor_is_told_again_on_the_day_it_is_due(
    clerk: Context, cast: Cast, ctx_for: ContextFor, accepted: File, session: Session, today: date, told: int
) -> None:
    ask(clerk, accepted)
    for _ in range(2):
        tell_of_waiting(ctx_for(cast.administrator, today).as_system())
    found = alerts(session, "advice_waiting")
    assert [a.recipient_id for a in found] == [cast.legal_advisor.account_id] * told
    assert all(a.params == {"since": "2026-11-23"} for a in found)


def test_a_question_that_cannot_be_answered_is_not_taken(
    clerk: Context, accepted: File, cast: Cast, session: Session
) -> None:
    for text, by in ((" ", TERM), ("？", date(2026, 11, 22))):
        with pytest.raises(Invalid):
            ask(clerk, accepted, text, by)
    session.get_one(Account, cast.legal_advisor.account_id).active = False
    session.commit()
    with pytest.raises(NotLawfulNow, match="法律顾问"):
        ask(clerk, accepted)


def test_who_asks_and_who_answers(cast: Cast, ctx_for: ContextFor, clerk: Context, accepted: File) -> None:
    for person in all_but(cast, "clerk", "second_clerk"):
        with pytest.raises((Forbidden, NotFound)):
            ask(ctx_for(person), accepted)
    number = ask(clerk, accepted)
    for person in all_but(cast, "legal_advisor"):
        with pytest.raises((Forbidden, NotFound)):
            give_advice(ctx_for(person), accepted.id, question_id=number, text="好", expected_version=None)
