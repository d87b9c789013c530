"""登记 on screen: stub, completion, what stays after a fault, and who gets in."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Applicant, Attachment, Case, Counter

TODAY = date(2026, 9, 21)
ENVELOPE = {
    "channel": "registered_mail",
    "signed_on": "2026/9/10",
    "signed_by": "门卫",
    "mail_number": "XA12345678533",
    "step": "stub",
}
REQUEST = {
    "people-0-capacity": "applicant",
    "people-0-legal_kind": "citizen",
    "people-0-name": "王晓敏",
    "people-0-identity_type": "resident_id",
    "people-0-identity_number": "11010519491231002X",
    "people-0-phone": "13812345659",
    "people-0-report_kind": "",
    "description": "2025 年度困难群众救助资金发放情况",
    "supply_form": "paper",
    "supply_way": "post",
    "step": "full",
}


@pytest.fixture(autouse=True)
def day(session: Session, people: Cast, clock: StandingClock) -> None:
    """A day on which the calendar is known."""
    clock.set(TODAY)
    load_shipped(session)


def envelope(people: Cast, **change: str) -> dict[str, str]:
    return {**ENVELOPE, "organ_id": str(people.organ_ids["MZJ"]), **change}


def only_case(session: Session) -> Case:
    session.rollback()
    return session.scalars(select(Case)).one()


def test_the_page_asks_by_channel(sign_in: SignIn) -> None:
    page = sign_in("clerk").get("/register?channel=email").text
    assert "邮件系统收到日期" in page
    shown = re.search(r'<div data-channels="in_person oral registered_mail"[^>]*>', page)
    assert shown is not None and "hidden" in shown[0]
    assert "第三十一条第（三）项" in page


def test_a_stub_in_one_go(sign_in: SignIn, people: Cast, session: Session) -> None:
    client = sign_in("clerk")
    response = client.post("/register", data=envelope(people))
    case = only_case(session)
    assert response.status_code == 302 and response.location.endswith(f"/cases/{case.id}")
    page = client.get(response.location).text
    assert "椒民公开受〔2026〕1号" in page and "2026年10月14日" in page and "补全" in page


def test_stub_then_complete(sign_in: SignIn, people: Cast, session: Session) -> None:
    client = sign_in("clerk")
    client.post("/register", data=envelope(people, sender="王晓敏"))
    case = only_case(session)
    url = f"/cases/{case.id}/register"
    assert "王晓敏" in client.get(url).text
    response = client.post(url, data={**REQUEST, "version": str(case.version_id)})
    assert response.status_code == 302, response.text
    case = only_case(session)
    assert not case.needs_completion and case.description == REQUEST["description"]
    assert client.get(url).status_code == 302


def test_a_whole_request_with_scans(sign_in: SignIn, people: Cast, session: Session) -> None:
    data: dict[str, object] = {
        **envelope(people),
        **REQUEST,
        "envelope_scan": (io.BytesIO(b"%PDF-1.4\n%%EOF"), "信封.pdf"),
    }
    response = sign_in("clerk").post("/register", data=data, content_type="multipart/form-data")
    assert response.status_code == 302, response.text
    assert not only_case(session).needs_completion
    assert session.scalars(select(Attachment.kind)).one() == "envelope"
    assert session.scalars(select(Applicant.name)).one() == "王晓敏"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signed_on": ""}, "请填写这一天"),
        ({"signed_on": "2026-09-31"}, "没有这一天"),
        ({"signed_on": "昨天"}, "看不出是哪一天"),
        ({"signed_on": "2026-09-22"}, "日期晚于今天"),
        ({"signed_by": "长" * 51}, "多出 1 个字"),
        ({**REQUEST, "description": ""}, "请填写所需政府信息"),
        ({**REQUEST, "people-0-legal_kind": "legal_person"}, "请选择年报类别"),
        ({**REQUEST, "people-0-postcode": "12"}, "邮政编码是 6 位数字"),
        ({"channel": "email", "taken_in_on": "2026-09-10", "taken_in_at": "25:99"}, "看不出是几点几分"),
        ({"channel": "email", "taken_in_on": "2026-09-10", "confirmed_on": "2026-09-14"}, "通话记录"),
        (
            {"channel": "fax", "arrived_on": "2026-09-10", "call_content": "已确认"},
            "与申请人确认的日期和通话时间",
        ),
    ],
)
def test_faults_are_told_and_what_was_typed_stays(
    sign_in: SignIn, people: Cast, session: Session, change: dict[str, str], said: str
) -> None:
    data = envelope(people, sender="赵<b>六</b>", call_with="赵六", **change)
    response = sign_in("clerk").post("/register", data=data)
    assert response.status_code == 422
    assert "还有内容需要更正" in response.text and said in response.text
    assert "赵&lt;b&gt;六&lt;/b&gt;" in response.text
    for value in change.values():
        assert value in response.text
    session.rollback()
    assert session.scalars(select(Case)).all() == []
    assert session.scalars(select(Counter)).all() == []


def test_who_sent_the_envelope_is_the_applicant_where_nobody_else_is_named(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    client, unnamed = sign_in("clerk"), {**REQUEST, "people-0-name": ""}
    nobody = client.post("/register", data=envelope(people, **unnamed))
    assert nobody.status_code == 422 and "请填写姓名或者名称" in nobody.text
    assert client.post("/register", data=envelope(people, **unnamed, sender="赵六")).status_code == 302
    assert session.scalars(select(Applicant.name)).one() == "赵六"


def test_faults_of_the_second_person_stand_beside_that_person(sign_in: SignIn, people: Cast) -> None:
    data = envelope(
        people,
        **REQUEST,
        **{"people-2-name": "李四", "people-2-legal_kind": "citizen", "people-2-postcode": "x"},
        **{"people-2-capacity": "agent", "people-2-identity_type": "none", "people-2-report_kind": ""},
    )
    data["step"] = "full"
    page = sign_in("clerk").post("/register", data=data).text
    assert 'href="#people-2-postcode"' in page and 'id="people-2-postcode-error"' in page


def test_one_more_person_keeps_everything(sign_in: SignIn, people: Cast, session: Session) -> None:
    data = envelope(people, **{**REQUEST, "step": "person"})
    response = sign_in("clerk").post("/register", data=data)
    assert response.status_code == 200
    assert 'name="people-1-name"' in response.text and "王晓敏" in response.text
    assert session.scalars(select(Case)).all() == []


def test_the_due_date_appears_as_typed(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    answer = client.get("/register/preview?channel=registered_mail&signed_on=2026.9.10").json
    assert answer is not None and answer["due_on"] == "2026-10-14"
    assert any("2026年10月14日（周三）" in line for line in answer["lines"])
    for query in ("signed_on=", "signed_on=foo", "signed_on=2027-01-01", "channel=nonsense"):
        told = client.get(f"/register/preview?{query}").json
        assert told is not None and told["due_on"] is None


def test_tampering_ends_in_a_fault_not_in_a_failure(sign_in: SignIn, people: Cast, session: Session) -> None:
    client = sign_in("clerk")
    for change in (
        {"channel": "pigeon"},
        {"organ_id": str(people.organ_ids["CZJ"])},
        {"organ_id": "x"},
        {**REQUEST, "people-0-legal_kind": "robot"},
        {**REQUEST, "people-0-identity_type": "x"},
        {**REQUEST, "supply_way": "x"},
        {**REQUEST, "people-999-name": "x"},
    ):
        assert client.post("/register", data=envelope(people, **change)).status_code in {302, 403, 422}
    session.rollback()
    assert {case.organ_id for case in session.scalars(select(Case))} <= {people.organ_ids["MZJ"]}


def test_others_do_not_get_in(sign_in: SignIn, people: Cast, session: Session) -> None:
    sign_in("clerk").post("/register", data=envelope(people))
    url = f"/cases/{only_case(session).id}/register"
    assert sign_in("approver").get("/register").status_code == 403
    assert sign_in("approver").get(url).status_code == 403
    assert sign_in("colleague").get(url).status_code == 404
    assert sign_in("colleague").post(url, data=REQUEST).status_code == 404


def test_two_clerks_on_one_stub_meet_and_lose_nothing(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    client = sign_in("clerk")
    client.post("/register", data=envelope(people))
    case = only_case(session)
    response = client.post(
        f"/cases/{case.id}/register", data={**REQUEST, "version": str(case.version_id - 1)}
    )
    assert response.status_code == 409
    assert "刚被他人更新" in response.text and REQUEST["description"] in response.text


def test_the_other_requests_of_an_envelope(sign_in: SignIn, people: Cast, session: Session) -> None:
    clerk = sign_in("clerk")
    sent = {**ENVELOPE, **REQUEST, "organ_id": str(people.organ_ids["MZJ"])}
    first = clerk.post("/register", data=sent).location
    assert f"{first}/same-envelope" in clerk.get(first).text
    page = clerk.get(f"{first}/same-envelope").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    empty = clerk.post(f"{first}/same-envelope", data={"version": version[1]})
    assert empty.status_code == 422 and "请填写“其余各件申请的内容”" in empty.text
    stale = clerk.post(f"{first}/same-envelope", data={"version": "0", "descriptions": "甲<b>"})
    assert stale.status_code == 409 and "甲&lt;b&gt;" in stale.text
    done = clerk.post(f"{first}/same-envelope", data={"version": version[1], "descriptions": "甲\n乙"})
    assert done.location == first and "一封多件" in clerk.get(first).text
    session.rollback()
    assert len(session.scalars(select(Case.id)).all()) == 3
