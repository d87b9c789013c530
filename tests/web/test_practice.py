"""练习件 and 入门指引 on screen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.practice import MOST_AT_ONCE
from tracker.models import Case, CaseTally, Clock, Counter, PracticeCase, StoredEntry

LISTS = (
    "/cases",
    "/",
    "/mail",
    "/ledger/view",
    "/statistics",
    "/archive",
    "/search?q=困难群众",
    "/letters/numbers",
)


@pytest.fixture(autouse=True)
def _monday(clock: StandingClock) -> None:
    clock.set(date(2026, 11, 23))


def start(client: FlaskClient, scenario: str = "plain") -> str:
    answer = client.post("/practice", data={"scenario": scenario})
    assert answer.status_code == 302
    return str(answer.location)


def version_on(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return found[1]


def shown(client: FlaskClient) -> list[str]:
    return [re.sub(r"csrf_token.*?>|once.*?>", "", client.get(path).text) for path in LISTS]


def test_a_practice_case_is_walked_taken_back_and_thrown_away(sign_in: SignIn, session: Session) -> None:
    clerk = sign_in("clerk")
    path = start(clerk)
    page = clerk.get(path).text
    assert "练习-2026-1" in page
    assert "练习，不是真的" in page
    sent = {"on": "2026-11-24", "version": version_on(page)}
    assert clerk.post(f"{path}/acts/accept", data=sent).location == path
    assert "办理、拟稿" in clerk.get(path).text
    stale = clerk.post(f"{path}/acts/withdraw", data=sent)
    assert stale.status_code == 409
    assert "别的窗口" in stale.text
    wrong = clerk.post(f"{path}/acts/withdraw", data={"on": "昨天吧", "version": "2"})
    assert wrong.status_code == 422
    assert 'value="昨天吧"' in wrong.text
    clerk.post(f"{path}/take-back")
    assert "初审" in clerk.get(path).text
    clerk.post(f"{path}/throw-away")
    assert session.scalar(select(func.count()).select_from(PracticeCase)) == 0


def test_a_breach_is_told_as_if_it_were_real(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    path = start(clerk, "unclear")
    sent = {"on": "2026-12-28", "version": version_on(clerk.get(path).text)}
    clerk.post(f"{path}/acts/request_correction", data=sent)
    assert "如果是真的" in clerk.get(path).text


def test_it_is_its_owners_alone_and_bounded(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    path = start(clerk)
    assert sign_in("second_clerk").get(path).status_code == 404
    for _ in range(MOST_AT_ONCE - 1):
        start(clerk)
    assert clerk.post("/practice", data={"scenario": "plain"}).status_code == 409
    assert clerk.post("/practice", data={"scenario": "no-such"}).status_code == 422


def test_no_list_count_or_number_changes_by_it(sign_in: SignIn, session: Session, people: Cast) -> None:
    clerk = sign_in("clerk")
    before = shown(clerk)
    path = start(clerk)
    page = clerk.get(path).text
    clerk.post(f"{path}/acts/accept", data={"on": "2026-11-24", "version": version_on(page)})
    assert "办理、拟稿" in clerk.get(path).text
    assert shown(clerk) == before
    session.rollback()
    for table in (Case, CaseTally, Clock, Counter, StoredEntry):
        assert session.scalar(select(func.count()).select_from(table)) == 0, table.__tablename__


def test_first_steps_are_for_who_seldom_comes_until_put_away(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    assert "先用练习件走一遍" in clerk.get("/").text
    assert "先用练习件走一遍" not in sign_in("supervisor").get("/").text
    clerk.post("/first-steps/put-away")
    assert "先用练习件走一遍" not in clerk.get("/").text
    assert "先用练习件走一遍" in clerk.get("/?guide=1").text


def test_who_comes_often_is_not_taught(sign_in: SignIn) -> None:
    for _ in range(5):
        clerk = sign_in("clerk")
    assert "先用练习件走一遍" not in clerk.get("/").text
