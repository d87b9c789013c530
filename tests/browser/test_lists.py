"""Lists that people work in without the mouse, and addresses that hold the state of a list."""

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


@pytest.fixture
def numbers(server: LiveServer, cast: Cast) -> list[str]:
    """Three cases of the civil affairs office, the most urgent first."""
    house = server.house
    today = house.clock.today()
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        for serial, days in enumerate((20, 12, 4), start=1):
            received_case(context, cast.organ_ids["MZJ"], today - timedelta(days=days), serial)
    return [f"-{serial}号" for serial in (1, 2, 3)]


def test_j_k_and_enter_walk_the_list(enter: Callable[[str], Person], numbers: list[str]) -> None:
    clerk = enter("clerk")
    clerk.go("/cases?sort=due")
    page = clerk.page
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).to_have_count(3)
    second = rows.nth(1).get_by_role("link").first
    name = second.inner_text()
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/cases/\d+"))
    expect(page.get_by_role("main")).to_contain_text(name)


def test_the_slash_goes_to_the_search_and_the_answer_has_an_address(
    enter: Callable[[str], Person], numbers: list[str]
) -> None:
    clerk = enter("clerk")
    clerk.go("/cases")
    page = clerk.page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="全文检索")).to_be_focused()
    page.keyboard.type("不会有的内容")
    page.keyboard.press("Enter")
    clerk.sees("没有找到")
    expect(page).to_have_url(re.compile("/search.*q="))
    colleague = enter("second_clerk")
    colleague.go(page.url)
    colleague.sees("没有找到")
    page.go_back()
    expect(page.get_by_role("rowheader")).to_have_count(3)


def test_the_whole_row_opens_the_case(enter: Callable[[str], Person], numbers: list[str]) -> None:
    clerk = enter("clerk")
    clerk.go("/cases")
    row = clerk.page.get_by_role("row").filter(has_text=numbers[0])
    row.get_by_role("cell").nth(1).click()
    expect(clerk.page).to_have_url(re.compile(r"/cases/\d+"))


def test_neighbours_see_nothing_of_ours(enter: Callable[[str], Person], numbers: list[str]) -> None:
    neighbour = enter("colleague")
    neighbour.go("/cases")
    neighbour.sees("还没有申请件")
