"""Personal data on screen: masked, shown for a reason, and every look on record."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import PersonDetails, RequestDetails
from tracker.domain.request_terms import Channel, IdentityType
from tracker.models import Applicant, PersonalDataReading
from tracker.services.context import Runtime
from tracker.services.intake import Registration, register

NUMBER = "11010519491231002X"


@pytest.fixture
def applicant(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> Applicant:
    """王晓敏, whose request our organ registered."""
    clock.set(date(2026, 9, 21))
    load_shipped(session)
    person = PersonDetails(
        "王晓敏", identity_type=IdentityType.RESIDENT_ID, identity_number=NUMBER, phone="13812345659"
    )
    register(
        runtime.context(session, people.clerk),
        Registration(
            people.organ_ids["MZJ"],
            ReceiptFacts(Channel.IN_PERSON, signed_on=date(2026, 9, 10)),
            request=RequestDetails([person], "低保发放情况"),
        ),
    )
    row = session.scalars(select(Applicant)).one()
    session.expunge(row)
    session.rollback()
    return row


def readings(session: Session) -> list[PersonalDataReading]:
    session.rollback()
    return list(session.scalars(select(PersonalDataReading)))


def test_pages_mask(sign_in: SignIn, applicant: Applicant) -> None:
    client = sign_in("clerk")
    for url in ("/", "/cases", f"/cases/{applicant.case_id}"):
        page = client.get(url).text
        assert NUMBER not in page and "13812345659" not in page and "王晓敏" not in page


def test_a_look_needs_a_reason_and_is_recorded(
    sign_in: SignIn, applicant: Applicant, session: Session, people: Cast
) -> None:
    client = sign_in("clerk")
    url = f"/applicants/{applicant.id}/unmask"
    asked = client.post(url, data={"field": "identity_number"})
    assert asked.status_code == 200 and NUMBER not in asked.text and "查看事由" in asked.text
    assert client.post(url, data={"field": "identity_number", "reason": "  "}).status_code == 422
    assert readings(session) == []
    shown = client.post(url, data={"field": "identity_number", "reason": "填写邮寄面单"})
    assert NUMBER in shown.text and "no-store" in shown.headers["Cache-Control"]
    kept = readings(session)
    assert [(r.account_id, r.field, r.reason, r.applicant_id) for r in kept] == [
        (people.clerk.account_id, "identity_number", "填写邮寄面单", applicant.id)
    ]


@pytest.mark.parametrize(
    ("part", "status"),
    [("approver", 403), ("legal_advisor", 403), ("auditor", 403), ("colleague", 404), ("stranger", 404)],
)
def test_who_may_not_look(
    sign_in: SignIn, applicant: Applicant, session: Session, part: str, status: int
) -> None:
    data = {"field": "phone", "reason": "好奇"}
    response = sign_in(part).post(f"/applicants/{applicant.id}/unmask", data=data)
    assert response.status_code == status and "13812345659" not in response.text
    assert readings(session) == []


def test_an_unknown_field_or_person_is_not_there(sign_in: SignIn, applicant: Applicant) -> None:
    client = sign_in("clerk")
    for field in ("password_hash", "", "identity_number_cipher"):
        data = {"field": field, "reason": "x"}
        assert client.post(f"/applicants/{applicant.id}/unmask", data=data).status_code == 404
    assert client.post("/applicants/99999/unmask", data={"field": "phone"}).status_code == 404
