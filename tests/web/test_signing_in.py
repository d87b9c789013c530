"""登录: the password, the lock, the session in the database, and what is kept when time runs out."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn, settled
from tracker.domain.passwords import FAILURES_UNTIL_ADDRESS_REFUSED
from tracker.models import Account, SignInAttempt, WebSession
from tracker.web.users import SESSION_COOKIE

PASSWORD = "Correct-Horse-7"
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def people(session: Session) -> Cast:
    return settled(session, QUICK_HASH)


def sign_in_with(client: FlaskClient, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/login", data={"login": login, "password": password, **more})


def account_of(session: Session, login: str) -> Account:
    session.rollback()
    return session.scalars(select(Account).where(Account.login == login)).one()


def test_the_right_password_opens_a_session_kept_on_the_server(
    client: FlaskClient, people: Cast, session: Session
) -> None:
    response = sign_in_with(client, "CLERK ")
    assert response.status_code == 302
    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    stored = session.scalars(select(WebSession)).one()
    assert cookie.value not in stored.token_hash
    assert client.get("/sessions").status_code == 200


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient, people: Cast) -> None:
    plain = sign_in_with(client, "clerk").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain
    by_tls = client.post(
        "/login", data={"login": "clerk", "password": PASSWORD}, base_url="https://localhost"
    )
    assert any(
        "Secure" in cookie for cookie in by_tls.headers.getlist("Set-Cookie") if SESSION_COOKIE in cookie
    )


def test_a_wrong_password_says_what_to_do_and_keeps_the_login(client: FlaskClient, people: Cast) -> None:
    response = sign_in_with(client, "clerk", "wrong")
    assert response.status_code == 422
    assert "登录名或密码不正确" in response.text
    assert 'value="clerk"' in response.text
    assert client.get_cookie(SESSION_COOKIE) is None


@pytest.mark.parametrize("login", ["clerk", "nobody-of-that-name"])
def test_five_failures_lock_for_a_quarter_of_an_hour(
    client: FlaskClient, people: Cast, clock: StandingClock, login: str
) -> None:
    answers = [sign_in_with(client, login, "wrong").text for _ in range(5)]
    assert all("登录名或密码不正确" in answer for answer in answers[:4])
    assert "账号已锁定" in answers[4], "the answer must not tell whether the login exists"
    assert "账号已锁定" in sign_in_with(client, login, PASSWORD).text
    clock.advance(minutes=15, seconds=1)
    assert "账号已锁定" not in sign_in_with(client, login, PASSWORD).text


def test_success_forgets_earlier_failures(client: FlaskClient, people: Cast, session: Session) -> None:
    for _ in range(4):
        sign_in_with(client, "clerk", "wrong")
    assert sign_in_with(client, "clerk").status_code == 302
    assert account_of(session, "clerk").failed_sign_ins == 0


def test_an_address_with_very_many_failures_is_refused(
    client: FlaskClient, people: Cast, session: Session, clock: StandingClock
) -> None:
    session.add_all(
        SignInAttempt(login=f"guess{n}", address="127.0.0.1", at=clock.now(), succeeded=False)
        for n in range(FAILURES_UNTIL_ADDRESS_REFUSED)
    )
    session.commit()
    assert "从这台计算机登录失败的次数太多" in sign_in_with(client, "clerk").text
    clock.advance(minutes=16)
    assert sign_in_with(client, "clerk").status_code == 302


def test_closed_and_demonstration_accounts(
    app: Flask, client: FlaskClient, people: Cast, session: Session
) -> None:
    account_of(session, "clerk").active = False
    session.commit()
    assert "账号已停用" in sign_in_with(client, "clerk").text
    account_of(session, "approver").demonstration = True
    session.commit()
    assert sign_in_with(client, "approver").status_code == 302


def test_a_one_time_password_opens_only_the_page_that_changes_it(
    client: FlaskClient, people: Cast, session: Session
) -> None:
    account_of(session, "clerk").must_change_password = True
    session.commit()
    assert sign_in_with(client, "clerk", next="/sessions").location == "/password"
    assert client.get("/sessions").location == "/password"
    assert "首次登录" in client.get("/password").text
    weak = client.post("/password", data={"old": PASSWORD, "new": "short", "repeated": "short"})
    assert weak.status_code == 422
    assert "至少 10 个字符，请加长" in weak.text
    new = "Another-Horse-8"
    assert client.post("/password", data={"old": PASSWORD, "new": new, "repeated": new}).location == "/"
    assert client.get("/sessions").status_code == 200
    assert sign_in_with(client, "clerk", new).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"old": "wrong", "new": "Another-Horse-8", "repeated": "Another-Horse-8"}, "原密码不正确"),
        ({"old": PASSWORD, "new": "Another-Horse-8", "repeated": "Another-Horse-9"}, "不一致"),
        ({"old": PASSWORD, "new": PASSWORD, "repeated": PASSWORD}, "不能与原密码相同"),
        ({"old": PASSWORD, "new": "alllowercase12", "repeated": "alllowercase12"}, "至少三类"),
        ({"old": PASSWORD, "new": "My-clerk-name-1", "repeated": "My-clerk-name-1"}, "不能包含登录名"),
    ],
)
def test_a_new_password_must_follow_the_rules(
    sign_in: SignIn, people: Cast, data: dict[str, str], said: str
) -> None:
    response = sign_in("clerk").post("/password", data=data)
    assert response.status_code == 422
    assert said in response.text


def test_changing_the_password_ends_the_other_sessions(sign_in: SignIn) -> None:
    here, elsewhere = sign_in("clerk"), sign_in("clerk")
    new = "Another-Horse-8"
    here.post("/password", data={"old": PASSWORD, "new": new, "repeated": new})
    assert here.get("/sessions").status_code == 200
    assert elsewhere.get("/sessions").status_code == 302


def test_idle_for_half_an_hour_ends_the_session(sign_in: SignIn, clock: StandingClock) -> None:
    client = sign_in("clerk")
    for _ in range(3):
        clock.advance(minutes=29)
        assert client.get("/sessions").status_code == 200
    clock.advance(minutes=31)
    response = client.get("/sessions")
    assert response.status_code == 302
    assert response.location.startswith("/login?next=")


def test_no_session_outlives_twelve_hours(sign_in: SignIn, clock: StandingClock) -> None:
    client = sign_in("clerk")
    for _ in range(25):
        clock.advance(minutes=28)
        client.get("/sessions")
    clock.advance(minutes=21)
    assert client.get("/sessions").status_code == 302


def test_last_seen_is_written_at_most_once_a_minute(
    sign_in: SignIn, clock: StandingClock, session: Session
) -> None:
    client = sign_in("clerk")

    def last_seen() -> object:
        session.rollback()
        return session.scalar(select(func.max(WebSession.last_seen_at)))

    opened = last_seen()
    clock.advance(seconds=59)
    client.get("/sessions")
    assert last_seen() == opened
    clock.advance(seconds=1)
    client.get("/sessions")
    assert last_seen() == clock.now()


def test_a_page_is_shown_while_somebody_else_writes_for_long(
    sign_in: SignIn, clock: StandingClock, engine: Engine
) -> None:
    client = sign_in("clerk")
    clock.advance(minutes=2)
    with Session(engine) as importing:
        importing.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        assert client.get("/sessions").status_code == 200


def test_signing_out_ends_the_session_on_the_server(sign_in: SignIn, session: Session) -> None:
    client = sign_in("clerk")
    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert client.post("/logout").location == "/login"
    client.set_cookie(SESSION_COOKIE, cookie.value)
    assert client.get("/sessions").status_code == 302
    assert client.post("/logout").status_code == 302


def test_one_ends_only_ones_own_sessions(sign_in: SignIn, people: Cast, session: Session) -> None:
    mine, other = sign_in("clerk"), sign_in("approver")
    foreign = session.scalars(
        select(WebSession.id).where(WebSession.account_id == people.approver.account_id)
    ).one()
    assert mine.post(f"/sessions/{foreign}/end").status_code == 404
    assert other.get("/sessions").status_code == 200
    second = sign_in("clerk")
    assert mine.post("/sessions/end-others").status_code == 302
    assert second.get("/sessions").status_code == 302
    assert mine.get("/sessions").status_code == 200


def test_after_signing_in_one_goes_on_but_never_to_another_site(client: FlaskClient, people: Cast) -> None:
    assert sign_in_with(client, "clerk", next="/sessions").location == "/sessions"
    client.post("/logout")
    assert sign_in_with(client, "clerk", next="//evil.example/").location == "/"


def resume(client: FlaskClient, clock: StandingClock) -> str:
    """Send a form too late and return the page one gets."""
    clock.advance(minutes=31)
    late = client.post("/password", data={"remark": "写了很久的说明", "old": "secret-typed"})
    assert late.status_code == 401
    return late.text


def kept_in(page: str) -> str:
    found = re.search(r'name="kept"[^>]*value="([0-9a-f]+)"', page)
    assert found is not None, page
    return found[1]


def test_what_was_typed_when_time_ran_out_comes_back(
    sign_in: SignIn, clock: StandingClock, people: Cast
) -> None:
    client = sign_in("clerk")
    page = resume(client, clock)
    assert "刚才填写的内容已经保留" in page
    back = sign_in_with(client, "clerk", kept=kept_in(page))
    assert 'action="/password"' in back.text
    assert 'value="写了很久的说明"' in back.text
    assert "secret-typed" not in back.text


def test_what_was_typed_comes_back_to_nobody_else(
    sign_in: SignIn, clock: StandingClock, people: Cast
) -> None:
    client = sign_in("clerk")
    kept = kept_in(resume(client, clock))
    assert "写了很久的说明" not in sign_in_with(client, "approver", kept=kept).text
    assert sign_in_with(client, "clerk", kept="00" * 40).status_code == 302


def test_a_session_never_outlives_its_account(sign_in: SignIn, session: Session) -> None:
    client = sign_in("clerk")
    account_of(session, "clerk").active = False
    session.commit()
    assert client.get("/sessions").status_code == 302


def test_forms_without_a_token_are_refused(app: Flask, people: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    response = sign_in_with(app.test_client(), "clerk")
    assert response.status_code == 400
    assert "安全校验" in response.text
