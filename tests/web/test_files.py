"""Files of a case: taken in when they are what they say, handed out only to those who may read the case."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Attachment
from tracker.services.context import Runtime

PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    """A case of our organ."""
    clock.set(date(2026, 9, 21))
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 9, 10))
    session.rollback()
    return made


def send(sign_in: SignIn, case_id: int, name: str, content: bytes, part: str = "clerk"):  # type: ignore[no-untyped-def]
    data = {"kind": "request", "file": (io.BytesIO(content), name)}
    return sign_in(part).post(f"/cases/{case_id}/files", data=data, content_type="multipart/form-data")


def test_a_file_is_added_and_handed_out_as_a_download(
    sign_in: SignIn, case_id: int, session: Session
) -> None:
    assert send(sign_in, case_id, "申请书.pdf", PDF).status_code == 302
    row = session.scalars(select(Attachment)).one()
    for part in ("clerk", "legal_advisor", "supervisor", "auditor"):
        response = sign_in(part).get(f"/files/{row.id}")
        assert (response.status_code, response.data, response.mimetype) == (200, PDF, "application/pdf")
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert quote("申请书.pdf") in response.headers["Content-Disposition"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response.headers["Cache-Control"]
    assert "申请书.pdf" in sign_in("clerk").get(f"/cases/{case_id}").text


def test_others_get_nothing(sign_in: SignIn, case_id: int, session: Session) -> None:
    send(sign_in, case_id, "申请书.pdf", PDF)
    file_id = session.scalars(select(Attachment.id)).one()
    for part in ("colleague", "administrator", "stranger", "one_person"):
        assert sign_in(part).get(f"/files/{file_id}").status_code == 404
    assert send(sign_in, case_id, "a.pdf", PDF, "colleague").status_code == 404
    assert send(sign_in, case_id, "a.pdf", PDF, "approver").status_code == 403
    assert sign_in("clerk").get("/files/999999").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "内容与格式不符"),
        ("a.html", b"<html>", "格式不能收存"),
        ("a.pdf", b"", "空文件"),
        ("a.docx", b"PK\x03\x04 not really", "内容与格式不符"),
    ],
)
def test_what_is_not_taken_is_said_on_the_page_of_the_case(
    sign_in: SignIn, case_id: int, session: Session, name: str, content: bytes, said: str
) -> None:
    response = send(sign_in, case_id, name, content)
    assert response.status_code == 422 and said in response.text
    assert session.scalars(select(Attachment)).all() == []


def test_no_file_chosen(sign_in: SignIn, case_id: int) -> None:
    response = sign_in("clerk").post(f"/cases/{case_id}/files", data={"kind": "request"})
    assert response.status_code == 422 and "请选择" in response.text
