"""期限的种类 as data: which periods a case has, on whose authority, what starts and what ends each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.statute import CONVENTION, RULES, RuleKey, Unit
from tracker.domain.vocabulary import N_

INTERNAL = N_("机关内部时限")
"""Stands for the article where an organ sets the limit itself."""


class ClockKind(StrEnum):
    """Which period a clock measures."""

    REPLY = "reply"
    CORRECTION_NOTICE = "correction_notice"
    APPLICANT_CORRECTION = "applicant_correction"
    THIRD_PARTY = "third_party"
    CO_PRODUCER = "co_producer"
    PAYMENT = "payment"
    DELIVERY_PROOF = "delivery_proof"
    LAPSE_PROPOSAL = "lapse_proposal"
    DRAFT_BY = "draft_by"
    REVIEW_BY = "review_by"
    POST_BY = "post_by"
    RECONSIDERATION_ANSWER = "reconsideration_answer"
    RECONSIDERATION_ANSWER_SIMPLE = "reconsideration_answer_simple"
    LITIGATION_ANSWER = "litigation_answer"

    @property
    def of_law(self) -> bool:
        """Whether law sets the period. Conventions of the tracker and limits of an organ only remind."""
        return CLOCK_RULES[self].of_law


class Duty(StrEnum):
    """Who must act before the period ends."""

    ORGAN = "organ"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One kind of clock: its name, the law or 系统约定, 机关内部时限 it rests on, its length in ``unit`` (None where
    the organ sets the date or the limit), what it is counted from and what ends it."""

    kind: ClockKind
    name: str
    source: str
    article: str
    span: int | None
    starts: str
    ends: str
    duty: Duty = Duty.ORGAN
    unit: Unit = Unit.WORKING_DAYS

    @property
    def of_law(self) -> bool:
        """Whether law sets the period."""
        return self.source not in (CONVENTION, INTERNAL)

    @property
    def is_internal(self) -> bool:
        """Whether the organ sets it itself, counted back from the reply's due date."""
        return self.source == INTERNAL


def _by_statute(
    kind: ClockKind, key: RuleKey, name: str, ends: str, duty: Duty = Duty.ORGAN, starts: str | None = None
) -> ClockRule:
    rule = RULES[key]
    article = "" if rule.source == CONVENTION else rule.article
    return ClockRule(
        kind, name, rule.source, article, rule.span, starts or rule.starts, ends, duty, rule.unit
    )


def _internal(kind: ClockKind, name: str, ends: str) -> ClockRule:
    return ClockRule(kind, name, INTERNAL, "", None, N_("自答复期限到期日向前推算"), ends)


_ROWS: tuple[ClockRule, ...] = (
    _by_statute(ClockKind.REPLY, RuleKey.REPLY, N_("答复期限"), N_("答复交邮、发布或者由申请人签收")),
    _by_statute(
        ClockKind.CORRECTION_NOTICE, RuleKey.CORRECTION_NOTICE, N_("补正告知期限"), N_("一次性告知补正")
    ),
    ClockRule(
        ClockKind.APPLICANT_CORRECTION,
        N_("申请人补正期限"),
        RULES[RuleKey.CORRECTION_NOTICE].source,
        RULES[RuleKey.CORRECTION_NOTICE].article,
        None,
        N_("告知补正之日"),
        N_("收到补正"),
        Duty.OTHERS,
    ),
    _by_statute(
        ClockKind.THIRD_PARTY,
        RuleKey.THIRD_PARTY_ANSWER,
        N_("第三方答复期限"),
        N_("收到第三方意见"),
        Duty.OTHERS,
    ),
    _by_statute(
        ClockKind.CO_PRODUCER,
        RuleKey.CO_PRODUCER_ANSWER,
        N_("共同制作机关答复期限"),
        N_("收到该机关意见"),
        Duty.OTHERS,
    ),
    _by_statute(ClockKind.PAYMENT, RuleKey.PAYMENT, N_("申请人缴费期限"), N_("申请人缴费"), Duty.OTHERS),
    _by_statute(
        ClockKind.DELIVERY_PROOF,
        RuleKey.DELIVERY_PROOF,
        N_("征求意见送达凭证"),
        N_("登记对方收到、退回或者答复"),
    ),
    _by_statute(
        ClockKind.LAPSE_PROPOSAL,
        RuleKey.LAPSE_PROPOSAL,
        N_("提示视为放弃"),
        N_("收到补正、缴费，或者核查后决定视为放弃"),
    ),
    _internal(ClockKind.DRAFT_BY, N_("内部拟稿时限"), N_("拟稿提交审查")),
    _internal(ClockKind.REVIEW_BY, N_("内部审查时限"), N_("合法性审查通过")),
    _internal(ClockKind.POST_BY, N_("内部寄发时限"), N_("答复寄出")),
    _by_statute(
        ClockKind.RECONSIDERATION_ANSWER,
        RuleKey.RECONSIDERATION_ANSWER,
        N_("复议答复期限"),
        N_("提交行政复议答复书和证据"),
    ),
    _by_statute(
        ClockKind.RECONSIDERATION_ANSWER_SIMPLE,
        RuleKey.RECONSIDERATION_ANSWER_SIMPLE,
        N_("复议答复期限（简易程序）"),
        N_("提交行政复议答复书和证据"),
    ),
    _by_statute(
        ClockKind.LITIGATION_ANSWER,
        RuleKey.LITIGATION_ANSWER,
        N_("诉讼答辩举证期限"),
        N_("提交答辩状和证据"),
    ),
)

CLOCK_RULES: dict[ClockKind, ClockRule] = {rule.kind: rule for rule in _ROWS}
CLOCK_NAMES: dict[ClockKind, str] = {rule.kind: rule.name for rule in _ROWS}
