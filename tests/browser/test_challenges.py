"""A reconsideration from the copy to the new reply, and table 4 that shows it; table 2 typed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.server import LiveServer


def test_reconsideration_answer_result_and_new_reply(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    office.day(date(2026, 3, 9))
    clerk = office.at_case("clerk")
    clerk.do("登记撤回", {"撤回的方式和内容": "电话告知，随后寄来书面声明"})

    office.day(date(2026, 4, 8))
    clerk = office.at_case("clerk")
    with clerk.act("登记复议、诉讼") as form:
        clerk.choose("类型", "行政复议", form)
        clerk.fill({"复议机关或者法院": "台州市椒江区人民政府", "请求事项": "撤销并重新答复"}, form)
        clerk.press("登记复议、诉讼", form)
    clerk.is_told("已登记")
    clerk.sees("复议答复期限", "2026-04-22")

    office.day(date(2026, 4, 20))
    clerk = office.at_case("clerk")
    clerk.do("登记提交答复、答辩")
    clerk.is_told("期限停止计算")

    office.day(date(2026, 6, 1))
    clerk = office.at_case("clerk")
    with clerk.act("登记复议、诉讼结果") as form:
        clerk.choose("结果", "结果纠正", form)
        clerk.fill({"文书名称和文号": "椒政复〔2026〕8号"}, form)
        clerk.press("登记复议、诉讼结果", form)
    clerk.is_told("已登记结果")

    head = office.at_desk("disclosure_head")
    head.go(f"{office.case}/actions/order_anew")
    head.choose("责令（决定）的来源", "行政复议决定")
    head.page.get_by_label("所据的复议、诉讼").select_option(index=1)
    head.fill({"文书名称和文号": "椒政复〔2026〕8号"})
    head.press("重新答复")
    head.is_told("已登记重新答复")

    head.go("/reports/2026/challenges")
    head.page.get_by_role("link", name="行政复议，结果纠正：1", exact=True).click()
    head.sees("台州市椒江区人民政府", "责令重新答复")


def test_table_two_is_typed_in_and_kept_on_bad_input(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 1, 12))
    clerk = office.at_desk("clerk")
    clerk.go("/reports/2025/organs/MZJ/proactive")
    fields = clerk.page.get_by_role("main").get_by_role("textbox")
    expect(fields).to_have_count(10)
    for at in range(10):
        fields.nth(at).fill("0")
    fields.nth(6).fill("约三百")
    clerk.press("保存表二")
    clerk.sees("请填写不小于 0 的整数")
    expect(fields.nth(6)).to_have_value("约三百")
    fields.nth(6).fill("300")
    clerk.press("保存表二")
    clerk.is_told("表二已保存")
