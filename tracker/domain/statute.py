"""法定期限 as data: each period with its article, length, what starts it, and since when it is law.

Sources: 《政府信息公开条例》 (国务院令第711号, in force 2019-05-15), 《政府信息公开信息处理费管理办法》
(国办函〔2020〕109号), 《行政复议法》 (2023, in force 2024-01-01), 《行政诉讼法》 and its interpretation.
Where the law gives no number the tracker's own convention stands here as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.vocabulary import N_


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class RuleKey(StrEnum):
    """Names of the periods and of the rules without a length that move the clock."""

    REPLY = "reply"
    EXTENSION = "extension"
    CORRECTION_NOTICE = "correction_notice"
    CORRECTION_RESTART = "correction_restart"
    THIRD_PARTY_ANSWER = "third_party_answer"
    CO_PRODUCER_ANSWER = "co_producer_answer"
    CONSULTATION_DEDUCTED = "consultation_deducted"
    PAYMENT = "payment"
    PAYMENT_RESTART = "payment_restart"
    JUSTIFICATION = "justification"
    REASONED_DELAY = "reasoned_delay"
    DISPATCH_DAY = "dispatch_day"
    HAND_DELIVERY_DAY = "hand_delivery_day"
    LAPSE_UNCORRECTED = "lapse_uncorrected"
    WITHDRAWAL = "withdrawal"
    ORDERED_ANEW = "ordered_anew"
    DELIVERY_PROOF = "delivery_proof"
    LAPSE_PROPOSAL = "lapse_proposal"
    RECONSIDERATION_FILING = "reconsideration_filing"
    LITIGATION_FILING = "litigation_filing"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"
    RECONSIDERATION_ANSWER = "reconsideration_answer"
    RECONSIDERATION_ANSWER_SIMPLE = "reconsideration_answer_simple"
    LITIGATION_ANSWER = "litigation_answer"


@dataclass(frozen=True, slots=True)
class StatutoryRule:
    """One rule: ``span`` in ``unit`` from the day after ``starts``; None where the rule has no length of its own."""

    key: RuleKey
    name: str
    article: str
    starts: str
    source: str
    span: int | None = None
    unit: Unit = Unit.WORKING_DAYS
    in_force_from: date = date(2019, 5, 15)
    in_force_to: date | None = None


_REGULATION = "《政府信息公开条例》"
_FEES = "国办函〔2020〕109号"
_RECONSIDERATION = "《行政复议法》"
_LITIGATION = "《行政诉讼法》"
CONVENTION = N_("系统约定")
"""Stands as the source of what the law leaves open and the tracker decides."""
_FEES_FROM = date(2021, 1, 1)
_RECONSIDERATION_FROM = date(2024, 1, 1)
_LITIGATION_FROM = date(2015, 5, 1)

_ROWS: tuple[StatutoryRule, ...] = (
    StatutoryRule(RuleKey.REPLY, N_("答复期限"), "第三十三条第二款", N_("收到申请之日"), _REGULATION, 20),
    StatutoryRule(RuleKey.EXTENSION, N_("延期上限"), "第三十三条第二款", N_("原到期日"), _REGULATION, 20),
    StatutoryRule(
        RuleKey.CORRECTION_NOTICE, N_("一次性告知补正"), "第三十条", N_("收到申请之日"), _REGULATION, 7
    ),
    StatutoryRule(
        RuleKey.CORRECTION_RESTART, N_("补正后重新起算"), "第三十条", N_("收到补正之日"), _REGULATION, 20
    ),
    StatutoryRule(
        RuleKey.THIRD_PARTY_ANSWER,
        N_("第三方答复期限"),
        "第三十二条",
        N_("第三方收到征求意见书之日"),
        _REGULATION,
        15,
    ),
    StatutoryRule(
        RuleKey.CO_PRODUCER_ANSWER,
        N_("共同制作机关答复期限"),
        "第三十四条",
        N_("该机关收到征求意见函之日"),
        _REGULATION,
        15,
    ),
    StatutoryRule(
        RuleKey.CONSULTATION_DEDUCTED,
        N_("征求意见时间不计入"),
        "第三十三条第三款",
        N_("发出征求意见书之日"),
        _REGULATION,
    ),
    StatutoryRule(
        RuleKey.PAYMENT,
        N_("缴费期限"),
        "第四十二条",
        N_("收到收费通知之日"),
        _FEES,
        20,
        in_force_from=_FEES_FROM,
    ),
    StatutoryRule(
        RuleKey.PAYMENT_RESTART,
        N_("缴费后重新起算"),
        "第四十二条",
        N_("缴费之日"),
        _FEES,
        20,
        in_force_from=_FEES_FROM,
    ),
    StatutoryRule(RuleKey.JUSTIFICATION, N_("要求说明理由"), "第三十五条", N_("要求之日"), _REGULATION),
    StatutoryRule(RuleKey.REASONED_DELAY, N_("合理延迟期限"), "第三十五条", N_("告知之日"), _REGULATION),
    StatutoryRule(
        RuleKey.DISPATCH_DAY,
        N_("以交邮或发布之日为准"),
        "第三十三条",
        N_("寄出之日"),
        "国办公开办函〔2016〕235号",
    ),
    StatutoryRule(
        RuleKey.HAND_DELIVERY_DAY,
        N_("以签收之日为准"),
        "第三十三条",
        N_("签收之日"),
        "国办公开办函〔2016〕235号",
    ),
    StatutoryRule(RuleKey.LAPSE_UNCORRECTED, N_("视为放弃"), "第三十条", N_("补正或缴费期满"), _REGULATION),
    StatutoryRule(RuleKey.WITHDRAWAL, N_("申请人撤回"), N_("申请人意思"), N_("撤回之日"), CONVENTION),
    StatutoryRule(
        RuleKey.ORDERED_ANEW,
        N_("重新答复"),
        N_("判决、复议决定或自行撤销"),
        N_("责令（决定）之日"),
        CONVENTION,
        20,
    ),
    StatutoryRule(
        RuleKey.DELIVERY_PROOF, N_("征求意见送达凭证"), N_("系统约定"), N_("发出之日"), CONVENTION, 5
    ),
    StatutoryRule(
        RuleKey.LAPSE_PROPOSAL, N_("提示视为放弃"), N_("系统约定"), N_("补正或缴费期满之日"), CONVENTION, 5
    ),
    StatutoryRule(
        RuleKey.RECONSIDERATION_FILING,
        N_("申请行政复议"),
        "第二十条",
        N_("知道该行政行为之日"),
        _RECONSIDERATION,
        60,
        Unit.CALENDAR_DAYS,
        _RECONSIDERATION_FROM,
    ),
    StatutoryRule(
        RuleKey.LITIGATION_FILING,
        N_("提起行政诉讼"),
        "第四十六条",
        N_("知道该行政行为之日"),
        _LITIGATION,
        6,
        Unit.MONTHS,
        _LITIGATION_FROM,
    ),
    StatutoryRule(
        RuleKey.LITIGATION_AFTER_RECONSIDERATION,
        N_("复议后提起行政诉讼"),
        "第四十五条",
        N_("收到复议决定之日"),
        _LITIGATION,
        15,
        Unit.CALENDAR_DAYS,
        _LITIGATION_FROM,
    ),
    StatutoryRule(
        RuleKey.RECONSIDERATION_ANSWER,
        N_("复议答复（普通程序）"),
        "第四十八条",
        N_("收到复议申请书副本之日"),
        _RECONSIDERATION,
        10,
        in_force_from=_RECONSIDERATION_FROM,
    ),
    StatutoryRule(
        RuleKey.RECONSIDERATION_ANSWER_SIMPLE,
        N_("复议答复（简易程序）"),
        "第五十四条",
        N_("收到复议申请书副本之日"),
        _RECONSIDERATION,
        5,
        in_force_from=_RECONSIDERATION_FROM,
    ),
    StatutoryRule(
        RuleKey.LITIGATION_ANSWER,
        N_("诉讼答辩和举证"),
        "第六十七条",
        N_("收到起诉状副本之日"),
        _LITIGATION,
        15,
        Unit.CALENDAR_DAYS,
        _LITIGATION_FROM,
    ),
)

RULES: dict[RuleKey, StatutoryRule] = {rule.key: rule for rule in _ROWS}


def days_of(key: RuleKey) -> int:
    """Length of a rule that has one, in its unit. Raises ``KeyError`` for a rule without a length."""
    span = RULES[key].span
    if span is None:
        raise KeyError(key)
    return span


REPLY_DAYS = days_of(RuleKey.REPLY)
EXTENSION_DAYS = days_of(RuleKey.EXTENSION)
CORRECTION_NOTICE_DAYS = days_of(RuleKey.CORRECTION_NOTICE)
ANSWER_DAYS = days_of(RuleKey.THIRD_PARTY_ANSWER)
PAYMENT_DAYS = days_of(RuleKey.PAYMENT)
