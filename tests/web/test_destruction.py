"""期满案卷 and 销毁清册 on screen: one proposes, another confirms, and what is left of the case can still be read."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.archive import APPLICANT, whole_case
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Case, Letter
from tracker.services.archiving import archive
from tracker.services.context import Context, Runtime

ARCHIVED, OVER = date(2026, 11, 23), date(2037, 1, 4)
NUMBER = "Z109-WS·2026-D10-MZJ-0001"


@pytest.fixture
def clerk(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> Context:
    clock.set(ARCHIVED)
    load_shipped(session)
    return runtime.context(session, people.clerk)


def test_one_proposes_another_confirms_and_the_record_stays(
    clerk: Context, people: Cast, sign_in: SignIn, session: Session, clock: StandingClock
) -> None:
    case_id = whole_case(clerk, people.organ_ids["MZJ"])
    archive(clerk, case_id, on=ARCHIVED, expected_version=None)
    session.rollback()
    desk = sign_in("clerk")
    assert "没有期满的案卷" in desk.get("/archive/periods").text
    clock.set(OVER)
    desk = sign_in("clerk")
    assert NUMBER in desk.get("/archive/periods").text
    organ = str(people.organ_ids["MZJ"])
    for wrong, said in (
        ({"files": str(case_id), "grounds": ""}, "鉴定意见和销毁依据"),
        ({"grounds": "期满"}, "请勾选要销毁的案卷。"),
        ({"files": "x", "grounds": "期满"}, "还有内容需要更正"),
    ):
        answer = desk.post("/archive/periods", data={"organ_id": organ, **wrong})
        assert answer.status_code == 422 and said in answer.text
    given = {"organ_id": organ, "files": str(case_id), "grounds": "经鉴定没有继续保存价值"}
    other = desk.post("/archive/periods", data={**given, "organ_id": str(people.organ_ids["CZJ"])})
    assert other.status_code == 403
    page = f"/cases/{case_id}/file"
    assert desk.post(f"{page}/deferral", data={"reason": "", "until": "明天"}).status_code == 422
    assert desk.post(f"{page}/deferral", data={"reason": "编史修志查考"}).status_code == 302
    assert "编史修志查考" in desk.get("/archive/periods").text
    assert desk.post("/archive/periods", data=given).status_code == 409
    assert desk.post(f"{page}/deferral/lift").status_code == 302
    address = desk.post("/archive/periods", data=given).headers["Location"]
    assert "等待另一人确认" in desk.get(address).text
    chief = sign_in("approver")
    assert 'class="count">1<' in chief.get("/archive/destructions").text
    shown = chief.get(address).text
    version = shown.split('name="version"')[1].split('value="')[1].split('"')[0]
    refused = chief.post(f"{address}/confirm", data={"opinion": "同意", "version": version})
    assert refused.status_code == 422 and "请核对清册后勾选。" in refused.text
    agreed = {"opinion": "同意销毁", "understood": "y", "version": version}
    assert chief.post(f"{address}/confirm", data=agreed).status_code == 302
    assert "已销毁 1 件" in chief.get(address).text
    assert chief.post(f"{address}/confirm", data=agreed).status_code == 409
    assert chief.get(f"{address}/list.pdf").data.startswith(b"%PDF")
    _every_page_of_it_opens(sign_in, session, case_id)


def _every_page_of_it_opens(sign_in: SignIn, session: Session, case_id: int) -> None:
    letter_id = session.scalars(select(Letter.id).where(Letter.case_id == case_id)).one()
    session.rollback()
    number = session.get_one(Case, case_id).number
    session.rollback()
    for part in ("clerk", "auditor"):
        desk = sign_in(part)
        for address in (
            f"/cases/{case_id}",
            f"/cases/{case_id}/file",
            f"/cases/{case_id}/clock",
            f"/letters/{letter_id}",
            "/archive?year=2026",
            f"/search?q={number}",
        ):
            answer = desk.get(address)
            assert answer.status_code == 200 and APPLICANT not in answer.text, address
    desk = sign_in("clerk")
    assert "案卷已销毁" in desk.get(f"/cases/{case_id}").text
    assert "已销毁" in desk.get("/archive?year=2026").text
    assert desk.post(f"/cases/{case_id}/file/package").status_code == 409
    assert desk.get(f"/cases/{case_id}/file/list.pdf").status_code == 409
