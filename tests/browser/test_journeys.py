"""Whole cases from the mail room to the archive, each begun in an empty district."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.browser.hands import Person
from tests.browser.office import Office, due_is
from tests.browser.server import LiveServer


@pytest.fixture
def office(server: LiveServer, enter: Callable[[str], Person], tmp_path: Path) -> Office:
    """The civil affairs office on Monday, 2 March 2026."""
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    return office


def test_abandoned_after_an_overdue_correction(office: Office) -> None:
    """补正 is asked once; the applicant never answers; the case ends with its letter."""
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    clerk = office.accept()
    due_is(clerk, "3月30日")
    with clerk.act("告知补正") as form:
        clerk.fill({"需要补正的事项": "请写明所需信息的年度。", "补正期限": "2026-03-20"}, form)
        clerk.press("告知补正", form)
    clerk.is_told("期限停止计算")
    clerk.sees("等待补正")

    office.day(date(2026, 3, 20))
    clerk = office.at_case("clerk")
    with clerk.act("视为放弃") as form:
        clerk.fill({"核查情况": "收发室、邮箱、平台均未收到补正材料。"}, form)
        clerk.press("视为放弃", form)
    clerk.is_told("此前不能视为放弃")
    clerk.sees("2026年3月20日")

    office.day(date(2026, 3, 23))
    clerk = office.at_case("clerk")
    with clerk.act("视为放弃") as form:
        clerk.fill({"核查情况": "收发室、邮箱、平台均未收到补正材料。"}, form)
        clerk.press("视为放弃", form)
    clerk.is_told("已登记视为放弃")
    clerk.sees("视为放弃申请，期限停止")
