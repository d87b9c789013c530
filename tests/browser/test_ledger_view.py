"""台账 by keyboard: a cell is changed in place, another is given up, a block from Excel goes through its preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, expect
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.server import LiveServer
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.extensions import db
from tracker.models import Applicant

TODAY = date(2026, 11, 23)
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
}"""


def settle(server: LiveServer, cast: Cast) -> None:
    house = server.house
    house.clock.set(TODAY)
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        for serial in (1, 2):
            case_id = received_case(context, cast.organ_ids["MZJ"], date(2026, 11, 8 + serial), serial)
            session.add(
                Applicant(
                    case_id=case_id,
                    position=1,
                    capacity="applicant",
                    name=f"王晓{serial}",
                    legal_kind="citizen",
                    report_kind="natural_person",
                    identity_type="none",
                )
            )
            session.commit()


def test_cells_are_changed_by_keyboard_and_a_block_is_pasted(
    server: LiveServer, cast: Cast, enter: Callable[[str], Person]
) -> None:
    settle(server, cast)
    clerk = enter("clerk")
    clerk.go("/ledger/view")
    page = clerk.page
    grid = page.get_by_role("grid")
    heads = [head.strip() for head in grid.get_by_role("columnheader").all_inner_texts()]

    def cell(row: int, head: str) -> Locator:
        return grid.locator("tbody tr").nth(row).locator("td").nth(heads.index(head) - 1)

    # The arrows lead from cell to cell, F2 begins, Enter saves.
    cell(1, "备注").click()
    page.keyboard.press("ArrowUp")
    expect(cell(0, "备注")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("申请人催问")
    page.keyboard.press("Enter")
    clerk.is_told("已保存。")
    expect(cell(0, "备注")).to_have_text("申请人催问")
    expect(cell(0, "备注")).to_be_focused()

    # Esc gives up; what cannot be kept is told and stays in its cell.
    page.keyboard.press("Enter")
    page.keyboard.type("不要")
    page.keyboard.press("Escape")
    expect(cell(0, "备注")).to_have_text("申请人催问")
    page.keyboard.press("Home")
    expect(grid.get_by_role("rowheader").first).to_be_focused()

    # A date is no cell to type in: the reason is told.
    cell(0, "收到日期").click()
    page.keyboard.press("F2")
    clerk.is_told("不能直接改写")

    # Tab saves and goes on to the next cell that can be changed.
    cell(0, "联系电话").click()
    page.keyboard.press("F2")
    page.keyboard.type("13800001234")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="通信地址")).to_be_focused()
    expect(cell(0, "联系电话")).to_have_text("138****1234")
    page.keyboard.press("Escape")

    # A block is seen first, then saved.
    expect(cell(0, "通信地址")).to_be_focused()
    page.evaluate(PASTE, "台州市椒江区解放路 8 号\t2024 年台账\n\t2025 年台账\n")
    clerk.sees("将保存 2 件；0 件有问题，不保存。", "2024 年台账")
    clerk.press("保存 2 件")
    clerk.is_told("保存 2 件，没有保存 0 件。")
    clerk.follow("回到台账", page.get_by_role("main").get_by_role("status"))
    expect(cell(0, "通信地址")).to_have_text("台州市椒江区******")
    expect(cell(1, "申请公开的信息")).to_have_text("2025 年台账")
    expect(cell(1, "通信地址")).to_have_text("—")
