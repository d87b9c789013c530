"""The annual report from the organ to the public, and what a later correction shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.server import LiveServer

PLACE = "/reports/2025/organs/MZJ"


def at_report(office: Office, part: str) -> Person:
    person = office.at_desk(part)
    person.go(PLACE)
    return person


def test_submitted_returned_accepted_published_and_corrected_later(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2025, 12, 29))
    office.register_envelope("2025-12-29", "XA10000000133")
    office.complete_registration()

    office.day(date(2026, 1, 12))
    head = office.at_desk("disclosure_head")
    head.go("/")
    head.follow("去提交")
    head.sees("编制中", "2026年1月31日前提交")
    head.do("提交年度报告")
    head.is_told("已提交")

    supervisor = office.at_desk("supervisor")
    supervisor.go("/reports/2025/collection")
    supervisor.sees("已提交 1 个")
    supervisor.follow("椒江区民政局")
    supervisor.do("退回")
    supervisor.sees("退回的原因")
    supervisor.do("退回", {"退回的原因": "请核对结转数。"})
    supervisor.is_told("已退回")

    head = at_report(office, "disclosure_head")
    head.sees("请核对结转数。")
    head.do("提交年度报告")
    head.is_told("已提交")

    supervisor = at_report(office, "supervisor")
    supervisor.do("接受")
    supervisor.is_told("已接受")
    supervisor.do("登记公布")
    supervisor.is_told("数字不再变化")
    supervisor.sees("一致：")

    office.day(date(2026, 2, 10))
    clerk = office.at_case("clerk")
    clerk.do("登记撤回", {"撤回的方式和内容": "12 月 30 日书面撤回，补记。", "撤回日期": "2025-12-30"})
    clerk.is_told("撤回")

    supervisor = at_report(office, "supervisor")
    supervisor.sees("已公布的数字不变")
    changes = supervisor.page.get_by_role("group", name="与现在的差异")
    expect(changes.get_by_role("row")).to_have_count(1 + 6)
    expect(changes).to_contain_text("结转下年度继续办理，自然人")
    supervisor.go("/reports/2025/collection")
    supervisor.sees("有差异")


def test_a_pasted_table_is_checked_in_place(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    tables = Path(__file__).parents[3] / "shared" / "cases" / "tables"
    clerk = Office(server, enter, tmp_path).at_desk("clerk")
    clerk.go("/reports/check")
    clerk.fill({"表三文件": tables / "unbalanced.csv"})
    clerk.press("核对")
    clerk.sees("处不符", "相差")
    clerk.fill({"或者在这里粘贴": (tables / "suqian-2023.csv").read_text("utf-8-sig")})
    clerk.press("核对")
    clerk.sees("全部相符。")


def test_the_text_is_filled_in_while_one_types_and_handed_in_with_the_report(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2025, 12, 29))
    office.register_envelope("2025-12-29", "XA10000000133")
    office.complete_registration()

    office.day(date(2026, 1, 12))
    clerk = office.at_desk("clerk")
    clerk.go(f"{PLACE}/text")
    clerk.sees("还没有保存", "还需补写：")
    parts = {name: clerk.page.get_by_role("textbox", name=name) for name in ("一、", "二、", "五、", "六、")}
    parts["一、"].fill("本年新收政府信息公开申请{{ 新收申请 }}件。")
    preview = clerk.page.get_by_role("group", name="一、总体情况，填入数字后")
    expect(preview).to_have_text("本年新收政府信息公开申请1件。")
    parts["二、"].fill("本年新收政府信息公开申请3件。")
    parts["五、"].fill("{{ 新收件数 }}")
    parts["六、"].fill("无")
    clerk.press("保存正文")
    clerk.sees("不在字段表中", "正文写 3，表中本年新收（第 1 行总计）是 1")
    parts["二、"].fill("")
    parts["五、"].fill("问题和改进措施。")
    clerk.press("保存正文")
    clerk.is_told("正文已保存")

    head = at_report(office, "disclosure_head")
    head.do("提交年度报告")
    head.sees("随报告提交的正文", "本年新收政府信息公开申请1件。")
    head.follow("年报图解")
    drawing = head.page.get_by_role("img", name="椒江区民政局 2025 年年报图解")
    expect(drawing).to_have_js_property("complete", True)
    assert drawing.evaluate("image => image.naturalWidth") == 900
    clerk.go(f"{PLACE}/text")
    clerk.cannot("保存正文")
