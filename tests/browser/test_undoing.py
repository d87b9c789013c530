"""A wrong step is taken back at once, and what was typed for it leaves no draft behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office, due_is
from tests.browser.server import LiveServer


def test_a_wrong_step_is_taken_back(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    clerk = office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    office.accept()
    with clerk.act("登记撤回") as form:
        clerk.fill({"撤回的方式和内容": "来电撤回。"}, form)
        clerk.press("登记撤回", form)
    clerk.is_told("已登记撤回")

    with clerk.act("撤销本步") as form:
        expect(form).to_contain_text("将撤销最近一步")
        expect(form).to_contain_text("3月30日（周一）到期")
        clerk.press("撤销本步", form)
        clerk.fill({"撤销的原因": "看错了申请件，撤回的是另一件。"}, form)
        clerk.press("撤销本步", form)
    clerk.is_told("已撤销")
    due_is(clerk, "3月30日")
    clerk.sees("看错了申请件，撤回的是另一件。")

    with clerk.act("撤销本步") as form:
        expect(form).to_contain_text("初审受理")
        expect(form).not_to_contain_text("未提交的草稿")
