"""移交 on screen: offering, what is said where, accepting, declining, and mistakes that lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Case, Handover
from tracker.services.acceptance import assign
from tracker.services.context import Runtime


@pytest.fixture
def case_id(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> int:
    """A case in the clerk's hands."""
    clock.set(date(2026, 11, 23))
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    made = received_case(ctx, people.organ_ids["MZJ"], date(2026, 11, 2))
    assert people.clerk.account_id is not None
    assign(ctx, made, handler_id=people.clerk.account_id, expected_version=None)
    session.rollback()
    return made


def offer(sign_in: SignIn, people: Cast, case_id: int, **given: object) -> str:
    form = {
        "to_id": str(people.second_clerk.account_id),
        "reason": "年休假",
        "cases": [str(case_id)],
        **given,
    }
    answer = sign_in("clerk").post("/handovers/new", data=form, follow_redirects=True)
    return answer.get_data(as_text=True)


def test_offered_and_accepted(sign_in: SignIn, people: Cast, case_id: int, session: Session) -> None:
    assert "仍由原经办人负责" in offer(sign_in, people, case_id)
    receiver = sign_in("second_clerk")
    assert "陈静移交给您 1 件申请件，等您接收。" in receiver.get("/").get_data(as_text=True)
    assert "接收前仍由您负责" in sign_in("clerk").get("/").get_data(as_text=True)
    head = sign_in("disclosure_head")
    assert "陈静移交给林涛的 1 件申请件等待接收" in head.get("/supervision/MZJ").get_data(as_text=True)
    alerts = receiver.get("/alerts").get_data(as_text=True)
    assert "有 1 件申请件移交给您" in alerts and "去办理" in alerts
    handover = session.query(Handover).one()
    session.rollback()
    page = receiver.get(f"/handovers/{handover.id}").get_data(as_text=True)
    assert "接收 1 件" in page and "撤回移交" not in page
    said = receiver.post(f"/handovers/{handover.id}/accept", follow_redirects=True).get_data(as_text=True)
    assert "已接收 1 件申请件" in said and "已移交" in said
    shown = receiver.get(f"/cases/{case_id}").get_data(as_text=True)
    assert "陈静移交给林涛办理，林涛已接收。" in shown
    again = receiver.post(f"/handovers/{handover.id}/accept")
    assert again.status_code == 409 and "已经处理" in again.get_data(as_text=True)


def test_declined_with_the_reason_shown(
    sign_in: SignIn, people: Cast, case_id: int, session: Session
) -> None:
    offer(sign_in, people, case_id)
    handover_id = session.query(Handover.id).scalar()
    session.rollback()
    receiver = sign_in("second_clerk")
    empty = receiver.post(f"/handovers/{handover_id}/decline", data={"decision_reason": " "})
    assert empty.status_code == 422
    receiver.post(f"/handovers/{handover_id}/decline", data={"decision_reason": "我也休假"})
    assert "我也休假" in sign_in("clerk").get(f"/handovers/{handover_id}").get_data(as_text=True)
    assert session.get_one(Case, case_id).handler_id == people.clerk.account_id


def test_a_mistake_keeps_what_was_typed(sign_in: SignIn, people: Cast, case_id: int) -> None:
    page = offer(sign_in, people, case_id, cases=[], reason="调离 <b>")
    assert "请至少选择一件申请件。" in page and "调离 &lt;b&gt;" in page
    assert f'selected value="{people.second_clerk.account_id}"' in page


def test_a_person_of_another_organ_or_without_cases_is_not_offered(
    sign_in: SignIn, people: Cast, case_id: int
) -> None:
    asked = f"/handovers/new?organ={people.organ_ids['MZJ']}&person={people.clerk.account_id}"
    assert "陈静" in sign_in("disclosure_head").get(asked).get_data(as_text=True)
    assert "没有可以移交的申请件" in sign_in("colleague").get(asked).get_data(as_text=True)
    assert "没有可以移交的申请件" in sign_in("second_clerk").get("/handovers/new").get_data(as_text=True)
