"""提醒设置 of an organ on screen: the default beside it, a preview before it is saved, faults beside their fields."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.alert_policy import DEFAULT_POLICY
from tracker.queries.alert_policies import kept_policy

TYPED = {
    "ahead": "7、2",
    "overdue_every": "1",
    "review_days": "4",
    "sign_off_days": "3",
    "quiet_from": "18",
    "quiet_until": "9",
    "version": "0",
}


@pytest.fixture
def url(people: Cast, session: Session, clock: StandingClock) -> str:
    clock.set(date(2026, 9, 10))
    load_shipped(session)
    return f"/organs/{people.organ_ids['MZJ']}/alerts"


@pytest.fixture
def client(url: str, sign_in: SignIn) -> FlaskClient:
    """Signed in on the day that ``url`` sets."""
    return sign_in("administrator")


def kept(session: Session, people: Cast) -> object:
    session.rollback()
    return kept_policy(session, people.organ_ids["MZJ"]).policy


def test_the_default_stands_beside_and_the_preview_follows_it(client: FlaskClient, url: str) -> None:
    page = client.get(url).text
    assert "现在采用全区默认设置" in page and "全区默认：5、3、1、0。" in page
    assert "恢复全区默认" not in page
    assert "2026年9月10日（周四）收到、2026年10月14日（周三）到期" in page
    assert "临期，还剩 5 个工作日" in page and "2026年10月8日 08:00" in page
    assert page.count("经办人、工作机构负责人、督查") == 2


def test_a_preview_shows_what_was_typed_and_keeps_nothing(
    client: FlaskClient, url: str, session: Session, people: Cast
) -> None:
    seen = client.post(url, data=TYPED | {"step": "preview"})
    assert seen.status_code == 200
    assert "临期，还剩 7 个工作日" in seen.text and "还剩 5 个工作日" not in seen.text
    assert 'value="7、2"' in seen.text and "09:00" in seen.text
    assert kept(session, people) == DEFAULT_POLICY


def test_saved_and_back_to_the_default(client: FlaskClient, url: str, session: Session, people: Cast) -> None:
    saved = client.post(url, data=TYPED, follow_redirects=True)
    assert "提醒设置已保存" in saved.text and "现在采用本机关自己的设置" in saved.text
    assert "恢复全区默认" in saved.text
    assert client.post(url, data={"version": "1", "step": "default"}).status_code == 302
    assert kept(session, people) == DEFAULT_POLICY


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ahead": "三天"}, "请填写工作日数，用顿号分开"),
        ({"ahead": "20"}, "须在 0 到 19 之间"),
        ({"ahead": ""}, "请填写“到期前提醒经办人（工作日）”"),
        ({"ahead": "、"}, "到期前至少提醒一次"),
        ({"overdue_every": "0"}, "超期提醒不能关闭"),
        ({"review_days": "20"}, "1 到 19 之间"),
        ({"quiet_from": "24"}, "0 到 23 之间"),
        ({"quiet_until": "晚上"}, "整数"),
    ],
)
@pytest.mark.parametrize("step", ["", "preview"])
def test_faults_are_told_and_what_was_typed_stays(
    client: FlaskClient, url: str, changed: dict[str, str], said: str, step: str
) -> None:
    shown = client.post(url, data=TYPED | changed | {"step": step})
    assert shown.status_code == 422
    assert said in shown.text and 'name="sign_off_days" required type="number" value="3"' in shown.text


def test_what_another_saved_meanwhile_is_a_conflict_that_loses_nothing(client: FlaskClient, url: str) -> None:
    client.post(url, data=TYPED)
    late = client.post(url, data=TYPED | {"ahead": "6"})
    assert late.status_code == 409
    assert "刚被他人修改" in late.text and 'value="6"' in late.text
    assert client.post(url, data=TYPED | {"ahead": "6", "version": "1"}).status_code == 302


def test_only_the_administrator_and_only_what_is_there(sign_in: SignIn, url: str) -> None:
    assert sign_in("disclosure_head").get(url).status_code == 403
    assert sign_in("administrator").get("/organs/4711/alerts").status_code == 404
