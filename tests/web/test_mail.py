"""收件登记 on screen: misaddressed letters, passed on with a receipt, never counted as requests."""

from __future__ import annotations

import io
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Attachment, Case, MailItem

LETTER = {
    "arrived_on": "2026-09-18",
    "mail_number": "XA12345678533",
    "sender": "赵大海",
    "addressed_to": "椒江区财政局",
    "summary": "政府信息公开申请",
}
FORWARDED = {"forwarded_to": "椒江区财政局", "on": "2026-09-21", "way": "hand", "received_by": "朱芳"}


@pytest.fixture(autouse=True)
def day(clock: StandingClock) -> None:
    clock.set(date(2026, 9, 21))


def record(sign_in: SignIn, people: Cast, part: str = "clerk", **change: str) -> str:
    organ = people.organ_ids["MZJ" if part == "clerk" else "CZJ"]
    response = sign_in(part).post("/mail/new", data={**LETTER, "organ_id": str(organ), **change})
    assert response.status_code == 302, response.text
    return str(response.location)


def test_recorded_forwarded_and_no_case(sign_in: SignIn, people: Cast, session: Session) -> None:
    url, client = record(sign_in, people), sign_in("clerk")
    assert "待转送" in client.get("/mail").text
    scan = {"receipt_scan": (io.BytesIO(b"%PDF-1.4\n%%EOF"), "回执.pdf")}
    sent = client.post(f"{url}/forward", data={**FORWARDED, **scan}, content_type="multipart/form-data")
    assert sent.status_code == 302
    page = client.get(url).text
    assert "朱芳" in page and "回执.pdf" in page and "椒民公开收〔2026〕1号" in page
    assert "待转送" not in client.get("/mail?status=all").text.partition("</thead>")[2]
    session.rollback()
    assert session.scalars(select(Case)).all() == []
    item, file = session.scalars(select(MailItem)).one(), session.scalars(select(Attachment)).one()
    assert (item.received_by, file.mail_item_id, file.kind) == ("朱芳", item.id, "delivery_proof")
    assert client.get(f"/files/{file.id}").status_code == 200
    assert sign_in("colleague").get(f"/files/{file.id}").status_code == 404


def test_numbers_run_per_organ(sign_in: SignIn, people: Cast, session: Session) -> None:
    record(sign_in, people)
    record(sign_in, people)
    record(sign_in, people, "colleague")
    numbers = session.scalars(select(MailItem.number).order_by(MailItem.id)).all()
    assert list(numbers) == ["椒民公开收〔2026〕1号", "椒民公开收〔2026〕2号", "椒财公开收〔2026〕1号"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"arrived_on": ""}, "请填写“收到日期”"),
        ({"arrived_on": "2026-09-22"}, "日期晚于今天"),
        ({"sender": " "}, "请填写“寄件人”"),
        ({"sender": "\x07"}, "请填写这一项"),
        ({"summary": "长" * 2001}, "多出 1 个字"),
    ],
)
def test_faults_are_told_and_what_was_typed_stays(
    sign_in: SignIn, people: Cast, session: Session, change: dict[str, str], said: str
) -> None:
    data = {**LETTER, "organ_id": str(people.organ_ids["MZJ"]), "addressed_to": "<i>局</i>", **change}
    response = sign_in("clerk").post("/mail/new", data=data)
    assert response.status_code == 422 and said in response.text
    assert "&lt;i&gt;局&lt;/i&gt;" in response.text
    assert session.scalars(select(MailItem)).all() == []


def test_a_letter_cannot_be_forwarded_before_it_came(sign_in: SignIn, people: Cast) -> None:
    url = record(sign_in, people)
    response = sign_in("clerk").post(f"{url}/forward", data={**FORWARDED, "on": "2026-09-17"})
    assert response.status_code == 422 and "转送之日早于收到之日" in response.text


def test_other_organs_see_nothing(sign_in: SignIn, people: Cast) -> None:
    url = record(sign_in, people)
    assert sign_in("colleague").get(url).status_code == 404
    assert sign_in("colleague").post(f"{url}/forward", data=FORWARDED).status_code == 404
    assert "赵" not in sign_in("colleague").get("/mail").text
    for part in ("approver", "supervisor", "auditor"):
        page = sign_in(part).get("/mail")
        assert page.status_code == 200 and "赵＊海" in page.text and "/mail/new" not in page.text
        piece = sign_in(part).get(url).text
        assert "赵大海" not in piece and "登记转送" not in piece
        assert sign_in(part).post(f"{url}/forward", data=FORWARDED).status_code == 403
    assert sign_in("administrator").get("/mail").status_code == 403
    foreign = {**LETTER, "organ_id": str(people.organ_ids["CZJ"])}
    assert sign_in("clerk").post("/mail/new", data=foreign).status_code in {403, 422}
    assert "赵大海" not in sign_in("clerk").get("/mail").text
