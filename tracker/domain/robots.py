"""群机器人: how a robot of DingTalk or WeCom is addressed and signed, what it takes, and what its answers mean."""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlsplit

from tracker.domain.alerts import AlertKind, Channel

DISTRICT = "district"
"""Name of the one robot that is of no organ."""

ROBOT_CHANNELS = (Channel.DINGTALK, Channel.WECOM)

TOLD_BY_ROBOT: frozenset[AlertKind] = frozenset(
    {
        AlertKind.DUE_SOON,
        AlertKind.DUE_TODAY,
        AlertKind.OVERDUE,
        AlertKind.REVIEW_WAITING,
        AlertKind.SIGN_OFF_WAITING,
        AlertKind.CHASED,
    }
)
"""What a group is told; the rest concerns one person alone."""

TOLD_TO_DISTRICT: frozenset[AlertKind] = frozenset(
    {AlertKind.OVERDUE, AlertKind.CHASED, AlertKind.CHASE_ANSWERED}
)
"""What the group of the whole district is told, of every organ: what is overdue, and 督办."""

A_MINUTE = 15
"""Messages one robot is given in a minute. Both vendors stop at twenty; then they take none for ten minutes."""


class Verdict(StrEnum):
    """What an answer means for the message."""

    TAKEN = "taken"
    FAILED = "failed"
    TOO_FAST = "too_fast"
    NEVER = "never"


_TOO_FAST: dict[Channel, frozenset[int]] = {
    Channel.DINGTALK: frozenset({130101}),
    Channel.WECOM: frozenset({45009}),
}
_NEVER: dict[Channel, frozenset[int]] = {
    Channel.DINGTALK: frozenset({300001, 310000}),
    Channel.WECOM: frozenset({93000}),
}
"""A key that is not known; a keyword, signature or sending address the robot does not accept."""


def verdict_on(channel: Channel, code: object) -> Verdict:
    """What the ``errcode`` of an answer with status 200 means; anything but a plain 0 is a failure."""
    if isinstance(code, bool) or not isinstance(code, int):
        return Verdict.FAILED
    if code == 0:
        return Verdict.TAKEN
    if code in _TOO_FAST[channel]:
        return Verdict.TOO_FAST
    return Verdict.NEVER if code in _NEVER[channel] else Verdict.FAILED


def host_of(address: str) -> str | None:
    """The host (with a port that is not 443) of an ``https`` address; None for any other address, and for one that
    names a user."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.fragment:
        return None
    return parts.hostname if port in (None, 443) else f"{parts.hostname}:{port}"


def has_key(channel: Channel, address: str) -> bool:
    """Whether the address carries the robot's key, as the vendor's page gives it."""
    name = "access_token=" if channel is Channel.DINGTALK else "key="
    return any(part.startswith(name) and len(part) > len(name) for part in urlsplit(address).query.split("&"))


def signed(channel: Channel, address: str, secret: str | None, at: datetime) -> str:
    """The address to post to at this moment. DingTalk signs with ``timestamp`` and ``sign``: HMAC-SHA256 under the
    secret over milliseconds, line break, secret; WeCom knows its robots by their key alone."""
    if channel is not Channel.DINGTALK or not secret:
        return address
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), sha256).digest()
    return f"{address}&timestamp={stamp}&sign={quote_plus(b64encode(digest))}"


def body_of(channel: Channel, title: str, text: str) -> dict[str, Any]:
    """What is posted, as markdown; WeCom has no title beside the text."""
    if channel is Channel.WECOM:
        return {"msgtype": "markdown", "markdown": {"content": text}}
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
