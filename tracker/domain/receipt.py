"""收到申请之日 (Art 31): which of the days around a request's arrival is the one the law counts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import Invalid
from tracker.domain.request_terms import Channel
from tracker.domain.vocabulary import N_


class ReceiptField(StrEnum):
    """A fact about the arrival that a channel may ask for; the values name attributes of ``ReceiptFacts``."""

    SIGNED_ON = "signed_on"
    SIGNED_BY = "signed_by"
    ARRIVED_ON = "arrived_on"
    MAIL_NUMBER = "mail_number"
    TAKEN_IN_ON = "taken_in_on"
    CONFIRMED_ON = "confirmed_on"
    CONFIRMED_BY = "confirmed_by"
    CONFIRMATION_REASON = "confirmation_reason"
    WRITTEN_DOWN_BY = "written_down_by"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the clerk knows of the arrival. Days are days of law in Asia/Shanghai.

    ``signed_on``: signed for the organ by whoever did (mail room, guard, another section); for an oral request the day
    it was written down. ``arrived_on``: the piece lay before the organ. ``taken_in_on``: portal or mail server took it
    in. ``confirmed_on``: confirmed with the applicant, by ``confirmed_by`` of the organ.
    """

    channel: Channel
    signed_on: date | None = None
    signed_by: str | None = None
    arrived_on: date | None = None
    mail_number: str | None = None
    taken_in_on: date | None = None
    confirmed_on: date | None = None
    confirmed_by: str | None = None
    confirmation_reason: str | None = None
    written_down_by: str | None = None


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """How a channel fixes the day. ``decisive`` is the field whose day counts where nothing later was confirmed;
    ``explanation`` and ``article`` are told to the clerk; ``confirmable`` channels may count from the day confirmed
    with the applicant instead; ``call_required`` ones only with the record of the call."""

    fields: tuple[ReceiptField, ...]
    decisive: ReceiptField
    explanation: str
    article: str
    confirmable: bool = False
    call_required: bool = False


_F = ReceiptField

CHANNEL_RULES: dict[Channel, ChannelRule] = {
    Channel.IN_PERSON: ChannelRule(
        (_F.SIGNED_ON, _F.SIGNED_BY),
        _F.SIGNED_ON,
        N_("当面提交的，以提交之日为收到之日。"),
        N_("第三十一条第（一）项"),
    ),
    Channel.ORAL: ChannelRule(
        (_F.SIGNED_ON, _F.WRITTEN_DOWN_BY),
        _F.SIGNED_ON,
        N_("口头申请由工作人员代为填写，以记录之日为收到之日。"),
        N_("第二十九条第一款"),
    ),
    Channel.REGISTERED_MAIL: ChannelRule(
        (_F.SIGNED_ON, _F.SIGNED_BY, _F.MAIL_NUMBER, _F.ARRIVED_ON),
        _F.SIGNED_ON,
        N_("挂号信、EMS 等需要签收的邮件，以签收之日为收到之日；收发室、门卫、其他科室代签同样算签收。"),
        N_("第三十一条第（二）项"),
    ),
    Channel.ORDINARY_MAIL: ChannelRule(
        (_F.ARRIVED_ON, _F.CONFIRMED_ON, _F.CONFIRMED_BY, _F.CONFIRMATION_REASON),
        _F.ARRIVED_ON,
        N_(
            "平信无须签收，应当在收到当日与申请人确认，以确认之日为收到之日；还没有确认的，先按到达之日起算。"
        ),
        N_("第三十一条第（二）项"),
        confirmable=True,
    ),
    Channel.PORTAL: ChannelRule(
        (_F.TAKEN_IN_ON, _F.CONFIRMED_ON, _F.CONFIRMED_BY, _F.CONFIRMATION_REASON),
        _F.TAKEN_IN_ON,
        N_("网上申请以系统收到之日起算；内部流转不是理由。另有双方确认之日的，须写明原因并附通话记录。"),
        N_("第三十一条第（三）项"),
        confirmable=True,
        call_required=True,
    ),
    Channel.EMAIL: ChannelRule(
        (_F.TAKEN_IN_ON, _F.CONFIRMED_ON, _F.CONFIRMED_BY, _F.CONFIRMATION_REASON),
        _F.TAKEN_IN_ON,
        N_("电子邮件以邮件系统收到之日起算。另有双方确认之日的，须写明原因并附通话记录。"),
        N_("第三十一条第（三）项"),
        confirmable=True,
        call_required=True,
    ),
    Channel.FAX: ChannelRule(
        (_F.ARRIVED_ON, _F.CONFIRMED_ON, _F.CONFIRMED_BY, _F.CONFIRMATION_REASON),
        _F.ARRIVED_ON,
        N_("传真以收到并经双方确认之日为收到之日；还没有确认的，先按收到传真之日起算。"),
        N_("第三十一条第（三）项"),
        confirmable=True,
    ),
}


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """The statutory day of receipt and why it is that one. ``field`` names the fact it was taken from."""

    on: date
    field: ReceiptField
    explanation: str
    article: str
    warnings: tuple[str, ...] = ()


def received_on(facts: ReceiptFacts, today: date, *, has_call: bool = False) -> ReceiptDay:
    """The day day-counting starts from (day 0), whatever kind of day it is.

    ``has_call``: a record of the call to the applicant goes with the registration. Without a confirmed day the earlier
    day counts, which is the safer one for the organ. Raises ``Invalid`` naming fields: a missing day, one that is
    still to come, a confirmation before the arrival, a later day confirmed without its reason or call record.
    """
    rule = CHANNEL_RULES[facts.channel]
    faults: dict[str, list[str]] = {}
    for field in rule.fields:
        day = getattr(facts, field)
        if isinstance(day, date) and day > today:
            faults.setdefault(field, []).append(N_("日期晚于今天，尚未发生的事不能登记，请核对日期。"))
    first: date | None = getattr(facts, rule.decisive)
    if first is None:
        faults.setdefault(rule.decisive, []).append(N_("请填写这一天，期限从它推算。"))
        raise Invalid(faults)
    confirmed = facts.confirmed_on if rule.confirmable else None
    if confirmed is not None:
        _check_confirmation(facts, rule, first, confirmed, has_call, faults)
    if faults:
        raise Invalid(faults)
    if confirmed is None:
        return ReceiptDay(first, rule.decisive, rule.explanation, rule.article, _warnings(facts, rule))
    return ReceiptDay(confirmed, _F.CONFIRMED_ON, rule.explanation, rule.article, _warnings(facts, rule))


def likely_day(facts: ReceiptFacts) -> date | None:
    """The day that would count if everything else were in order; for showing the due date while one types."""
    rule = CHANNEL_RULES[facts.channel]
    first: date | None = getattr(facts, rule.decisive)
    return facts.confirmed_on if rule.confirmable and facts.confirmed_on and first else first


def _check_confirmation(
    facts: ReceiptFacts,
    rule: ChannelRule,
    first: date,
    confirmed: date,
    has_call: bool,
    faults: dict[str, list[str]],
) -> None:
    if confirmed < first:
        faults.setdefault(_F.CONFIRMED_ON, []).append(N_("确认之日早于收到之日，请核对日期。"))
    if confirmed <= first:
        return
    if not facts.confirmation_reason:
        faults.setdefault(_F.CONFIRMATION_REASON, []).append(
            N_("确认之日晚于到达之日，请写明为什么没有在当日确认。")
        )
    if rule.call_required and not has_call:
        faults.setdefault("call_content", []).append(
            N_("网络、电子邮件申请改按确认之日起算，须同时填写通话记录。")
        )


def _warnings(facts: ReceiptFacts, rule: ChannelRule) -> tuple[str, ...]:
    told = []
    if rule.confirmable and not rule.call_required and facts.confirmed_on is None:
        told.append(N_("还没有与申请人确认收到之日：请当日联系申请人，期限先按到达之日推算。"))
    if (
        facts.channel is Channel.REGISTERED_MAIL
        and facts.signed_on is not None
        and facts.arrived_on is not None
        and facts.arrived_on > facts.signed_on
    ):
        told.append(N_("签收后未在当日转到经办科室：期限仍从签收之日起算，请提醒收发人员。"))
    return tuple(told)


def arrival_of(facts: ReceiptFacts, otherwise: date) -> date:
    """The day the piece reached the organ, confirmed or not: its year numbers it in the intake book."""
    day: date | None = getattr(facts, str(CHANNEL_RULES[facts.channel].decisive))
    return day or otherwise
