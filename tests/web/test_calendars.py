"""The page of a year of the calendar."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.web.conftest import SignIn


@pytest.fixture(autouse=True)
def _calendars(session: Session, clock: StandingClock) -> None:
    load_shipped(session)
    clock.set(date(2026, 11, 23))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_year_shows_notice_holidays_and_every_day(sign_in: SignIn) -> None:
    html = sign_in("clerk").get("/calendars/2025").text
    shown = text(html)
    assert "国办发明电〔2024〕12号" in shown and "2024年11月12日" in shown
    assert "国庆节、中秋节 10月1日—10月8日 9月28日（周日）、10月11日（周六）" in shown
    assert len(re.findall(r'<td class="day-holiday', html)) == 28
    assert len(re.findall(r'<td class="day-make_up', html)) == 5
    assert "248" in shown


def test_an_unverified_number_is_shown_as_such_and_never_invented(sign_in: SignIn) -> None:
    shown = text(sign_in("auditor").get("/calendars/").text)
    assert "2026 年工作日历" in shown
    assert "通知文号 未核 通知日期 2025年11月4日" in shown


def test_a_year_without_notice_says_so(sign_in: SignIn) -> None:
    shown = text(sign_in("administrator").get("/calendars/2027").text)
    assert "这一年的放假通知尚未载入" in shown
    assert "春节 2月5日—2月8日" in shown


def test_everybody_is_told_how_far_the_loaded_calendars_reach(sign_in: SignIn) -> None:
    for part in ("clerk", "legal_advisor", "stranger"):
        assert "已载入的日历到 2026年12月31日。" in text(sign_in(part).get("/calendars/2025").text)


@pytest.mark.parametrize("year", [1, 2007, 2100, 9999])
def test_years_nobody_needs_are_not_there(sign_in: SignIn, year: int) -> None:
    assert sign_in("clerk").get(f"/calendars/{year}").status_code == 404
