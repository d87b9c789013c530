"""The administrator sees what could not be delivered; people choose how they are told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.people import NOW, Cast
from tests.web.conftest import SignIn
from tracker.models import Account, OutboxMessage


@pytest.fixture
def message_id(people: Cast, session: Session) -> int:
    message = OutboxMessage(
        message_id="m1",
        channel="email",
        recipient_id=people.clerk.account_id,
        digest_on=date(2026, 11, 23),
        state="dead",
        attempts=10,
        created_at=NOW,
        next_attempt_at=NOW,
        last_error="recipient refused: <550>",
    )
    session.add(message)
    session.commit()
    return message.id


def test_dead_letters_are_listed_and_sent_again(sign_in: SignIn, session: Session, message_id: int) -> None:
    client = sign_in("administrator")
    page = client.get("/outbox").text
    assert "陈静" in page and "recipient refused: &lt;550&gt;" in page and "重发" in page
    again = client.post(f"/outbox/{message_id}/resend", follow_redirects=True)
    assert "已重新排队" in again.text and "没有这类消息" in again.text
    session.rollback()
    assert session.get_one(OutboxMessage, message_id).state == "pending"
    assert "陈静" in client.get("/outbox?state=pending").text
    assert client.post(f"/outbox/{message_id}/resend").status_code == 404


def test_one_chooses_how_to_be_told(sign_in: SignIn, people: Cast, session: Session) -> None:
    client = sign_in("clerk")
    chosen = {"email": " chen@example.gov.cn ", "mail_digest": "y"}
    assert client.post("/alerts/settings", data=chosen).status_code == 302
    session.rollback()
    account = session.get_one(Account, people.clerk.account_id)
    assert (account.email, account.mail_alerts, account.mail_digest) == ("chen@example.gov.cn", False, True)
    assert 'value="chen@example.gov.cn"' in client.get("/alerts/settings").text


@pytest.mark.parametrize(
    "wrong", ["chen", "a@b", "a b@example.cn", "x@example.cn\r\nBcc: y@example.cn", "<i>@x.cn"]
)
def test_what_is_no_address_is_told_and_stays(sign_in: SignIn, wrong: str) -> None:
    answer = sign_in("clerk").post("/alerts/settings", data={"email": wrong})
    assert answer.status_code == 422 and "这不是邮箱地址" in answer.text
    assert "<i>@" not in answer.text


def test_the_administrator_gives_an_address(sign_in: SignIn, people: Cast, session: Session) -> None:
    client, account_id = sign_in("administrator"), people.clerk.account_id
    assert client.post(f"/accounts/{account_id}/email", data={"email": "x"}).status_code == 422
    assert client.post(f"/accounts/{account_id}/email", data={"email": "c@example.cn"}).status_code == 302
    session.rollback()
    assert session.get_one(Account, account_id).email == "c@example.cn"
