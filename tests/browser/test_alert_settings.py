"""The administrator decides how early an organ is warned; its cases and its alerts follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.server import LiveServer


def test_an_organ_is_warned_earlier(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    office.accept()

    office.day(date(2026, 3, 16))
    bar = office.at_case("clerk").page.get_by_role("main")
    expect(bar.locator(".light-green").first).to_be_visible()

    admin = office.at_desk("administrator")
    admin.go("/organs")
    admin.follow("椒江区民政局")
    admin.fill({"黄灯：剩余工作日不多于": "12"})
    admin.press("保存设置")
    admin.follow("椒江区民政局")
    admin.follow("提醒设置")
    admin.sees("现在采用全区默认设置", "临期，还剩 5 个工作日")
    admin.fill({"到期前提醒经办人（工作日）": "12、六"})
    admin.press("按表中设置预览")
    admin.sees("请填写工作日数，用顿号分开")
    admin.fill({"到期前提醒经办人（工作日）": "12、6"})
    admin.press("按表中设置预览")
    admin.sees("临期，还剩 12 个工作日")
    admin.press("保存设置")
    admin.sees("提醒设置已保存", "现在采用本机关自己的设置")

    seen = office.at_case("clerk").page.get_by_role("main")
    expect(seen.locator(".light-yellow").first).to_contain_text("临期")
