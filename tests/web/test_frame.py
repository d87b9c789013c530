"""The frame of every page, and what people read when something cannot be shown."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.permissions import GRANTS
from tracker.models import JobHeartbeat
from tracker.web.district import district, read_district
from tracker.web.links import local_path
from tracker.web.navigation import PLACES, places_for


def test_the_district_names_itself_in_one_file() -> None:
    css = ':root { --district-name: "某市某区"; --system-name: "办理系统"; --accent: #123456; }'
    assert dataclasses.astuple(read_district(css)) == ("某市某区", "办理系统")
    with pytest.raises(ValueError, match="--system-name"):
        read_district(':root { --district-name: "某市某区"; }')


def test_every_page_names_the_district(client: FlaskClient) -> None:
    html = client.get("/login").text
    assert district().name in html
    assert '<a class="skip-link" href="#content">' in html


def test_every_place_of_the_navigation_exists(app: Flask) -> None:
    missing = [place.endpoint for place in PLACES if place.endpoint not in app.view_functions]
    assert missing == []


def test_places_follow_the_roles(people: Cast) -> None:
    labels = {part: [place.label for place in places_for(actor)] for part, actor in people.actors.items()}
    assert labels["stranger"] == ["工作台", "期限计算器"]
    assert "登记" in labels["clerk"]
    assert "登记" not in labels["approver"]
    assert "签发" in labels["approver"]
    assert "申请件" not in labels["administrator"]
    assert {p for place in PLACES for p in place.permissions} <= {
        p for grants in GRANTS.values() for p in grants
    }


def test_the_menu_names_organ_and_role(sign_in: SignIn) -> None:
    html = sign_in("legal_advisor").get("/").text
    menu = html.split('<details class="menu">')[1].split("</details>")[0]
    assert "徐律师" in menu
    assert "椒江区民政局" in menu
    assert "海门街道办事处" in menu
    assert "法律顾问" in menu
    assert 'action="/logout"' in menu


def test_a_page_that_is_not_there(sign_in: SignIn) -> None:
    answer = sign_in("clerk").get("/nowhere")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.text


def test_a_page_that_is_not_for_this_role(sign_in: SignIn) -> None:
    answer = sign_in("clerk").get("/accounts", headers={"Referer": "http://localhost/cases?q=1"})
    assert answer.status_code == 403
    assert "您的岗位不能使用这一页" in answer.text
    assert 'href="/cases?q=1"' in answer.text


def test_a_referrer_elsewhere_is_not_linked(sign_in: SignIn) -> None:
    answer = sign_in("clerk").get("/accounts", headers={"Referer": "https://example.org/x"})
    assert "example.org" not in answer.text


def test_a_stale_form_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/language", data={"language": "en"})
    assert answer.status_code == 400
    assert "这一步没有执行" in answer.text


def test_too_large_a_file_says_so(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10
    answer = client.post("/language", data={"language": "en" * 50})
    assert answer.status_code == 413
    assert "上传的文件太大" in answer.text


def test_a_failure_is_told_without_asking_the_database(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(app.view_functions, "language.choose", broken)
    answer = client.post("/language")
    assert answer.status_code == 500
    assert "这一步没有完成" in answer.text
    assert "disk" not in answer.text


def test_a_silent_runner_is_said_on_every_page(
    sign_in: SignIn, session: Session, clock: StandingClock
) -> None:
    load_shipped(session)
    clock.set(date(2026, 3, 2))
    client = sign_in("clerk")
    assert "后台任务从未运行" in client.get("/").text
    session.add(JobHeartbeat(name="alerts", started_at=clock.now()))
    session.commit()
    assert "后台任务" not in client.get("/").text
    clock.advance(minutes=25)
    assert re.search(r"后台任务自 2026年3月2日 10:00 起没有运行", client.get("/").text)


def test_calendars_that_end_concern_who_loads_them(
    sign_in: SignIn, session: Session, clock: StandingClock
) -> None:
    load_shipped(session)
    clock.set(date(2026, 12, 1))
    assert "工作日历只到 2026 年" in sign_in("administrator").get("/").text
    assert "工作日历只到" not in sign_in("clerk").get("/").text


@pytest.mark.parametrize(
    ("target", "followed"),
    [
        ("/cases?q=1", "/cases?q=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nb", "/"),
        (None, "/"),
    ],
)
def test_only_addresses_of_this_site_are_followed(target: str | None, followed: str) -> None:
    assert local_path(target) == followed
