"""How registers spell the values of a list, and what each spelling means."""

from __future__ import annotations

from tracker.domain.case_log import DispatchWay, SuspensionCause
from tracker.domain.ledger_values import normalise_choice
from tracker.domain.request_terms import (
    CHANNEL_NAMES,
    IDENTITY_TYPE_NAMES,
    REPORT_KIND_NAMES,
    SUPPLY_WAY_NAMES,
    Channel,
    IdentityType,
    SupplyWay,
)

CHANNELS = {normalise_choice(name): channel for channel, name in CHANNEL_NAMES.items()} | {
    "邮寄": Channel.REGISTERED_MAIL,
    "挂号信": Channel.REGISTERED_MAIL,
    "平信": Channel.ORDINARY_MAIL,
    "现场": Channel.IN_PERSON,
    "网上": Channel.PORTAL,
}
REPORT_KINDS = {normalise_choice(name): kind for kind, name in REPORT_KIND_NAMES.items()}
IDENTITY_TYPES = {normalise_choice(name): kind for kind, name in IDENTITY_TYPE_NAMES.items()} | {
    "身份证": IdentityType.RESIDENT_ID
}
SUPPLY_WAYS: dict[str, SupplyWay | None] = {normalise_choice(n): way for way, n in SUPPLY_WAY_NAMES.items()}
CAUSES = {
    "第三方": SuspensionCause.THIRD_PARTY,
    "共同制作机关": SuspensionCause.CO_PRODUCER,
    "共同制作的机关": SuspensionCause.CO_PRODUCER,
    "其他机关": SuspensionCause.OTHER_ORGAN,
    "其他行政机关": SuspensionCause.OTHER_ORGAN,
}
CAUSE_NAMES = {
    SuspensionCause.THIRD_PARTY: "第三方",
    SuspensionCause.CO_PRODUCER: "共同制作机关",
    SuspensionCause.OTHER_ORGAN: "其他机关",
}
DISPATCH_WAY_NAMES = {
    DispatchWay.POST: "邮寄",
    DispatchWay.HAND: "当面",
    DispatchWay.PORTAL: "网络",
    DispatchWay.EMAIL: "电子邮件",
}
DISPATCH_WAYS = {name: way for way, name in DISPATCH_WAY_NAMES.items()}
