"""发送失败的原因: what an adapter noted about a message, in plain words, and who can do something about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class Mend(StrEnum):
    """Where it can be mended: the person's address, the robot's settings, the machine and its network; or nowhere."""

    ADDRESS = "address"
    ROBOT = "robot"
    OPERATOR = "operator"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Fault:
    """``reason``: what happened; ``cure``: what to do before sending again, empty where there is nothing to do."""

    reason: str
    cure: str
    mend: Mend


_NETWORK = N_("请运维人员核对主机、端口、代理和防火墙后重发。")

_KNOWN: tuple[tuple[str, Fault], ...] = (
    (
        r"recipient refused|SMTPRecipientsRefused",
        Fault(N_("收件人的邮箱被邮件服务器拒收。"), N_("请核对邮箱地址后重发。"), Mend.ADDRESS),
    ),
    (
        r"server said 53[0458]\b|SMTPAuthenticationError",
        Fault(
            N_("邮件服务器不接受本系统的用户名或密码。"),
            N_("请运维人员核对邮件设置后重发。"),
            Mend.OPERATOR,
        ),
    ),
    (
        r"server said 407\b|ProxyError",
        Fault(N_("通往对方的代理没有放行。"), _NETWORK, Mend.OPERATOR),
    ),
    (
        r"server said 4\d\d\b",
        Fault(N_("对方服务器暂时不收，或者要求稍后再发。"), N_("可以稍后重发。"), Mend.OPERATOR),
    ),
    (
        r"server said \d+",
        Fault(N_("对方服务器出错或拒收。"), N_("请稍后重发；多次失败的，请运维人员查看。"), Mend.OPERATOR),
    ),
    (
        r"ConnectionRefusedError|NewConnectionError|ConnectionResetError|SMTPConnectError|SMTPServerDisconnected"
        r"|ProtocolError|ConnectionError|No route to host|unreachable",
        Fault(N_("连不上对方服务器，或者连接中断。"), _NETWORK, Mend.OPERATOR),
    ),
    (
        r"gaierror|NameResolutionError|Name or service not known",
        Fault(N_("找不到对方服务器的地址。"), _NETWORK, Mend.OPERATOR),
    ),
    (
        r"Timeout|timed out",
        Fault(N_("对方服务器没有在限定时间内答复。"), _NETWORK, Mend.OPERATOR),
    ),
    (
        r"SSL|CERTIFICATE|certificate",
        Fault(N_("对方服务器的证书不受信任。"), N_("请运维人员核对证书设置后重发。"), Mend.OPERATOR),
    ),
    (
        r"errcode 310000\b",
        Fault(
            N_("机器人的安全设置不符：关键词、加签密钥或来源地址不对。"),
            N_("请核对机器人设置后重发。"),
            Mend.ROBOT,
        ),
    ),
    (
        r"errcode (300001|93000)\b",
        Fault(N_("机器人的密钥无效，可能已被停用。"), N_("请重新填写机器人地址后重发。"), Mend.ROBOT),
    ),
    (
        r"errcode (130101|45009)\b",
        Fault(N_("机器人短时间内收到的消息过多，暂不接收。"), N_("可以十分钟后重发。"), Mend.NOWHERE),
    ),
    (
        r"errcode|the answer is no JSON",
        Fault(N_("机器人没有接收这条消息。"), N_("请对照原文核对机器人设置后重发。"), Mend.ROBOT),
    ),
    (
        r"robot's key cannot be opened",
        Fault(N_("保存的机器人密钥无法读取。"), N_("请重新填写机器人设置后重发。"), Mend.ROBOT),
    ),
    (
        r"host is not allowed|no host of robots is allowed",
        Fault(
            N_("运维人员没有允许向这个主机发送。"),
            N_("请运维人员加入允许清单后重发。"),
            Mend.OPERATOR,
        ),
    ),
    (
        r"no mail server is set up",
        Fault(N_("没有设置邮件服务器。"), N_("请运维人员设置后重发。"), Mend.OPERATOR),
    ),
    (
        r"has left or has no address",
        Fault(N_("收件人的账号已停用，或者没有填写邮箱。"), "", Mend.ADDRESS),
    ),
    (
        r"alert no longer holds|nothing of the digest holds",
        Fault(N_("提醒已经失效，不必再发。"), "", Mend.NOWHERE),
    ),
    (r"switched these mails off", Fault(N_("收件人选择了这类提醒不发邮件。"), "", Mend.NOWHERE)),
    (r"no robot any more", Fault(N_("机器人已经停用。"), "", Mend.NOWHERE)),
)
"""What is noted, as a pattern, the first that is found; codes of robots as the vendors publish them."""

UNKNOWN = Fault(N_("没有归类的原因。"), N_("请运维人员对照原文查看。"), Mend.OPERATOR)


_NO_SUCH_ROBOT = Fault(N_("机器人所在的主机不认这个地址。"), N_("请核对机器人设置后重发。"), Mend.ROBOT)


def explain(noted: str, *, by_robot: bool = False) -> Fault:
    """What a note of an adapter means; statuses of HTTP and of mail servers share their numbers, not their meaning."""
    if by_robot and re.search(r"server said 4(?!07|29)\d\d\b", noted):
        return _NO_SUCH_ROBOT
    return next((fault for pattern, fault in _KNOWN if re.search(pattern, noted)), UNKNOWN)
