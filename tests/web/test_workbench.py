"""工作台 on screen."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people import CAST
from tests.web.cases.conftest import RECEIVED, Told, calendars, told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.services.case_record import NewEntry

__all__ = ["calendars", "told"]


@pytest.mark.parametrize("part", sorted(CAST))
def test_everybody_has_a_first_page(sign_in: SignIn, part: str) -> None:
    answer = sign_in(part).get("/")
    assert answer.status_code == 200
    assert "<h1>工作台</h1>" in answer.text


def test_the_task_both_dates_and_the_light_stand_in_the_row(told: Told, sign_in: SignIn) -> None:
    told(NewEntry(EntryType.ACCEPTED, RECEIVED))
    html = sign_in("clerk").get("/").text
    for shown in ("办理、拟稿", "2026-12-07", "2026-12-03", "正常 · 剩 10 个工作日", "王＊敏"):
        assert shown in html


def test_nothing_to_do_says_what_will_appear(sign_in: SignIn) -> None:
    assert "现在没有等您办理的申请件" in sign_in("clerk").get("/").text
    assert "没有临近或超过期限的申请件" in sign_in("supervisor").get("/").text


def test_the_state_of_the_list_is_in_its_address(told: Told, sign_in: SignIn) -> None:
    told()
    client = sign_in("clerk")
    assert "王＊敏" in client.get("/?stage=registered&light=green").text
    nothing = client.get("/?light=red").text
    assert "王＊敏" not in nothing
    assert "取消筛选" in nothing


def test_without_a_session_one_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"].startswith("/login")
