"""What pages and machines say when clocks reach beyond the loaded calendar years, and in every process alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.domain.years import YEAR_2027
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_calendar_proposals import FORM, text
from tracker.app import create_app
from tracker.config import Settings
from tracker.domain.actors import SYSTEM
from tracker.extensions import db
from tracker.services.calendars import load_year
from tracker.services.context import Runtime
from tracker.web.users import SESSION_COOKIE


@pytest.fixture(autouse=True)
def _beyond(session: Session, clock: StandingClock, people: Cast, runtime: Runtime) -> None:
    """One case of 区民政局 whose date lies in 2027."""
    load_shipped(session)
    clock.set(date(2026, 12, 10))
    received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 12, 8))
    session.rollback()


def test_the_administrator_is_told_how_many_and_where_to_go(sign_in: SignIn) -> None:
    html = sign_in("administrator").get("/").text
    assert "工作日历只到 2026 年，已有 1 个在办期限算到其后，为暂定" in html
    assert '<a href="/calendars/2027/propose">去载入</a>' in html


def test_who_watches_over_the_district_is_warned_without_a_way_to_load(sign_in: SignIn) -> None:
    html = sign_in("supervisor").get("/").text
    assert "已有 1 个在办期限算到其后" in html and "去载入" not in html


def test_others_are_told_quietly(sign_in: SignIn) -> None:
    html = sign_in("clerk").get("/").text
    assert "已载入的工作日历到 2026 年，更晚的到期日为暂定。" in html
    assert "个在办期限算到其后" not in html


def test_machines_are_told_as_well(client: FlaskClient) -> None:
    assert (
        "calendar: 1 running clocks reach beyond the loaded years" in client.get("/readyz").json["degraded"]
    )  # type: ignore[index]
    figures = client.get("/metrics").text
    assert "tracker_clocks_provisional 1.0" in figures
    assert "tracker_calendar_covered_until 1.7986464e+09" in figures


def test_the_doctor_names_it(app: Flask) -> None:
    output = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "fail\tcalendar\t工作日历只到 2026-12-31，1 个在办期限算到其后" in output


def test_once_the_year_is_loaded_all_is_quiet(sign_in: SignIn, session: Session, runtime: Runtime) -> None:
    load_year(runtime.context(session, SYSTEM), YEAR_2027)
    client = sign_in("administrator")
    assert "工作日历只到" not in client.get("/").text
    figures = client.get("/metrics").text
    assert "tracker_clocks_provisional 0.0" in figures
    assert not [line for line in client.get("/readyz").json["degraded"] if line.startswith("calendar")]  # type: ignore[index]


def test_the_workbench_names_the_year_and_then_who_must_confirm(sign_in: SignIn) -> None:
    administrator, supervisor = sign_in("administrator"), sign_in("supervisor")
    assert "2027 年的放假通知还没有载入" in administrator.get("/").text
    assert "工作日历待办" not in supervisor.get("/").text
    assert administrator.post("/calendars/2027/propose", data=FORM).status_code == 302
    assert "您提出的 2027 年工作日历等待另一人确认" in administrator.get("/").text
    assert "管理员甲提出的 2027 年工作日历等您核对确认" in supervisor.get("/").text
    assert "工作日历待办" not in sign_in("clerk").get("/").text


@pytest.fixture
def second_process(settings: Settings, runtime: Runtime) -> Iterator[FlaskClient]:
    """Another application on the same database, with connections of its own."""
    other = create_app(settings, runtime=runtime)
    other.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield other.test_client()
    with other.app_context():
        db.engine.dispose()


def test_a_year_loaded_in_one_process_is_in_force_in_every_other(
    sign_in: SignIn, second_process: FlaskClient, session: Session, runtime: Runtime
) -> None:
    first = sign_in("clerk")
    cookie = first.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    second_process.set_cookie(SESSION_COOKIE, cookie.value)
    assert "这一年的放假通知尚未载入" in text(second_process.get("/calendars/2027").text)
    load_year(runtime.context(session, SYSTEM), YEAR_2027)
    session.rollback()
    for process in (first, second_process):
        shown = text(process.get("/calendars/2027").text)
        assert "999号（测试数据）" in shown and "元旦 1月1日—1月4日 1月9日（周六）" in shown
