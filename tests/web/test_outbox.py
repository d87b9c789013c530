"""The administrator sees what could not be delivered; people choose how they are told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.people import NOW, Cast
from tests.web.conftest import SignIn
from tracker.domain.alert_topics import CHOOSABLE, AlertTopic
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
    assert "已重新排队" in again.text and "没有发送失败的消息" in again.text
    session.rollback()
    assert session.get_one(OutboxMessage, message_id).state == "pending"
    assert "陈静" in client.get("/outbox?state=pending").text
    assert client.post(f"/outbox/{message_id}/resend").status_code == 404


def test_the_reason_is_told_with_where_to_mend_it(
    sign_in: SignIn, people: Cast, session: Session, message_id: int
) -> None:
    for number, (organ, note) in enumerate([("MZJ", "errcode 310000: <b>"), ("", "errcode 93000: url")]):
        session.add(
            OutboxMessage(
                message_id=f"r{number}",
                channel="dingtalk",
                organ_id=people.organ_ids[organ] if organ else None,
                of_district=not organ,
                state="dead",
                attempts=1,
                created_at=NOW,
                next_attempt_at=NOW,
                last_error=note,
            )
        )
    session.commit()
    page = sign_in("administrator").get("/outbox").text
    assert "收件人的邮箱被邮件服务器拒收。" in page and f"/accounts/{people.clerk.account_id}" in page
    assert "安全设置不符" in page and f"/organs/{people.organ_ids['MZJ']}/robot" in page
    assert "全区工作群" in page and "/organs/district-robot" in page
    assert "原文：errcode 310000: &lt;b&gt;" in page


def test_all_that_failed_is_sent_again(
    sign_in: SignIn, people: Cast, session: Session, message_id: int
) -> None:
    client = sign_in("administrator")
    assert "全部重发" not in client.get("/outbox").text, "for one message its own button is enough"
    for number in (2, 3):
        session.add(
            OutboxMessage(
                message_id=f"m{number}",
                channel="email",
                recipient_id=people.clerk.account_id,
                digest_on=date(2026, 11, 23 + number),
                state="dead",
                created_at=NOW,
                next_attempt_at=NOW,
            )
        )
    session.commit()
    assert "全部重发" in client.get("/outbox").text
    for forged in ("", "-1", "x", "9" * 12):
        client.post("/outbox/resend", data={"through": forged})
        session.rollback()
        assert session.query(OutboxMessage).filter_by(state="dead").count() == 3
    told = client.post("/outbox/resend", data={"through": str(message_id + 1)}, follow_redirects=True)
    assert "已将 2 条消息重新排队" in told.text
    session.rollback()
    assert [m.message_id for m in session.query(OutboxMessage).filter_by(state="dead")] == ["m3"]


@pytest.mark.parametrize("state", ["dead", "pending", "sent", "cancelled"])
def test_every_list_says_what_will_stand_there(sign_in: SignIn, state: str) -> None:
    page = sign_in("administrator").get(f"/outbox?state={state}").text
    assert "会列在这里" in page and "重发</button>" not in page


def test_one_chooses_how_to_be_told(sign_in: SignIn, people: Cast, session: Session) -> None:
    client = sign_in("clerk")
    chosen = {"email": " chen@example.gov.cn ", "mail_digest": "y"}
    assert client.post("/alerts/settings", data=chosen).status_code == 302
    session.rollback()
    account = session.get_one(Account, people.clerk.account_id)
    assert (account.email, account.mail_digest) == ("chen@example.gov.cn", True)
    assert account.mail_muted == [str(topic) for topic in CHOOSABLE]
    assert 'value="chen@example.gov.cn"' in client.get("/alerts/settings").text


def test_one_chooses_topic_by_topic_but_not_what_is_overdue(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    client = sign_in("clerk")
    page = client.get("/alerts/settings").text
    assert page.count('name="mailed"') == page.count("checked> 发邮件") == len(CHOOSABLE)
    assert "不能关闭" in page and 'value="overdue"' not in page
    wanted = [str(topic) for topic in CHOOSABLE if topic not in (AlertTopic.DUE, AlertTopic.HANDED)]
    client.post("/alerts/settings", data={"email": "c@example.cn", "mailed": wanted})
    session.rollback()
    assert session.get_one(Account, people.clerk.account_id).mail_muted == ["due", "handed"]
    assert client.get("/alerts/settings").text.count("checked> 发邮件") == len(CHOOSABLE) - 2
    client.post("/alerts/settings", data={"email": "c@example.cn", "mailed": [*wanted, "due", "handed"]})
    session.rollback()
    assert session.get_one(Account, people.clerk.account_id).mail_muted == []


@pytest.mark.parametrize("forged", ["overdue", "nothing", "<b>"])
def test_a_forged_topic_changes_nothing(sign_in: SignIn, people: Cast, session: Session, forged: str) -> None:
    answer = sign_in("clerk").post("/alerts/settings", data={"email": "c@example.cn", "mailed": [forged]})
    assert answer.status_code == 422
    session.rollback()
    account = session.get_one(Account, people.clerk.account_id)
    assert account.email is None and account.mail_muted == []


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
