"""机器人设置 of an organ on screen: keys are taken, tried and never shown."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.adapters.delivery import DeliveryError
from tracker.adapters.robots import MemoryRobots

TYPED = {
    "channel": "dingtalk",
    "address": "https://oapi.dingtalk.com/robot/send?access_token=t0ken",
    "secret": "SECabc",
    "version": "0",
}


@pytest.fixture
def url(people: Cast) -> str:
    return f"/organs/{people.organ_ids['MZJ']}/robot"


@pytest.fixture
def client(sign_in: SignIn) -> FlaskClient:
    return sign_in("administrator")


def test_saved_tried_and_stopped(client: FlaskClient, url: str, robots: MemoryRobots) -> None:
    assert "还没有设置机器人" in client.get(url).text
    saved = client.post(url, data=TYPED, follow_redirects=True).text
    assert "机器人已保存" in saved and "oapi.dingtalk.com" in saved
    assert "t0ken" not in saved and "SECabc" not in saved
    assert "对方已接收" in client.post(f"{url}/test", follow_redirects=True).text
    (post,) = robots.sent
    assert post.robot.secret == "SECabc" and "椒江区民政局" in post.text
    stopped = client.post(url, data={"version": "1", "step": "remove"}, follow_redirects=True).text
    assert "机器人已停用" in stopped and "还没有设置机器人" in stopped


def test_the_answer_to_a_test_is_shown(client: FlaskClient, url: str, robots: MemoryRobots) -> None:
    client.post(url, data=TYPED)
    robots.failures.append(DeliveryError("errcode 310000: <sign> not match"))
    shown = client.post(f"{url}/test", follow_redirects=True).text
    assert "没有发出。对方答复：errcode 310000: &lt;sign&gt; not match" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"channel": ""}, "请选择“机器人”"),
        ({"channel": "pigeon"}, "请选择钉钉机器人或企业微信机器人"),
        ({"address": ""}, "请填写“地址（Webhook）”"),
        ({"address": "oapi.dingtalk.com"}, "以 https:// 开头"),
        ({"address": "https://evil.test/?access_token=t"}, "运维人员没有允许"),
        ({"channel": "wecom"}, "缺少机器人的密钥"),
    ],
)
def test_faults_are_told_and_what_was_typed_stays(
    client: FlaskClient, url: str, changed: dict[str, str], said: str
) -> None:
    # A browser sends nothing for a choice that was not made.
    shown = client.post(url, data={name: value for name, value in (TYPED | changed).items() if value})
    assert shown.status_code == 422
    assert said in shown.text and 'value="SECabc"' in shown.text


def test_what_another_saved_meanwhile_is_a_conflict_that_loses_nothing(client: FlaskClient, url: str) -> None:
    client.post(url, data=TYPED)
    late = client.post(url, data=TYPED)
    assert late.status_code == 409
    assert "刚被他人修改" in late.text and "t0ken" in late.text
    assert client.post(url, data=TYPED | {"version": "1"}).status_code == 302


def test_the_robot_of_the_district_is_set_tried_and_stopped(
    client: FlaskClient, robots: MemoryRobots
) -> None:
    url = "/organs/district-robot"
    assert url in client.get("/organs").text
    shown = client.get(url).text
    assert "全区机器人" in shown and "还没有设置机器人" in shown and "督办单答复" in shown
    saved = client.post(url, data=TYPED, follow_redirects=True).text
    assert "机器人已保存" in saved and "oapi.dingtalk.com" in saved and "t0ken" not in saved
    assert "对方已接收" in client.post(f"{url}/test", follow_redirects=True).text
    assert "全区各机关" in robots.sent[-1].text
    assert client.post(url, data=TYPED).status_code == 409
    wrong = client.post(url, data=TYPED | {"address": "https://evil.test/?access_token=t", "version": "1"})
    assert wrong.status_code == 422 and "运维人员没有允许" in wrong.text
    stopped = client.post(url, data={"version": "1", "step": "remove"}, follow_redirects=True).text
    assert "机器人已停用" in stopped
    assert client.post(f"{url}/test").status_code == 404
