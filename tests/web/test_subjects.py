"""主题 on screen: kept by the district, chosen on the case and at registration, counted by 统计分析."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Subject
from tracker.services.context import Runtime


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    clock.set(date(2026, 11, 23))
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 11, 2))
    session.rollback()
    return made


def test_a_subject_is_added_chosen_on_the_case_and_counted(
    sign_in: SignIn, session: Session, case_id: int
) -> None:
    supervisor, clerk = sign_in("supervisor"), sign_in("clerk")
    assert "还没有主题" in supervisor.get("/subjects").text
    assert "还没有设主题" in clerk.get(f"/cases/{case_id}/subject").text
    assert 'name="subject_id"' not in clerk.get("/register").text
    assert supervisor.post("/subjects", data={"name": "征地拆迁"}).status_code == 302
    again = supervisor.post("/subjects", data={"name": "征地拆迁"})
    assert again.status_code == 422 and "已有这个主题。" in again.text

    number = session.scalars(select(Subject.id)).one()
    session.rollback()
    assert "征地拆迁" in clerk.get("/register").text
    address = f"/cases/{case_id}/subject"
    for wrong in ("0", "x", "999999999999"):
        assert clerk.post(address, data={"subject_id": wrong}).status_code == 422
    assert clerk.post(address, data={"subject_id": str(number)}).status_code == 302
    assert "<dt>主题</dt><dd>征地拆迁" in clerk.get(f"/cases/{case_id}").text
    page = clerk.get(f"/statistics?rows=subject&subject={number}").text
    assert '<th scope="row">征地拆迁</th>' in page
    assert f"figure_subject={number}" in page

    assert supervisor.post(f"/subjects/{number}", data={"name": ""}).status_code == 422
    assert supervisor.post(f"/subjects/{number}", data={"name": "征收"}).status_code == 302
    assert "征收（已停用）" in supervisor.get("/subjects").text
    assert "征收" in clerk.get(address).text and "征收" not in clerk.get("/register").text
