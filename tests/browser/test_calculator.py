"""期限计算器 by keyboard alone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import districts
from tests.browser.conftest import Contexts
from tests.browser.hands import Person
from tests.browser.places import Place
from tests.browser.server import LiveServer
from tests.browser.test_pages import OUTPUT, look_at

KINDS = {"发出征求意见函": 3, "征求意见结束": 5}
"""How often the arrow goes down from 请选择."""


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until this has the focus."""
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def choose_kind(page: Page, row: Locator, kind: str) -> None:
    tab_to(page, row.get_by_label("事项"))
    for _ in range(KINDS[kind]):
        page.keyboard.press("ArrowDown")
    expect(row.get_by_label("事项")).to_have_value(re.compile("suspended|resumed"))


def row_of(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"第 {number} 项")


def due_is(page: Page, day: str) -> None:
    """The large date, and the sentence a screen reader is told."""
    expect(page.locator(".clock-due")).to_contain_text(day)
    expect(page.get_by_role("status")).to_contain_text(day)


def test_a_pause_typed_with_the_keyboard_moves_the_date_at_once(enter: Callable[[str], Person]) -> None:
    clerk = enter("clerk")
    clerk.go("/calculator")
    page = clerk.page
    tab_to(page, page.get_by_label("收到申请之日"))
    page.keyboard.type("2026/9/10")
    due_is(page, "10月14日")
    choose_kind(page, row_of(page, 1), "发出征求意见函")
    page.keyboard.press("Tab")
    page.keyboard.type("9.15")
    expect(page.locator(".clock-due")).to_contain_text("征求意见中")
    expect(row_of(page, 1)).to_contain_text("2026年9月15日（周二），工作日")
    tab_to(page, page.get_by_role("button", name="再加一项"))
    page.keyboard.press("Enter")
    choose_kind(page, row_of(page, 2), "征求意见结束")
    page.keyboard.press("Tab")
    page.keyboard.type("9.22")
    due_is(page, "10月22日")
    expect(page).to_have_url(re.compile("e2-on=2026-09-22"))
    tab_to(page, row_of(page, 2).get_by_role("button", name="删去"))
    page.keyboard.press("Enter")
    expect(page.locator(".clock-due")).to_contain_text("征求意见中")
    expect(page).not_to_have_url(re.compile("e2-on"))


def test_the_link_shows_a_colleague_the_same(enter: Callable[[str], Person]) -> None:
    clerk = enter("clerk")
    clerk.go("/calculator")
    clerk.fill({"收到申请之日": "2026-09-10"})
    due_is(clerk.page, "10月14日")
    expect(clerk.page).to_have_url(re.compile("received=2026-09-10"))
    colleague = enter("colleague")
    colleague.go(clerk.page.url)
    due_is(colleague.page, "10月14日")


def test_what_cannot_be_is_said_beside_its_row_while_the_rest_stays(enter: Callable[[str], Person]) -> None:
    clerk = enter("clerk")
    clerk.go("/calculator?received=2026-09-10")
    row = row_of(clerk.page, 1)
    clerk.fill({"事项": "延期", "日期": "2026-09-31", "工作日数": "x"}, row)
    expect(row).to_contain_text("没有这一天")
    clerk.fill({"日期": "2026-09-30"}, row)
    expect(row).to_contain_text("不小于 1 的整数")
    expect(row.get_by_label("工作日数")).to_have_attribute("aria-invalid", "true")
    clerk.fill({"工作日数": "20"}, row)
    due_is(clerk.page, "11月11日")
    expect(row.get_by_label("工作日数")).not_to_have_attribute("aria-invalid", "true")


def test_without_scripts_the_button_does_the_same(
    contexts: Contexts, server: LiveServer, cast: object
) -> None:
    clerk = Person(contexts.page(server, java_script_enabled=False))
    clerk.sign_in("clerk", districts.PASSWORD)
    clerk.go("/calculator")
    clerk.fill({"收到申请之日": "9.10"})
    clerk.press("推算")
    due_is(clerk.page, "10月14日")
    first = row_of(clerk.page, 1)
    expect(first.get_by_label("征求谁的意见")).to_be_hidden()
    clerk.fill({"事项": "发出征求意见函", "日期": "9.15"}, first)
    clerk.fill({"征求谁的意见": "其他机关"}, first)
    clerk.press("推算，再加一项")
    clerk.fill({"事项": "征求意见结束", "日期": "9.22"}, row_of(clerk.page, 2))
    clerk.press("推算，再加一项")
    due_is(clerk.page, "10月22日")
    first.get_by_role("button", name="删去").click()
    expect(row_of(clerk.page, 1)).to_contain_text("没有尚未收回的征求意见")
    due_is(clerk.page, "10月14日")


def test_one_day_and_every_period(enter: Callable[[str], Person]) -> None:
    clerk = enter("clerk")
    clerk.go("/calculator/periods")
    clerk.fill({"起算之日": "2026-09-05", "期限": "诉讼答辩和举证（15 日）"})
    expect(clerk.page.locator(".clock-due")).to_contain_text("9月20日")
    clerk.sees("调休上班", "法释〔2018〕1号第四十八条")
    expect(clerk.page).to_have_url(re.compile("period=litigation_answer"))


ANSWERS = {
    "pause": "?received=2026-09-10&e1-kind=suspended&e1-on=2026-09-15&e1-cause=third_party",
    "faults": "?received=2026-09-10&e1-kind=correction_requested&e1-on=2026-09-21&e2-kind=resumed&e2-on=2026-09-30"
    "&e3-kind=extended&e3-on=2026-13-45&e3-days=x",
    "stopped": "?received=2026-11-09&e1-kind=dispatched&e1-on=2026-12-08&e1-by=post",
    "provisional": "?received=2026-12-04",
    "periods": "/periods?start=2026-11-20",
    "period": "/periods?period=litigation_filing&start=2025-08-16",
    "no-day": "/periods?start=2026-02-30",
}


def test_answers_can_be_read_at_every_width(enter: Callable[[str], Person]) -> None:
    clerk = enter("clerk")
    faults = []
    for name, said in ANSWERS.items():
        clerk.go(f"/calculator{said}")
        place = Place("calculator", name, said)
        faults += [f"{name}: {fault}" for fault in look_at(clerk.page, OUTPUT / "calculator", place)]
    assert not faults, "\n".join(faults)
