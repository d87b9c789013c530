"""Words of the mail register (收件登记)."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class ForwardingWay(StrEnum):
    """How a misaddressed letter is passed on."""

    HAND = "hand"
    POST = "post"
    EXCHANGE = "exchange"


FORWARDING_WAY_NAMES: dict[ForwardingWay, str] = {
    ForwardingWay.HAND: N_("专人送达"),
    ForwardingWay.POST: N_("邮寄"),
    ForwardingWay.EXCHANGE: N_("机要交换"),
}
