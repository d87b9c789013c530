"""What adapters note about a message is told in plain words, with the place where it can be mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.source import ROOT
from tracker.domain.delivery_faults import UNKNOWN, Mend, explain

NOTED: list[tuple[str, bool, str, Mend]] = [
    ("recipient refused: [550]", False, "拒收", Mend.ADDRESS),
    ("server said 535", False, "用户名或密码", Mend.OPERATOR),
    ("server said 451", False, "稍后再发", Mend.OPERATOR),
    ("server said 554", False, "出错或拒收", Mend.OPERATOR),
    ("server said 404", True, "不认这个地址", Mend.ROBOT),
    ("server said 429", True, "稍后再发", Mend.OPERATOR),
    ("server said 407", True, "代理", Mend.OPERATOR),
    ("server said 502", True, "出错或拒收", Mend.OPERATOR),
    ("ConnectionRefusedError: [Errno 111] Connection refused", False, "连不上", Mend.OPERATOR),
    ("OSError: [Errno 113] No route to host", False, "连不上", Mend.OPERATOR),
    ("SMTPServerDisconnected: Connection unexpectedly closed", False, "连不上", Mend.OPERATOR),
    ("NewConnectionError: oapi.dingtalk.com", True, "连不上", Mend.OPERATOR),
    ("gaierror: [Errno -2] Name or service not known", False, "找不到", Mend.OPERATOR),
    ("NameResolutionError: qyapi.weixin.qq.com", True, "找不到", Mend.OPERATOR),
    ("TimeoutError: timed out", False, "限定时间", Mend.OPERATOR),
    ("ConnectTimeoutError: oapi.dingtalk.com", True, "限定时间", Mend.OPERATOR),
    ("ReadTimeoutError: oapi.dingtalk.com", True, "限定时间", Mend.OPERATOR),
    ("SSLCertVerificationError: certificate verify failed", False, "证书", Mend.OPERATOR),
    ("SSLError: oapi.dingtalk.com", True, "证书", Mend.OPERATOR),
    ("ProxyError: oapi.dingtalk.com", True, "代理", Mend.OPERATOR),
    ("errcode 310000: sign not match", True, "安全设置", Mend.ROBOT),
    ("errcode 300001: token is not exist", True, "密钥无效", Mend.ROBOT),
    ("errcode 93000: invalid webhook url", True, "密钥无效", Mend.ROBOT),
    ("errcode 45009: api freq out of limit", True, "过多", Mend.NOWHERE),
    ("errcode 130101: send too fast", True, "过多", Mend.NOWHERE),
    ("errcode None: ", True, "没有接收", Mend.ROBOT),
    ("errcode 400013: chat not found", True, "没有接收", Mend.ROBOT),
]


@pytest.mark.parametrize(("noted", "by_robot", "said", "mend"), NOTED)
def test_what_is_noted_is_told(noted: str, by_robot: bool, said: str, mend: Mend) -> None:
    fault = explain(noted, by_robot=by_robot)
    assert said in fault.reason and fault.mend is mend
    assert fault.cure, "what failed says what to do"


def test_every_fixed_note_of_the_program_is_known() -> None:
    """Notes are written where messages are packed and carried; a new one needs its words."""
    written = re.compile(r"(?:Unneeded|RefusedForGood|DeliveryError)\(\s*f?\"([^\"{]{8,})")
    found = {
        note
        for folder in ("adapters", "services")
        for path in Path(ROOT, "tracker", folder).glob("*.py")
        for note in written.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) >= 10
    assert {note for note in found if explain(note + "550") is UNKNOWN} == set()


@given(st.text(max_size=80), st.booleans())
def test_anything_else_is_told_as_not_known(noted: str, by_robot: bool) -> None:
    fault = explain(noted, by_robot=by_robot)
    assert fault.reason and (fault is UNKNOWN or fault.mend in Mend)
    assert explain("天气不好", by_robot=by_robot) is UNKNOWN
