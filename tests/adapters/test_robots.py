"""Robots against a real HTTPS receiver: what arrives, what is refused, what is away, what is never called."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from tests.adapters.robot_house import Receiver, robot_house
from tracker.adapters import robots
from tracker.adapters.delivery import DeliveryError, RefusedForGood, TooFast
from tracker.adapters.robots import HttpRobots, NoRobots, Post, Robot, RobotSettings
from tracker.domain.alerts import Channel

AT = datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
TEXT = "**【超期】椒民公开受〔2026〕7号**"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Receiver, Path]]:
    with robot_house(tmp_path) as made:
        yield made


@pytest.fixture
def receiver(house: tuple[Receiver, Path]) -> Receiver:
    return house[0]


@pytest.fixture
def sender(house: tuple[Receiver, Path]) -> HttpRobots:
    receiver, certificate = house
    return HttpRobots(RobotSettings(frozenset({receiver.host}), None, str(certificate)))


def post(receiver: Receiver, channel: Channel = Channel.DINGTALK, secret: str | None = "SECabc") -> Post:
    key = "access_token" if channel is Channel.DINGTALK else "key"
    return Post(Robot(channel, f"https://{receiver.host}/send?{key}=t0ken", secret), "题", TEXT)


def test_dingtalk_gets_a_signed_markdown(receiver: Receiver, sender: HttpRobots) -> None:
    sender.send(post(receiver), AT)
    (path,) = receiver.paths
    assert path.startswith("/send?access_token=t0ken&timestamp=1795478700000&sign=")
    assert receiver.bodies == [{"msgtype": "markdown", "markdown": {"title": "题", "text": TEXT}}]


def test_wecom_gets_it_by_its_key_alone(receiver: Receiver, sender: HttpRobots) -> None:
    sender.send(post(receiver, Channel.WECOM), AT)
    assert receiver.paths == ["/send?key=t0ken"]
    assert receiver.bodies == [{"msgtype": "markdown", "markdown": {"content": TEXT}}]


@pytest.mark.parametrize(
    ("answer", "error", "line"),
    [
        (b'{"errcode":130101,"errmsg":"send too fast"}', TooFast, "errcode 130101: send too fast"),
        (b'{"errcode":310000,"errmsg":"sign not match"}', RefusedForGood, "errcode 310000: sign not match"),
        (b'{"errcode":-1,"errmsg":"busy"}', DeliveryError, "errcode -1: busy"),
        (b'{"errmsg":"ok"}', DeliveryError, "errcode None: ok"),
        (b"[]", DeliveryError, "errcode None: "),
        (b"<html>", DeliveryError, "the answer is no JSON"),
        (b"", DeliveryError, "the answer is no JSON"),
    ],
)
def test_a_200_with_a_fault_is_a_fault(
    receiver: Receiver, sender: HttpRobots, answer: bytes, error: type[DeliveryError], line: str
) -> None:
    receiver.answer = answer
    with pytest.raises(DeliveryError) as caught:
        sender.send(post(receiver), AT)
    assert (type(caught.value), str(caught.value)) == (error, line)


@pytest.mark.parametrize("status", [500, 404, 204])
def test_any_other_status_is_tried_again(receiver: Receiver, sender: HttpRobots, status: int) -> None:
    receiver.status = status
    with pytest.raises(DeliveryError, match=f"server said {status}"):
        sender.send(post(receiver), AT)


def test_a_redirect_is_not_followed(receiver: Receiver, sender: HttpRobots) -> None:
    receiver.status, receiver.location = 307, f"https://{receiver.host}/elsewhere"
    with pytest.raises(DeliveryError, match="server said 307"):
        sender.send(post(receiver), AT)
    assert len(receiver.paths) == 1


def test_who_does_not_answer_is_given_up(
    house: tuple[Receiver, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, certificate = house
    monkeypatch.setattr(robots, "TIMEOUT", urllib3.Timeout(connect=5, read=0.2))
    sender = HttpRobots(RobotSettings(frozenset({receiver.host}), None, str(certificate)))
    receiver.hold.clear()
    with pytest.raises(DeliveryError, match="ReadTimeoutError"):
        sender.send(post(receiver), AT)


def test_who_is_away_and_no_key_in_what_is_noted(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    sender = HttpRobots(RobotSettings(frozenset({host})))
    with pytest.raises(DeliveryError) as caught:
        sender.send(Post(Robot(Channel.WECOM, f"https://{host}/send?key=t0ken"), "题", TEXT), AT)
    assert host in str(caught.value) and "t0ken" not in str(caught.value)


def test_a_certificate_nobody_vouches_for_is_refused(receiver: Receiver) -> None:
    sender = HttpRobots(RobotSettings(frozenset({receiver.host})))
    with pytest.raises(DeliveryError, match="SSLError"):
        sender.send(post(receiver), AT)
    assert receiver.paths == []


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:{port}@evil.test/?key=k", "http://127.0.0.1:{port}/?key=k"]
)
def test_a_host_that_is_not_allowed_is_never_called(
    receiver: Receiver, sender: HttpRobots, address: str
) -> None:
    robot = Robot(Channel.WECOM, address.format(port=receiver.port))
    with pytest.raises(RefusedForGood, match="not allowed"):
        sender.send(Post(robot, "题", TEXT), AT)
    other = HttpRobots(RobotSettings(frozenset({"oapi.dingtalk.com"})))
    with pytest.raises(RefusedForGood, match="not allowed"):
        other.send(post(receiver), AT)
    assert receiver.paths == []
    with pytest.raises(RefusedForGood):
        NoRobots().send(post(receiver), AT)


def test_through_the_proxy_of_the_operator(house: tuple[Receiver, Path]) -> None:
    receiver, certificate = house
    proxy = f"http://127.0.0.1:{receiver.proxy_port}"
    HttpRobots(RobotSettings(frozenset({receiver.host}), proxy, str(certificate))).send(post(receiver), AT)
    assert receiver.tunnels == [receiver.host]
    assert len(receiver.bodies) == 1


def test_a_proxy_that_is_away_is_tried_again(house: tuple[Receiver, Path]) -> None:
    receiver, certificate = house
    sender = HttpRobots(RobotSettings(frozenset({receiver.host}), "http://127.0.0.1:9", str(certificate)))
    with pytest.raises(DeliveryError, match="ProxyError"):
        sender.send(post(receiver), AT)
    assert receiver.paths == []
