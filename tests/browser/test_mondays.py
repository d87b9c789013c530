"""A Monday of each of three people, from the first page to the last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import districts
from tests.browser.hands import Person
from tests.browser.office import APPLICANT, Office, due_is
from tests.browser.server import LiveServer

MONDAY = date(2026, 3, 2)


@pytest.fixture
def office(server: LiveServer, enter: Callable[[str], Person], tmp_path: Path) -> Office:
    """The civil affairs office on Monday, 2 March 2026."""
    office = Office(server, enter, tmp_path)
    office.day(MONDAY)
    return office


def test_monday_of_a_clerk_in_a_busy_bureau(office: Office, server: LiveServer) -> None:
    """A visit that is no request, a letter that is one, and a search record cut off by the time-out."""
    clerk = office.at_desk("clerk")
    clerk.go("/")
    clerk.follow("收件登记簿", clerk.page.get_by_role("navigation", name="主导航"))
    clerk.follow("登记来件")
    clerk.choose("来件方式", "来访")
    clerk.choose("去向", "咨询")
    clerk.fill({"来电、来访时间": "09:20", "寄件人、来人": "王某", "内容摘要": "问低保办理的地点。"})
    clerk.press("登记来件")
    clerk.is_told("已登记，编号")

    office.register_envelope("2026-03-02", "XA10000000133")
    due_is(clerk, "3月30日")
    expect(clerk.page.get_by_role("note", name="下一步")).to_contain_text("补全登记")
    office.complete_registration()
    office.accept()
    expect(clerk.page.get_by_role("note", name="下一步")).to_contain_text("办理、拟稿")

    with clerk.act("登记检索") as form:
        clerk.fill({"检索范围": "档案室 2025 年救助卷宗"}, form)
        expect(form.get_by_role("status")).to_contain_text("已自动保存 10:00")
    server.house.clock.advance(minutes=31)
    clerk.page.on("dialog", lambda dialog: dialog.accept())
    clerk.sign_in("clerk", districts.PASSWORD)
    clerk.go(office.case)
    form = clerk.page.get_by_role("form", name="登记检索", exact=True)
    expect(form).to_contain_text("未提交的草稿")
    clerk.press("恢复", form)
    expect(form.get_by_label("检索范围")).to_have_value("档案室 2025 年救助卷宗")
    clerk.fill(
        {"检索关键词": "困难群众", "检索的年份": "2025 年", "检索人": "陈静", "结果说明": "明细一份。"}, form
    )
    clerk.choose("检索结果", "检索到", form)
    clerk.press("登记检索", form)
    clerk.is_told("已登记检索")
    clerk.follow("工作台", clerk.page.get_by_role("navigation", name="主导航"))
    clerk.sees("办理、拟稿")


def test_monday_of_a_subdistrict_clerk_who_seldom_comes(office: Office) -> None:
    """The first steps, a practice case from one end to the other, then a real envelope."""
    clerk = office.at_desk("one_person")
    clerk.go("/")
    steps = clerk.page.get_by_role("region", name="入门指引")
    clerk.follow("先用练习件走一遍", steps)
    clerk.press("开始练习", clerk.page.get_by_role("form", name="写得清楚的申请"))
    clerk.sees("练习，不是真的")
    for label in (
        "初审受理",
        "拟写答复",
        "提交审查",
        "合法性审查",
        "签发",
        "用印",
        "寄发",
        "登记送达",
        "归档",
    ):
        clerk.do(label)
    expect(clerk.page.get_by_role("note", name="下一步")).to_contain_text("练习完成")
    clerk.press("删除练习件")
    clerk.is_told("没有留下任何记录")

    clerk.go("/")
    clerk.press("收起指引", steps)
    clerk.is_told("指引已收起")
    expect(steps).to_have_count(0)
    clerk.follow("登记新申请")
    clerk.choose("申请渠道", "当面")
    clerk.fill({"提交日期": "2026-03-02", "接收人": "金一人", "寄件人或者申请人": APPLICANT})
    clerk.press("先登记信封，稍后补全")
    clerk.sees("海街公开受〔2026〕1号")
    expect(clerk.page.get_by_role("note", name="下一步")).to_contain_text("补全登记")


def test_monday_of_a_legal_advisor(office: Office) -> None:
    """Nothing waits, then a draft does: sent back with words, and passed when it comes again."""
    advisor = office.at_desk("legal_advisor")
    advisor.go("/reviews")
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    office.accept()
    office.record_search()
    office.review_secrecy()
    office.draft("《2025 年救助资金发放明细》一份")
    advisor = office.review("退回修改", "请写明页数。")
    advisor.is_told("退回")
    office.draft("《2025 年救助资金发放明细》一份，共 3 页")
    advisor = office.review("通过", "同意。")
    advisor.sees("请写明页数。", "同意。")
    advisor.go(office.case)
    expect(advisor.page.get_by_role("note", name="下一步")).to_contain_text("签发")
    advisor.cannot("签发")
