"""移交 with two people: one goes on leave, the other looks at the clocks and accepts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.server import LiveServer
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.extensions import db
from tracker.services.acceptance import assign


@pytest.fixture
def case(server: LiveServer, cast: Cast) -> str:
    """The address of a case in the clerk's hands."""
    house = server.house
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        case_id = received_case(context, cast.organ_ids["MZJ"], house.clock.today() - timedelta(days=4))
        session.rollback()
        assign(context, case_id, handler_id=cast.clerk.account_id or 0, expected_version=None)
    return f"/cases/{case_id}"


def test_one_goes_on_leave_and_the_other_accepts(enter: Callable[[str], Person], case: str) -> None:
    clerk, colleague = enter("clerk"), enter("second_clerk")
    clerk.go("/")
    clerk.follow("移交")
    clerk.follow("移交申请件")
    clerk.press("提出移交")
    clerk.is_told("还有内容需要更正")
    clerk.fill({"接收人": "林涛", "移交的原因": "年休假 12 月 1 日至 12 日"})
    clerk.press("提出移交")
    clerk.is_told("已提出移交")
    clerk.sees("待接收", "年休假 12 月 1 日至 12 日")
    colleague.go("/")
    colleague.sees("陈静移交给您 1 件申请件")
    colleague.follow("去接收")
    with colleague.act("接收") as form:
        form.get_by_role("button", name="接收 1 件").click()
    colleague.is_told("已接收 1 件申请件")
    colleague.go(case)
    colleague.sees("陈静移交给林涛办理，林涛已接收。")
    clerk.go("/alerts")
    expect(clerk.page.get_by_role("main")).to_contain_text("已由对方接收")
