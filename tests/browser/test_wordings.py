"""A wording goes from the office through the advisor into use, and is read and compared by others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.places import Place
from tests.browser.server import LiveServer
from tests.browser.test_pages import OUTPUT, look_at

FIRST = "第 1 段（固定）"
NEW = "{{ you }}的申请实为信访、投诉、举报。根据《条例》第三十九条第一款的规定，不作为政府信息公开申请处理。"


def test_a_wording_goes_from_draft_to_use(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    writer = office.at_desk("supervisor")
    writer.go("/wordings/petition")
    writer.follow("修改文字", writer.page.get_by_role("main"))
    writer.fill({FIRST: "{{ yuo }}的申请", "修改的原因": "更简明"})
    writer.press("保存并提交审核")
    writer.sees("第 1 行的合并字段“yuo”不在字段表中")
    expect(writer.page.get_by_label(FIRST)).to_have_value("{{ yuo }}的申请")
    pictured(writer, "wording-edit-fault")
    writer.fill({FIRST: NEW})
    writer.press("保存并提交审核")
    writer.sees("已提交审核，现行文字没有改动。", "待审核")
    address = writer.page.url

    advisor = office.at_desk("legal_advisor")
    advisor.go(address)
    pictured(advisor, "wording-draft")
    with_form(advisor, "退回修改", {"审核意见": "请保留原有条款"})
    advisor.sees("已退回，现行文字没有改动。")
    writer.go(address)
    writer.sees("请保留原有条款")
    writer.follow("修改文字", writer.page.get_by_role("main"))
    expect(writer.page.get_by_label(FIRST)).to_have_value(NEW)
    writer.press("保存并提交审核")
    writer.sees("待审核")

    advisor.go(address)
    with_form(advisor, "审核通过", {})
    advisor.sees("已通过，成为新的一版。")
    reader = office.at_desk("clerk")
    reader.go("/wordings/petition")
    reader.sees("第 2 版", "你的申请实为信访、投诉、举报。")
    pictured(reader, "wording-show")
    reader.follow("修订对照")
    expect(reader.page.locator("ins").first).to_be_visible()
    expect(reader.page.locator("del").first).to_be_visible()
    pictured(reader, "wording-redline")
    reader.go("/wordings/?article=39(1)")
    reader.sees("引用该条款")
    pictured(reader, "wordings")


def with_form(person: Person, label: str, answers: dict[str, str]) -> None:
    """Open a short form, fill it in and send it."""
    person.page.locator("summary").get_by_text(label, exact=True).click()
    form = person.page.get_by_role("form", name=label, exact=True)
    person.fill(answers, form)
    person.press(label, form)


def pictured(person: Person, name: str) -> None:
    """Pictures at both widths, and nothing that keeps somebody from working with the page."""
    place = Place("wordings", name, person.page.url)
    assert list(look_at(person.page, OUTPUT / "wordings", place)) == []
