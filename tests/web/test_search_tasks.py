"""协查任务 on screen: asked from a case, answered through a link by somebody without an account."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.services.context import Runtime

ASKED = {
    "kind": "archive_room",
    "parties": "区档案馆",
    "question": "2023 年低保名册 <i>原件</i>",
    "reply_by_on": "2026-09-24",
    "asked_id": "0",
}
ANSWER = {
    "found": "no",
    "places": "库房 3 排",
    "keywords": "低保",
    "period": "2023 年",
    "searched_by": "馆员乙",
    "on": "2026-09-21",
    "result": "没有检索到",
}


@pytest.fixture
def case_id(clock: StandingClock, people: Cast, session: Session, runtime: Runtime) -> int:
    clock.set(date(2026, 9, 21))
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 9, 18))
    session.rollback()
    return made


def link_of(page: str) -> str:
    found = re.search(r'value="https?://[^/"]+(/search-links/[^"]+)"', page)
    assert found is not None, page
    return found[1]


def test_asked_by_the_clerk_and_answered_through_a_link(app: Flask, sign_in: SignIn, case_id: int) -> None:
    clerk, anybody = sign_in("clerk"), app.test_client()
    page = clerk.get(f"/cases/{case_id}/search-tasks/new")
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert version is not None and "2026-09-24" in page.text
    sent = clerk.post(f"/cases/{case_id}/search-tasks/new", data={**ASKED, "version": version[1]})
    assert sent.location == f"/cases/{case_id}/search-tasks"
    shown = clerk.get(sent.location).text
    assert "待答复" in shown and "&lt;i&gt;原件" in shown
    task = re.search(r"/search-tasks/(\d+)/link", shown)
    assert task is not None
    link = link_of(clerk.post(f"/cases/{case_id}/search-tasks/{task[1]}/link").text)
    assert "/search-links/" not in clerk.get(sent.location).text
    asked = anybody.get(link)
    assert "&lt;i&gt;原件" in asked.text and "申请内容原文" not in asked.text
    assert asked.headers["Cache-Control"] == "no-store"
    faulty = anybody.post(link, data={**ANSWER, "places": " ", "result": "找<b>"})
    assert faulty.status_code == 422 and "请填写“检索范围”" in faulty.text and "找&lt;b&gt;" in faulty.text
    wrong = {"files": (io.BytesIO(b"MZ nothing"), "截图.png")}
    refused = anybody.post(link, data={**ANSWER, **wrong}, content_type="multipart/form-data")
    assert refused.status_code == 422
    picture = {"files": (io.BytesIO(b"%PDF-1.4\n%%EOF"), "截图.pdf")}
    done = anybody.post(link, data={**ANSWER, **picture}, content_type="multipart/form-data")
    assert done.status_code == 200 and "答复已提交" in done.text
    for again in (anybody.get(link), anybody.post(link, data=ANSWER)):
        assert again.status_code == 404 and "已经答复过" in again.text
    answered = clerk.get(sent.location).text
    assert "已答复" in answered and "馆员乙" in answered and "一次性链接" in answered
    assert "截图.pdf" in clerk.get(f"/cases/{case_id}").text


def test_a_colleague_elsewhere_answers_from_the_work_list(
    sign_in: SignIn, people: Cast, case_id: int
) -> None:
    clerk, asked = sign_in("clerk"), sign_in("colleague")
    data = {**ASKED, "asked_id": str(people.colleague.account_id)}
    version = re.search(
        r'name="version"[^>]*value="(\d+)"', clerk.get(f"/cases/{case_id}/search-tasks/new").text
    )
    assert version is not None
    clerk.post(f"/cases/{case_id}/search-tasks/new", data={**data, "version": version[1]})
    todo = re.search(r'href="(/search-tasks/\d+)"', asked.get("/").text)
    assert todo is not None and "协查待答复" in asked.get("/alerts").text
    assert sign_in("one_person").get(todo[1]).status_code == 404
    assert asked.post(todo[1], data=ANSWER).location == todo[1]
    assert "检索记录" in asked.get(todo[1]).text and todo[1] not in asked.get("/").text


def test_what_cannot_be_asked_stays_as_it_was_typed(sign_in: SignIn, case_id: int) -> None:
    clerk = sign_in("clerk")
    refused = clerk.post(
        f"/cases/{case_id}/search-tasks/new",
        data={**ASKED, "version": "1", "reply_by_on": "2026-09-20", "parties": "甲科\n乙科"},
    )
    assert refused.status_code == 422 and "答复时限不能早于今天" in refused.text and "甲科" in refused.text
