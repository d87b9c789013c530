"""Which fields a channel shows, under which name, and why it asks for them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.receipt import CHANNEL_RULES, ReceiptField
from tracker.domain.request_terms import Channel
from tracker.domain.vocabulary import N_
from tracker.web.i18n import tell
from tracker.web.registration.forms import CALL_CHANNELS

_F = ReceiptField

LABELS: dict[tuple[ReceiptField, Channel], str] = {
    (_F.SIGNED_ON, Channel.IN_PERSON): N_("提交日期"),
    (_F.SIGNED_ON, Channel.ORAL): N_("记录日期"),
    (_F.SIGNED_ON, Channel.REGISTERED_MAIL): N_("签收日期"),
    (_F.SIGNED_BY, Channel.IN_PERSON): N_("接收人"),
    (_F.SIGNED_BY, Channel.REGISTERED_MAIL): N_("签收人"),
    (_F.ARRIVED_ON, Channel.REGISTERED_MAIL): N_("转到经办科室的日期"),
    (_F.ARRIVED_ON, Channel.ORDINARY_MAIL): N_("到达日期"),
    (_F.ARRIVED_ON, Channel.FAX): N_("收到传真的日期"),
    (_F.TAKEN_IN_ON, Channel.PORTAL): N_("系统收到日期"),
    (_F.TAKEN_IN_ON, Channel.EMAIL): N_("邮件系统收到日期"),
}

HELPS: dict[str, str] = {
    _F.SIGNED_ON: N_("期限从这一天起算，不论当天是不是工作日。"),
    _F.SIGNED_BY: N_("替机关签收的人：收发室、门卫、其他科室都算。"),
    _F.MAIL_NUMBER: N_("面单上的 13 位号码，送达争议时凭它查询。"),
    _F.ARRIVED_ON: N_("邮件或者传真实际到达的日子，内部流转的时间也留有记录。"),
    _F.TAKEN_IN_ON: N_("以系统记录的时间为准，不是打开查看的日子。"),
    _F.CONFIRMED_ON: N_("与申请人联系上并确认收到的日子；还没有联系上就留空。"),
    _F.CONFIRMED_BY: N_("本机关与申请人联系的人。"),
    _F.CONFIRMATION_REASON: N_("确认之日晚于到达之日时必须写明。"),
    _F.WRITTEN_DOWN_BY: N_("代申请人填写申请并请其核对签名的工作人员。"),
}


@dataclass(frozen=True, slots=True)
class EnvelopeField:
    """One field of the envelope: in which channels it is asked for, and its label in each; ``required_in``
    where the day of receipt follows from it."""

    name: str
    channels: str
    labels: str
    shown: bool
    help: str
    required_in: str
    required: bool
    label: str


def envelope_fields(chosen: Channel) -> list[EnvelopeField]:
    """The envelope's fields in the order of the form; those of other channels are not shown but stay in the page."""
    return [
        _field(field, chosen)
        for field in (_F.SIGNED_ON, _F.SIGNED_BY, _F.WRITTEN_DOWN_BY, _F.MAIL_NUMBER, *_REST)
    ]


_REST = (
    _F.ARRIVED_ON,
    _F.TAKEN_IN_ON,
    _F.CONFIRMED_ON,
    _F.CONFIRMED_BY,
    _F.CONFIRMATION_REASON,
)


def _field(field: ReceiptField, chosen: Channel) -> EnvelopeField:
    channels = [channel for channel, rule in CHANNEL_RULES.items() if field in rule.fields]
    labels = {str(c): tell(LABELS[field, c]) for c in channels if (field, c) in LABELS}
    required = [str(c) for c in channels if CHANNEL_RULES[c].decisive is field]
    return EnvelopeField(
        name=str(field),
        channels=" ".join(map(str, channels)),
        labels=json.dumps(labels, ensure_ascii=False) if labels else "",
        shown=chosen in channels,
        help=tell(HELPS[field]),
        required_in=" ".join(required),
        required=str(chosen) in required,
        label=labels.get(str(chosen), ""),
    )


@dataclass(frozen=True, slots=True)
class ChannelNote:
    """Why a channel asks for these days, with its article."""

    channel: str
    text: str
    article: str
    shown: bool


def channel_notes(chosen: Channel) -> list[ChannelNote]:
    """One note a channel; only the chosen one is shown."""
    return [
        ChannelNote(str(channel), tell(rule.explanation), tell(rule.article), channel is chosen)
        for channel, rule in CHANNEL_RULES.items()
    ]


def call_channels() -> str:
    """Channels in which the call to the applicant can be written down at once."""
    return " ".join(str(channel) for channel in Channel if channel in CALL_CHANNELS)


def person_heading(number: int) -> str:
    """申请人, then 第二人, …"""
    return _("申请人") if number == 0 else _("第 %(number)d 人", number=number + 1)
