"""收件登记簿 on screen: pieces with what became of them; only what became a request counts as one."""

from __future__ import annotations

import io
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Attachment, Case, MailItem

LETTER = {
    "medium": "letter",
    "matter": "misdirected",
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
        ({"sender": " "}, "请填写“寄件人、来人”"),
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


def test_a_visit_is_sorted_and_answered_and_counts_as_no_request(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    client = sign_in("clerk")
    visit = {"medium": "visit", "matter": "undecided", "came_at": "9点30分", "arrived_on": "2026-09-21"}
    url = record(sign_in, people, **{**visit, "addressed_to": "", "sender": "赵<b>"})
    assert "待分流" in client.get("/mail?status=waiting").text
    assert client.post(f"{url}/answer", data={}).status_code == 422
    refused = client.post(f"{url}/matter", data={"matter": "misdirected"})
    assert refused.status_code == 422 and "请写明信封上的收件机关" in refused.text
    client.post(f"{url}/matter", data={"matter": "proposal"})
    page = client.get(url).text
    assert "建议主动公开（第44条）" in page and "09:30" in page and "赵&lt;b&gt;" in page
    answer = {"result": "declined", "on": "2026-09-21", "way": "oral", "text": "属于内部事务信息"}
    early = client.post(f"{url}/answer", data={**answer, "on": "2026-09-20"})
    assert early.status_code == 422 and "早于收到之日" in early.text and "属于内部事务信息" in early.text
    assert client.post(f"{url}/answer", data=answer).status_code == 302
    done = client.get(url).text
    assert "不纳入主动公开，已说明理由" in done and "登记为申请件" not in done
    assert "不纳入主动公开" in client.get("/mail?matter=proposal").text
    assert "椒民公开收" not in client.get("/mail?matter=inquiry").text
    session.rollback()
    assert session.scalars(select(Case)).all() == []


def test_a_piece_becomes_a_request_from_its_page(sign_in: SignIn, people: Cast, session: Session) -> None:
    load_shipped(session)
    session.rollback()
    client = sign_in("clerk")
    url = record(sign_in, people, matter="undecided", addressed_to="")
    mail_id = url.rpartition("/")[2]
    page = client.get(f"/register?piece={mail_id}").text
    assert "赵大海" in page and 'value="2026-09-18"' in page and "XA12345678533" in page
    sent = {
        "piece": mail_id,
        "organ_id": str(people.organ_ids["MZJ"]),
        "channel": "registered_mail",
        "signed_on": "2026-09-18",
        "signed_by": "收发室",
        "sender": "赵大海",
        "step": "stub",
    }
    case_url = client.post("/register", data=sent).location
    assert case_url and case_url.startswith("/cases/")
    assert case_url in client.get(url).text
    assert sign_in("colleague").get(f"/register?piece={mail_id}").status_code == 404
