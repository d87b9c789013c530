"""督办单 on its page, in the log and on the board; the wall."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.actors import SYSTEM
from tracker.models import Case, Chase
from tracker.services.context import Runtime
from tracker.services.heartbeats import job_finished, job_started

TODAY = date(2026, 11, 23)


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    clock.set(TODAY)
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 10, 20))
    session.rollback()
    return made


def version_of(session: Session, case_id: int) -> str:
    session.rollback()
    return str(session.get_one(Case, case_id).version_id)


def chase_from_the_page(sign_in: SignIn, case_id: int, session: Session, **fields: str) -> Chase:
    sent = {"text": "请今日报告进度。", "answer_by_on": "2026-11-26", **fields}
    answer = sign_in("supervisor").post(f"/cases/{case_id}/actions/chase", data=sent)
    assert answer.status_code == 302, answer.text
    session.rollback()
    return session.scalars(select(Chase)).one()


def test_a_slip_goes_from_the_supervisor_to_the_organ_and_back(
    sign_in: SignIn, session: Session, case_id: int
) -> None:
    slip = chase_from_the_page(sign_in, case_id, session)
    supervisor, clerk = sign_in("supervisor"), sign_in("clerk")
    board = supervisor.get("/supervision").text
    assert "待答复的督办单（1）" in board and slip.number in board
    assert slip.number in sign_in("approver").get("/supervision/MZJ").text
    assert f"/supervision/slips/{slip.id}" in clerk.get(f"/cases/{case_id}").text
    printed = clerk.get(f"/supervision/slips/{slip.id}").text
    for said in (slip.number, "请今日报告进度。", "2026年11月26日（周四）前", "还没有答复"):
        assert said in printed
    url = f"/cases/{case_id}/actions/answer_chase"
    assert slip.number in clerk.get(url).text
    assert clerk.post(url, data={"chase_id": str(slip.id), "text": ""}).status_code == 422
    said_back = {"chase_id": str(slip.id), "text": "明日寄出。", "version": version_of(session, case_id)}
    assert clerk.post(url, data=said_back).status_code == 302
    assert "明日寄出。" in supervisor.get(f"/supervision/slips/{slip.id}").text
    after = supervisor.get("/supervision").text
    assert "待答复的督办单（0）" in after and "已答复的督办单（1）" in after


def test_a_term_that_has_passed_comes_back_with_what_was_typed(sign_in: SignIn, case_id: int) -> None:
    sent = {"text": "请抓紧。", "answer_by_on": "2026-11-20"}
    answer = sign_in("supervisor").post(f"/cases/{case_id}/actions/chase", data=sent)
    assert answer.status_code == 422
    assert "答复时限不能早于今天。" in answer.text and "请抓紧。" in answer.text


def test_the_wall_shows_figures_and_nobody(
    sign_in: SignIn, session: Session, case_id: int, runtime: Runtime
) -> None:
    chase_from_the_page(sign_in, case_id, session)
    wall = sign_in("supervisor").get("/supervision/wall").text
    assert "后台任务从未运行" in wall
    assert "椒江区民政局" in wall and "待答复的督办单" in wall
    assert "陈静" not in wall and "困难群众" not in wall and "mainnav" not in wall
    assert '<meta http-equiv="refresh" content="60">' in wall
    ctx = runtime.context(session, SYSTEM)
    job_started(ctx, "heartbeat")
    job_finished(ctx, "heartbeat", succeeded=True, outcome="")
    session.rollback()
    assert "后台任务运行正常" in sign_in("auditor").get("/supervision/wall").text
    assert sign_in("approver").get("/supervision/wall").status_code == 403


def test_the_head_decides_an_extension_with_clock_and_history_before_them(
    sign_in: SignIn, session: Session, case_id: int, clock: StandingClock
) -> None:
    clock.set(date(2026, 11, 16))
    asked = {"days": "10", "grounds": "年代久远", "on": "2026-11-16"}
    assert sign_in("clerk").post(f"/cases/{case_id}/actions/request_extension", data=asked).status_code == 302
    head = sign_in("disclosure_head")
    page = head.get(f"/cases/{case_id}/actions/decide_extension").text
    for said in ("2026年10月20日（周二）", "2026年11月17日（周二）", "办理经过", "年代久远", "申请延期"):
        assert said in page
    version = version_of(session, case_id)
    decided = {"decision": "approve", "days": "10", "on": "2026-11-16", "version": version}
    done = head.post(f"/cases/{case_id}/actions/decide_extension", data=decided, follow_redirects=True)
    assert "到期日改为2026年12月1日（周二）" in done.text
    assert "在2026年11月17日（周二）届满前寄出延期答复告知书" in done.text
