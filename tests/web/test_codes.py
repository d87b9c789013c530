"""动态口令: set up with a telephone, asked for after the password, cleared by another administrator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn, settled
from tests.web.test_signing_in import PASSWORD, QUICK_HASH, sign_in_with
from tracker.domain.one_time_codes import STEP
from tracker.models import Account
from tracker.services.context import Runtime
from tracker.web.users import SESSION_COOKIE

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def people(session: Session) -> Cast:
    return settled(session, QUICK_HASH)


@pytest.fixture
def with_code(people: Cast, session: Session, runtime: Runtime) -> Cast:
    account = account_of(session, "clerk")
    account.code_cipher = runtime.adapters.cipher.seal(SECRET)
    session.commit()
    session.rollback()
    return people


@pytest.fixture
def required(app: Flask) -> Iterator[None]:
    """The installation asks administrators and supervisors for a code."""
    kept = app.config["TRACKER"]
    app.config["TRACKER"] = replace(kept, codes_required=True)
    yield
    app.config["TRACKER"] = kept


def account_of(session: Session, login: str) -> Account:
    session.rollback()
    return session.scalars(select(Account).where(Account.login == login)).one()


def code(clock: StandingClock, secret: str = SECRET, *, aside: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now() + aside * STEP)


def give(client: FlaskClient, typed: str, **more: str) -> TestResponse:
    return client.post("/login/code", data={"code": typed, **more})


def token_of(client: FlaskClient) -> str | None:
    cookie = client.get_cookie(SESSION_COOKIE)
    return cookie.value if cookie else None


def test_the_password_alone_signs_nobody_in(
    client: FlaskClient, with_code: Cast, clock: StandingClock
) -> None:
    asked = sign_in_with(client, "clerk", next="/cases")
    assert "现在显示的 6 位数字" in asked.text and 'value="/cases"' in asked.text
    assert client.get("/cases").headers["Location"].startswith("/login")
    before = token_of(client)
    done = give(client, " ".join(code(clock)), next="/cases")
    assert (done.status_code, done.headers["Location"]) == (302, "/cases")
    assert client.get("/cases").status_code == 200
    assert token_of(client) != before, "who saw the earlier token gains nothing by it"


def test_a_code_counts_once(client: FlaskClient, app: Flask, with_code: Cast, clock: StandingClock) -> None:
    sign_in_with(client, "clerk")
    give(client, code(clock))
    other = app.test_client()
    sign_in_with(other, "clerk")
    again = give(other, code(clock))
    assert again.status_code == 422 and "已经用过" in again.text
    assert give(other, code(clock, aside=1)).status_code == 302


@pytest.mark.parametrize(("aside", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_telephone_may_be_half_a_minute_off(
    client: FlaskClient, with_code: Cast, clock: StandingClock, aside: int, taken: bool
) -> None:
    sign_in_with(client, "clerk")
    assert give(client, code(clock, aside=aside)).status_code == (302 if taken else 422)


def test_wrong_codes_lock_like_wrong_passwords_and_right_passwords_do_not_forgive_them(
    client: FlaskClient, with_code: Cast, clock: StandingClock, session: Session
) -> None:
    sign_in_with(client, "clerk")
    assert [give(client, "000000").status_code for _ in range(4)] == [422] * 4
    sign_in_with(client, "clerk")
    assert "账号已锁定" in give(client, "000000").text
    assert give(client, code(clock)).headers["Location"] == "/login", "the browser that guessed starts again"
    assert "账号已锁定" in sign_in_with(client, "clerk").text


def test_the_code_is_awaited_for_five_minutes(
    client: FlaskClient, with_code: Cast, clock: StandingClock
) -> None:
    sign_in_with(client, "clerk")
    clock.advance(minutes=5, seconds=1)
    assert give(client, code(clock)).headers["Location"] == "/login"
    assert "登录已超时" in client.get("/login").text


def test_nobody_is_asked_for_a_code_without_a_password(client: FlaskClient, with_code: Cast) -> None:
    assert client.get("/login/code").headers["Location"] == "/login"


def shown_secret(page: str) -> str:
    found = re.search(r'class="code-secret">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def sealed(page: str) -> str:
    found = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def set_up(client: FlaskClient, clock: StandingClock, **other: str) -> TestResponse:
    page = client.get("/code").text
    data = {"code": code(clock, shown_secret(page)), "password": PASSWORD, "sealed": sealed(page)}
    return client.post("/code", data=data | other)


def test_a_telephone_is_set_up_with_its_first_code_and_the_password(
    sign_in: SignIn, people: Cast, clock: StandingClock, session: Session
) -> None:
    client = sign_in("clerk")
    wrong = set_up(client, clock, code="123456", password="wrong")
    assert wrong.status_code == 422
    assert "动态口令不正确" in wrong.text and "密码不正确" in wrong.text
    assert account_of(session, "clerk").code_cipher is None
    assert set_up(client, clock).status_code == 302
    kept = account_of(session, "clerk").code_cipher
    assert kept is not None and shown_secret(client.get("/code").text).encode() not in kept
    assert "已启用" in client.get("/code").text


def test_a_mistake_keeps_the_secret_the_telephone_has_read(
    sign_in: SignIn, people: Cast, clock: StandingClock
) -> None:
    client = sign_in("clerk")
    page = client.get("/code").text
    wrong = client.post("/code", data={"code": "123456", "password": PASSWORD, "sealed": sealed(page)}).text
    assert shown_secret(wrong) == shown_secret(page)


def test_the_secret_of_another_account_cannot_be_slipped_in(
    sign_in: SignIn, people: Cast, clock: StandingClock, session: Session
) -> None:
    page = sign_in("approver").get("/code").text
    client = sign_in("clerk")
    foreign = {"code": code(clock, shown_secret(page)), "password": PASSWORD, "sealed": sealed(page)}
    assert client.post("/code", data=foreign).status_code == 422
    assert client.post("/code", data=foreign | {"sealed": "AAAA"}).status_code == 422
    assert account_of(session, "clerk").code_cipher is None


def test_it_is_switched_off_with_both_proofs(
    client: FlaskClient, with_code: Cast, clock: StandingClock, session: Session
) -> None:
    sign_in_with(client, "clerk")
    give(client, code(clock))
    wrong = client.post("/code/off", data={"code": code(clock), "password": PASSWORD})
    assert wrong.status_code == 422, "the code that signed in has been used"
    clock.advance(seconds=30)
    assert client.post("/code/off", data={"code": code(clock), "password": "wrong"}).status_code == 422
    assert account_of(session, "clerk").code_cipher is not None
    done = client.post("/code/off", data={"code": code(clock), "password": PASSWORD})
    assert done.status_code == 302
    assert account_of(session, "clerk").code_cipher is None


@pytest.mark.parametrize("part", ["administrator", "supervisor"])
def test_where_it_is_asked_for_nothing_goes_before_it_is_set_up(
    sign_in: SignIn, people: Cast, clock: StandingClock, required: None, part: str
) -> None:
    client = sign_in(part)
    assert client.get("/").headers["Location"] == "/code"
    assert client.get("/accounts").headers["Location"] == "/code"
    assert "须先设置动态口令" in client.get("/code").text
    assert set_up(client, clock).status_code == 302
    assert client.get("/").status_code == 200
    clock.advance(seconds=30)
    assert "不能关闭" in client.post("/code/off", data={"code": "1", "password": PASSWORD}).text


def test_whose_roles_leave_the_choice_is_not_asked(sign_in: SignIn, people: Cast, required: None) -> None:
    assert sign_in("clerk").get("/").status_code == 200


def test_another_administrator_clears_a_lost_telephone(
    app: Flask, client: FlaskClient, sign_in: SignIn, with_code: Cast, clock: StandingClock, session: Session
) -> None:
    sign_in_with(client, "clerk")
    give(client, code(clock))
    account_id = with_code.clerk.account_id
    administrator = sign_in("administrator")
    assert "清除动态口令" in administrator.get(f"/accounts/{account_id}").text
    assert administrator.post(f"/accounts/{account_id}/code/remove").status_code == 302
    assert client.get("/cases").headers["Location"].startswith("/login")
    assert sign_in_with(app.test_client(), "clerk").status_code == 302
    own = with_code.administrator.account_id
    assert administrator.post(f"/accounts/{own}/code/remove").status_code == 403
