"""Nothing typed is lost, and the same form sent twice makes one thing."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import FormDraft, MailItem
from tracker.services.context import Runtime
from tracker.services.form_drafts import LONGEST, MOST
from tracker.services.retention import clear_expired
from tracker.web.users import SESSION_COOKIE

PAGE = {"page": "/register", "form": "register"}
SAID = '[["description","","张三的低保档案"]]'


@pytest.fixture(autouse=True)
def _monday(clock: StandingClock) -> None:
    clock.set(date(2026, 11, 23))


def keep(client: FlaskClient, content: str = SAID, **place: str) -> TestResponse:
    return client.post("/drafts", data={**PAGE, **place, "content": content})


def drafts(client: FlaskClient, page: str = "/register") -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/drafts", query_string={"page": page}).json["drafts"]
    return found


def piece(people: Cast, **more: str) -> dict[str, str]:
    organ = str(people.organ_ids["MZJ"])
    return {
        "organ_id": organ,
        "medium": "letter",
        "matter": "inquiry",
        "arrived_on": "2026-02-02",
        "sender": "王某",
        "summary": "咨询办事时间",
        **more,
    }


def test_a_draft_waits_for_whoever_typed_it_and_for_nobody_else(sign_in: SignIn, session: Session) -> None:
    clerk = sign_in("clerk")
    assert keep(clerk).json == {"at": "10:00"}
    assert drafts(clerk) == [{"form": "register", "content": SAID, "at": "10:00"}]
    assert drafts(clerk, "/mail/new") == drafts(sign_in("approver")) == []
    assert "张三".encode() not in (session.scalar(select(FormDraft.content_cipher)) or b"")


def test_drafts_are_bounded_and_go_when_dropped_or_forgotten(
    sign_in: SignIn, session: Session, clock: StandingClock, runtime: Runtime, people: Cast
) -> None:
    clerk = sign_in("clerk")
    assert keep(clerk, "x" * (LONGEST + 1)).json == {"at": None}
    for number in range(MOST + 2):
        keep(clerk, page=f"/cases/{number}")
    assert session.scalar(select(func.count()).select_from(FormDraft)) == MOST
    assert drafts(clerk, "/cases/0") == [] != drafts(clerk, "/cases/5")
    clerk.post("/drafts/drop", data={**PAGE, "page": "/cases/5"})
    assert drafts(clerk, "/cases/5") == []
    session.rollback()
    clock.advance(days=15)
    assert clear_expired(runtime.context(session, people.actors["clerk"]))["form_drafts"] == MOST - 1


def test_a_draft_goes_when_its_form_has_served_and_not_before(sign_in: SignIn, people: Cast) -> None:
    clerk = sign_in("clerk")
    keep(clerk, page="/mail/new", form="mail")
    sent = {"draft_page": "/mail/new", "draft_form": "mail"}
    assert clerk.post("/mail/new", data=piece(people, **sent, summary="")).status_code == 422
    assert drafts(clerk, "/mail/new")
    assert clerk.post("/mail/new", data=piece(people, **sent)).status_code == 302
    assert drafts(clerk, "/mail/new") == []


def test_the_same_form_sent_twice_makes_one_thing(sign_in: SignIn, people: Cast, session: Session) -> None:
    clerk = sign_in("clerk")
    token = {"once": "a-token-of-this-form"}
    assert clerk.post("/mail/new", data=piece(people, **token, summary="")).status_code == 422
    first = clerk.post("/mail/new", data=piece(people, **token))
    second = clerk.post("/mail/new", data=piece(people, **token))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(MailItem)) == 1
    assert "没有重复登记" in clerk.get(second.location).text


def test_a_form_whose_token_no_longer_holds_comes_back_filled_in(
    app: Flask, sign_in: SignIn, people: Cast
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    clerk = sign_in("clerk")
    here = {"Sec-Fetch-Site": "same-origin"}
    back = clerk.post("/mail/new", data=piece(people), headers=here)
    assert back.status_code == 400
    assert 'value="咨询办事时间"' in back.text
    assert "继续提交" in back.text
    elsewhere = clerk.post("/mail/new", data=piece(people), headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 400
    assert "咨询办事时间" not in elsewhere.text
    clerk.delete_cookie(SESSION_COOKIE)
    out = clerk.post("/register", data={"sender": "王某", "step": "stub"}, headers=here)
    assert out.status_code == 400
    assert "登录后可以继续提交" in out.text
