"""A statistic asked for, followed to its list, kept under a name, and opened by its link by somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.axe import grave_faults
from tests.browser.conftest import NARROW, WIDE
from tests.browser.hands import Person
from tests.browser.server import LiveServer
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.extensions import db

NAME = "各机关本年收件"


def settle(server: LiveServer, cast: Cast) -> None:
    house = server.house
    house.clock.set(date(2026, 11, 23))
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        for serial, (organ, month) in enumerate([("MZJ", 9), ("MZJ", 11), ("CZJ", 11)], start=1):
            received_case(context, cast.organ_ids[organ], date(2026, month, 10), serial)
            session.commit()


def test_asked_followed_kept_and_opened_by_its_link(
    server: LiveServer, cast: Cast, enter: Callable[[str], Person]
) -> None:
    settle(server, cast)
    supervisor = enter("supervisor")
    page = supervisor.page
    supervisor.go("/")
    supervisor.follow("统计分析", page.get_by_role("navigation", name="主导航"))
    supervisor.fill({"行": "机关", "列": "月份"}, page.get_by_role("form", name="统计条件"))
    supervisor.press("统计")
    expect(page.get_by_role("img", name=re.compile("2026年收到"))).to_be_visible()
    table = page.get_by_role("group", name=re.compile("2026年收到")).get_by_role("table")
    line = table.get_by_role("row", name=re.compile("椒江区民政局"))
    expect(line.get_by_role("cell").last).to_have_text("2")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert list(grave_faults(page)) == []
    page.set_viewport_size(WIDE)

    # Every figure leads to the requests behind it, and the way back finds the same question.
    line.get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1, name="申请件")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("列", exact=True)).to_have_value("month")

    supervisor.do("保存这一统计", {"名称": NAME, "谁能看到": "全区"}, press="保存统计")
    supervisor.is_told("已保存")
    supervisor.go("/statistics/saved")
    assert list(grave_faults(page)) == []
    address = page.get_by_role("link", name=NAME).get_attribute("href")
    assert address is not None

    # Who opens the link counts what they may see themselves.
    clerk = enter("clerk")
    clerk.go(address)
    expect(clerk.page.get_by_role("heading", level=2, name=NAME)).to_be_visible()
    rows = clerk.page.get_by_role("row")
    expect(rows.filter(has_text="椒江区民政局")).to_have_count(1)
    expect(rows.filter(has_text="椒江区财政局")).to_have_count(0)
    with clerk.page.expect_download() as download:
        clerk.follow("下载表格")
    assert download.value.suggested_filename.endswith(".xlsx")
