"""Addresses, signatures and answers of group robots, as their vendors document them."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tracker.domain.alerts import Channel
from tracker.domain.robots import Verdict, body_of, has_key, host_of, signed, verdict_on

DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=t"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"
AT = datetime(2026, 11, 23, 2, 0, 0, 123000, tzinfo=UTC)


def test_dingtalk_is_signed_with_the_moment_and_the_secret() -> None:
    address = signed(Channel.DINGTALK, DINGTALK, "SECabc", AT)
    asked = parse_qs(urlsplit(address).query)
    assert asked["access_token"] == ["t"]
    assert asked["timestamp"] == ["1795399200123"]
    # printf '1795399200123\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64
    assert asked["sign"] == ["1kWeZzN1em8h/BskgPdTbB+qzWjBDWOsUJhJRZ7WSWM="]
    assert "+" not in address.partition("sign=")[2] and "/" not in address.partition("sign=")[2]


def test_without_a_secret_and_at_wecom_the_address_stays() -> None:
    assert signed(Channel.DINGTALK, DINGTALK, None, AT) == DINGTALK
    assert signed(Channel.WECOM, WECOM, "SECabc", AT) == WECOM


def test_bodies() -> None:
    assert body_of(Channel.DINGTALK, "题", "文") == {
        "msgtype": "markdown",
        "markdown": {"title": "题", "text": "文"},
    }
    assert body_of(Channel.WECOM, "题", "文") == {"msgtype": "markdown", "markdown": {"content": "文"}}


@pytest.mark.parametrize(
    ("channel", "code", "verdict"),
    [
        (Channel.DINGTALK, 0, Verdict.TAKEN),
        (Channel.DINGTALK, 130101, Verdict.TOO_FAST),
        (Channel.DINGTALK, 310000, Verdict.NEVER),
        (Channel.DINGTALK, 45009, Verdict.FAILED),
        (Channel.WECOM, 0, Verdict.TAKEN),
        (Channel.WECOM, 45009, Verdict.TOO_FAST),
        (Channel.WECOM, 93000, Verdict.NEVER),
        (Channel.WECOM, -1, Verdict.FAILED),
        (Channel.WECOM, None, Verdict.FAILED),
        (Channel.WECOM, "0", Verdict.FAILED),
        (Channel.WECOM, False, Verdict.FAILED),
    ],
)
def test_what_answers_mean(channel: Channel, code: object, verdict: Verdict) -> None:
    assert verdict_on(channel, code) is verdict


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (DINGTALK, "oapi.dingtalk.com"),
        ("https://OAPI.dingtalk.com:443/robot", "oapi.dingtalk.com"),
        ("https://relay.gov.test:8443/robot", "relay.gov.test:8443"),
        ("http://oapi.dingtalk.com/robot", None),
        ("https://oapi.dingtalk.com@evil.test/robot", None),
        ("https://oapi.dingtalk.com/robot#x", None),
        ("https://host:99999/", None),
        ("https://[::1", None),
        ("oapi.dingtalk.com", None),
        ("", None),
    ],
)
def test_the_host_is_what_would_be_called(address: str, host: str | None) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("channel", "address", "has"),
    [
        (Channel.DINGTALK, DINGTALK, True),
        (Channel.DINGTALK, WECOM, False),
        (Channel.WECOM, WECOM, True),
        (Channel.WECOM, "https://h/?key=", False),
        (Channel.WECOM, "https://h/", False),
    ],
)
def test_an_address_carries_the_key_of_its_vendor(channel: Channel, address: str, has: bool) -> None:
    assert has_key(channel, address) is has
