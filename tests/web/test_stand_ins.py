"""代岗 on screen: arranging, what is shown to whom, marks of whose place was taken, mistakes that lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import StandIn, StoredEntry
from tracker.services.acceptance import assign
from tracker.services.context import Runtime

TODAY = date(2026, 11, 23)


@pytest.fixture
def case_id(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> int:
    """A case in the clerk's hands."""
    clock.set(TODAY)
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    made = received_case(ctx, people.organ_ids["MZJ"], date(2026, 11, 16))
    assert people.clerk.account_id is not None
    assign(ctx, made, handler_id=people.clerk.account_id, expected_version=None)
    session.rollback()
    return made


def name(client: FlaskClient, people: Cast, stand_in: str = "approver", **given: str) -> str:
    form = {
        "away_id": str(people.clerk.account_id),
        "stand_in_id": str(people.actors[stand_in].account_id),
        "from_on": "2026-11-23",
        "to_on": "11.27",
        **given,
    }
    return client.post("/stand-ins/new", data=form, follow_redirects=True).get_data(as_text=True)


def test_arranged_shown_acted_upon_and_over(
    sign_in: SignIn, people: Cast, case_id: int, session: Session, clock: StandingClock
) -> None:
    clerk = sign_in("clerk")
    assert "现在没有代岗" in clerk.get("/stand-ins").get_data(as_text=True)
    said = name(clerk, people)
    assert "代岗已安排" in said and "首尾两天都算，共 5 天" in said and "签发、审批延期不因代岗取得" in said
    assert "王国强正为您代岗，到 11月27日为止" in clerk.get("/").get_data(as_text=True)
    approver = sign_in("approver")
    work = approver.get("/").get_data(as_text=True)
    assert "您正为陈静代岗，到 11月27日为止" in work
    assert 'class="tag">代岗</span>' in work and f"/cases/{case_id}" in work
    centre = approver.get("/alerts").get_data(as_text=True)
    assert "已安排代岗" in centre and "去办理" in centre
    accepted = {"on": "2026-11-23", "version": version_of(approver, case_id), "step": "do"}
    page = approver.post(f"/cases/{case_id}/actions/accept", data=accepted, follow_redirects=True)
    assert "王国强（代陈静）" in page.get_data(as_text=True)
    session.rollback()
    clock.set(date(2026, 11, 28))
    over = sign_in("approver")
    assert "代岗，到" not in over.get("/").get_data(as_text=True)
    assert over.get(f"/cases/{case_id}/actions/add_note").status_code == 403
    assert "已到期" in over.get("/stand-ins").get_data(as_text=True)
    assert "王国强（代陈静）" in over.get(f"/cases/{case_id}").get_data(as_text=True)


def version_of(client: FlaskClient, case_id: int) -> str:
    page = client.get(f"/cases/{case_id}/actions/accept").get_data(as_text=True)
    marked = page.split('name="version"', 1)[1]
    return marked.split('value="', 1)[1].split('"', 1)[0]


def test_ended_early_by_the_person_away_alone(
    sign_in: SignIn, people: Cast, case_id: int, session: Session
) -> None:
    clerk, approver = sign_in("clerk"), sign_in("approver")
    name(clerk, people)
    made = session.query(StandIn.id).scalar()
    session.rollback()
    assert "提前结束" in clerk.get(f"/stand-ins/{made}").get_data(as_text=True)
    assert f"/stand-ins/{made}/end" not in approver.get(f"/stand-ins/{made}").get_data(as_text=True)
    assert approver.post(f"/stand-ins/{made}/end").status_code == 403
    said = clerk.post(f"/stand-ins/{made}/end", follow_redirects=True).get_data(as_text=True)
    assert "代岗已结束" in said and "陈静" in said
    again = clerk.post(f"/stand-ins/{made}/end")
    assert again.status_code == 409 and "已经结束" in again.get_data(as_text=True)
    assert approver.get(f"/cases/{case_id}/actions/add_note").status_code == 403


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"stand_in_id": ""}, "代岗人"),
        ({"to_on": "2026-11-31"}, "2026-11-31"),
        ({"from_on": "2026-11-20"}, "过去的日期不能补设"),
        ({"to_on": "2026-11-22"}, "最后一天不能早于第一天"),
        ({"stand_in_id": "999999"}, "请选择代岗人"),
    ],
)
def test_a_mistake_keeps_what_was_typed(
    sign_in: SignIn, people: Cast, case_id: int, session: Session, given: dict[str, str], said: str
) -> None:
    page = name(sign_in("clerk"), people, **given)
    assert "还有内容需要更正" in page and said in page
    for field in ("from_on", "to_on"):
        assert f'value="{given.get(field, {"from_on": "2026-11-23", "to_on": "2026-11-27"}[field])}"' in page
    assert session.query(StandIn).count() == 0


def test_of_another_organ_is_refused_in_words(sign_in: SignIn, people: Cast, case_id: int) -> None:
    assert "不在本机关任职" in name(sign_in("clerk"), people, "colleague")


def test_arranged_for_somebody_by_head_and_administrator(
    sign_in: SignIn, people: Cast, case_id: int, session: Session
) -> None:
    assert "陈静" in sign_in("disclosure_head").get("/stand-ins/new").get_data(as_text=True)
    administrator = sign_in("administrator")
    organ = people.organ_ids["MZJ"]
    assert "选择机关" in administrator.get("/stand-ins/new").get_data(as_text=True)
    assert "陈静" in administrator.get(f"/stand-ins/new?organ={organ}").get_data(as_text=True)
    form = {
        "away_id": str(people.clerk.account_id),
        "stand_in_id": str(people.second_clerk.account_id),
        "from_on": "2026-11-24",
        "to_on": "2026-11-25",
    }
    made = administrator.post(f"/stand-ins/new?organ={organ}", data=form, follow_redirects=True)
    assert "未开始" in made.get_data(as_text=True)
    assert "管理员甲" in sign_in("clerk").get("/stand-ins").get_data(as_text=True)
    stranger = sign_in("approver").post("/stand-ins/new", data=form)
    assert stranger.status_code == 403 and session.query(StandIn).count() == 1
    assert session.query(StoredEntry).filter_by(case_id=case_id).count() == 3
