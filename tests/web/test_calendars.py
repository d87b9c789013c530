"""The calendar's page and the due date behind a typed date of receipt."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.domain.logs import CALENDAR
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


def test_the_warning_comes_before_open_periods_reach_beyond(sign_in: SignIn, clock: StandingClock) -> None:
    client = sign_in("clerk")
    assert "已载入的日历到 2026年12月31日 为止" in text(client.get("/calendars/2026").text)
    clock.set(date(2026, 11, 1))
    assert "已载入的日历到" not in text(sign_in("second_clerk").get("/calendars/2026").text)


@pytest.mark.parametrize("year", [1, 2007, 2100, 9999])
def test_years_nobody_needs_are_not_there(sign_in: SignIn, year: int) -> None:
    assert sign_in("clerk").get(f"/calendars/{year}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-11-23", {"on": "2026-11-23", "workday": True, "due_on": "2026-12-21", "provisional": False}),
        ("2026-02-14", {"on": "2026-02-14", "workday": True, "due_on": "2026-03-20", "provisional": False}),
        ("2026-02-18", {"on": "2026-02-18", "workday": False, "due_on": "2026-03-20", "provisional": False}),
        ("2026-12-04", {"on": "2026-12-04", "workday": True, "due_on": "2027-01-04", "provisional": True}),
        ("nonsense", {"on": None, "workday": None, "due_on": None, "provisional": None}),
        ("", {"on": None, "workday": None, "due_on": None, "provisional": None}),
    ],
)
def test_d41_the_due_date_as_it_is_typed_is_the_folds(
    sign_in: SignIn, typed: str, expected: dict[str, object]
) -> None:
    response = sign_in("clerk").get(
        "/clock/due", query_string={"text": typed}, headers={"Accept": "application/json"}
    )
    answer = dict(response.json or {})
    told = answer.pop("text")
    assert answer == expected
    assert bool(told) == bool(typed)
    if expected["on"]:
        assert str(expected["due_on"]) == CALENDAR.nth_workday(date.fromisoformat(typed), 20).isoformat()


def test_without_script_the_same_answer_as_a_page(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    assert "2026年12月21日（周一）" in client.get("/clock/due?text=2026-11-23").text
    assert client.get("/clock/due").status_code == 200
    assert client.get("/clock/due?text=32月").status_code == 200


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "x" * 5000])
def test_no_typed_text_is_an_error_of_ours(sign_in: SignIn, typed: str) -> None:
    assert sign_in("clerk").get("/clock/due", query_string={"text": typed}).status_code == 200
