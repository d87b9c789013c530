"""The line beside a date field."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.web.conftest import SignIn


@pytest.mark.parametrize(
    ("typed", "on", "workday", "said"),
    [
        ("11.20", "2026-11-20", True, "2026年11月20日（周五），工作日"),
        ("2026年11月21日", "2026-11-21", False, "2026年11月21日（周六），周末"),
        ("2026/10/1", "2026-10-01", False, "放假（国庆节）"),
        ("2026-10-10", "2026-10-10", True, "调休上班（国庆节）"),
        ("2026-11-25", "2026-11-25", True, "晚于今天"),
        ("2027-03-01", "2027-03-01", True, "该年度安排尚未公布，暂定"),
        ("2026-02-30", None, None, "没有这一天"),
        ("下周", None, None, "看不出是哪一天"),
    ],
)
def test_d42_a_typed_day_is_told_with_weekday_and_kind_and_a_day_off_is_never_refused(
    sign_in: SignIn,
    session: Session,
    clock: StandingClock,
    typed: str,
    on: str | None,
    workday: bool | None,
    said: str,
) -> None:
    load_shipped(session)
    session.rollback()
    clock.set(date(2026, 11, 23))
    answer = sign_in("clerk").get("/dates/preview", query_string={"text": typed}).json
    assert answer is not None
    assert (answer["on"], answer["workday"]) == (on, workday)
    assert said in answer["text"]


def test_only_for_people_who_are_signed_in(client: FlaskClient) -> None:
    assert client.get("/dates/preview?text=11.20").status_code == 302
