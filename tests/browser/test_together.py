"""Two people on one case at once, and mistakes: a clear message, and nothing that was typed is lost."""

from __future__ import annotations

import re
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

SEARCH = {
    "检索范围": "档案室 2019 年以来的救助卷宗",
    "检索关键词": "困难群众 救助",
    "检索的年份": "2019—2025 年",
    "检索人": "陈静",
    "结果说明": "检索到《救助资金发放明细》一份。",
}


@pytest.fixture
def case(server: LiveServer, cast: Cast) -> str:
    """The address of a case that is to be worked on."""
    house = server.house
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        case_id = received_case(context, cast.organ_ids["MZJ"], house.clock.today() - timedelta(days=4))
    return f"/cases/{case_id}"


def test_two_people_at_once_are_told_and_lose_nothing(enter: Callable[[str], Person], case: str) -> None:
    first, second = enter("clerk"), enter("second_clerk")
    for person in (first, second):
        person.go(case)
    first.do("初审受理")
    first.is_told("已")
    with second.act("登记检索") as form:
        second.fill(SEARCH, form)
        second.choose("检索结果", "检索到", form)
        second.press("登记检索", form)
    second.is_told(re.compile("刚被他人更新"))
    for label, typed in SEARCH.items():
        expect(second.page.get_by_label(label)).to_have_value(typed)
    second.press("登记检索")
    second.is_told("已登记检索")
    expect(second.page).to_have_url(re.compile(f"{case}$"))


def test_a_mistake_is_named_and_the_rest_is_kept(enter: Callable[[str], Person], case: str) -> None:
    clerk = enter("clerk")
    clerk.go(case)
    with clerk.act("登记检索") as form:
        clerk.fill({**SEARCH, "检索日期": "13.45"}, form)
        clerk.press("登记检索", form)
    clerk.is_told("还有内容需要更正")
    clerk.sees("检索结果", re.compile("没有这一天|看不出是哪一天"))
    for label, typed in SEARCH.items():
        expect(clerk.page.get_by_label(label)).to_have_value(typed)
    expect(clerk.page.get_by_label("检索日期")).to_have_value("13.45")


def test_a_date_says_its_weekday_while_it_is_typed(enter: Callable[[str], Person], case: str) -> None:
    clerk = enter("clerk")
    clerk.go(case)
    with clerk.act("告知补正") as form:
        form.get_by_label("补正期限").fill("2026-12-12")
        form.get_by_label("补正期限").blur()
        expect(form).to_contain_text("周六")
