"""群机器人 over HTTPS: to hosts the operator allowed, through the proxy the operator named, nowhere else."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import urllib3

from tracker.adapters.delivery import DeliveryError, RefusedForGood, TooFast
from tracker.domain.alerts import Channel
from tracker.domain.robots import Verdict, body_of, host_of, signed, verdict_on

TIMEOUT = urllib3.Timeout(connect=5, read=10)
MOST_BYTES = 8192
"""Of an answer; a robot answers with a line."""


@dataclass(frozen=True, slots=True)
class RobotSettings:
    """Hosts robots may stand on (``host`` or ``host:port``), the proxy on the way, certificates to trust beside."""

    hosts: frozenset[str] = frozenset()
    proxy: str | None = None
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Robot:
    """One robot. ``address`` and ``secret`` are keys: whoever has them can write to the group."""

    channel: Channel
    address: str
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One message to one robot, in markdown."""

    robot: Robot
    title: str
    text: str


class Robots(Protocol):
    """Carries messages to robots. ``ready``: whether any host is allowed at all."""

    @property
    def ready(self) -> bool: ...

    @property
    def hosts(self) -> frozenset[str]: ...

    def send(self, post: Post, at: datetime) -> None: ...


class NoRobots:
    """No host is allowed: nothing is written for robots and nothing leaves."""

    ready = False
    hosts: frozenset[str] = frozenset()

    def send(self, post: Post, at: datetime) -> None:
        """Raises ``RefusedForGood``."""
        raise RefusedForGood("no host of robots is allowed")


@dataclass
class MemoryRobots:
    """Keeps what was sent; ``failures`` are raised first, one for each attempt."""

    sent: list[Post] = field(default_factory=list)
    failures: list[DeliveryError] = field(default_factory=list)
    hosts: frozenset[str] = frozenset({"oapi.dingtalk.com", "qyapi.weixin.qq.com"})
    ready: bool = True

    def send(self, post: Post, at: datetime) -> None:
        """Keep it, or fail as told."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(post)


class HttpRobots:
    """The real one. Follows no redirect, tries once, and verifies who answers."""

    ready = True

    def __init__(self, settings: RobotSettings) -> None:
        self.hosts = settings.hosts
        known: dict[str, Any] = {
            "timeout": TIMEOUT,
            "retries": False,
            "cert_reqs": "CERT_REQUIRED",
            "ca_certs": settings.ca_file,
        }
        self._pool = (
            urllib3.ProxyManager(settings.proxy, **known) if settings.proxy else urllib3.PoolManager(**known)
        )

    def send(self, post: Post, at: datetime) -> None:
        """Hand it to the robot. Raises ``RefusedForGood`` for a host that is not allowed and where the robot says
        never, ``TooFast`` where it wants to be left alone, ``DeliveryError`` otherwise."""
        robot = post.robot
        host = host_of(robot.address)
        if host is None or host not in self.hosts:
            raise RefusedForGood(f"host is not allowed: {host or 'no https address'}")
        try:
            answer = self._pool.request(
                "POST",
                signed(robot.channel, robot.address, robot.secret, at),
                body=json.dumps(body_of(robot.channel, post.title, post.text), ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8"},
                redirect=False,
                preload_content=False,
            )
            try:
                said = answer.read(MOST_BYTES)
            finally:
                answer.close()
        except urllib3.exceptions.HTTPError as error:
            # Its text may quote the address, which holds the robot's key: the name of the fault alone is kept.
            raise DeliveryError(f"{type(error).__name__}: {host}") from error
        _judge(robot.channel, answer.status, said)


def _judge(channel: Channel, status: int, said: bytes) -> None:
    if status != 200:
        raise DeliveryError(f"server said {status}")
    try:
        answer = json.loads(said)
    except ValueError:
        raise DeliveryError("the answer is no JSON") from None
    code = answer.get("errcode") if isinstance(answer, dict) else None
    verdict = verdict_on(channel, code)
    if verdict is Verdict.TAKEN:
        return
    line = f"errcode {code}: {str(answer.get('errmsg', ''))[:200] if isinstance(answer, dict) else ''}"
    if verdict is Verdict.TOO_FAST:
        raise TooFast(line)
    raise RefusedForGood(line) if verdict is Verdict.NEVER else DeliveryError(line)
