"""收件登记簿: how a piece came, what became of it, and the short way of each matter that is no request.

Only what became a request counts as one. Inquiries (咨询), corrections (Art 41), proposals (Art 44) and complaints
(Art 51) have their own answer, and what was delivered to the wrong organ (误投) is passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import TrackerError
from tracker.domain.request_terms import Channel
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


class Medium(StrEnum):
    """How a piece came."""

    LETTER = "letter"
    VISIT = "visit"
    PHONE = "phone"
    EMAIL = "email"
    PORTAL = "portal"
    FAX = "fax"


MEDIUM_NAMES: dict[Medium, str] = {
    Medium.LETTER: N_("来信"),
    Medium.VISIT: N_("来访"),
    Medium.PHONE: N_("来电"),
    Medium.EMAIL: N_("电子邮件"),
    Medium.PORTAL: N_("网上"),
    Medium.FAX: N_("传真"),
}

MEDIUM_OF: dict[Channel, Medium] = {
    Channel.IN_PERSON: Medium.VISIT,
    Channel.ORAL: Medium.VISIT,
    Channel.REGISTERED_MAIL: Medium.LETTER,
    Channel.ORDINARY_MAIL: Medium.LETTER,
    Channel.PORTAL: Medium.PORTAL,
    Channel.EMAIL: Medium.EMAIL,
    Channel.FAX: Medium.FAX,
}
"""How a request came that was registered at once."""

CHANNEL_OF: dict[Medium, Channel] = {
    Medium.LETTER: Channel.REGISTERED_MAIL,
    Medium.VISIT: Channel.IN_PERSON,
    Medium.PHONE: Channel.ORAL,
    Medium.EMAIL: Channel.EMAIL,
    Medium.PORTAL: Channel.PORTAL,
    Medium.FAX: Channel.FAX,
}
"""The channel that is offered first when a piece is registered as a request."""

TIMED: frozenset[Medium] = frozenset({Medium.VISIT, Medium.PHONE})
"""Of a call or a visit the time of day is noted as well: it is evidence by itself."""


class Matter(StrEnum):
    """What became of a piece."""

    UNDECIDED = "undecided"
    CASE = "case"
    MISDIRECTED = "misdirected"
    INQUIRY = "inquiry"
    CORRECTION = "correction"
    PROPOSAL = "proposal"
    COMPLAINT = "complaint"


class AnswerWay(StrEnum):
    """How whoever sent a piece was answered."""

    ORAL = "oral"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    PORTAL = "portal"


ANSWER_WAY_NAMES: dict[AnswerWay, str] = {
    AnswerWay.ORAL: N_("当面口头"),
    AnswerWay.PHONE: N_("电话"),
    AnswerWay.LETTER: N_("书面"),
    AnswerWay.EMAIL: N_("电子邮件"),
    AnswerWay.PORTAL: N_("网上"),
}


@dataclass(frozen=True, slots=True)
class MatterRule:
    """One matter: its name, the article it rests on, what is to be done, and the results its answer may have. Without
    results the matter is not answered here: a request goes its own way, a misdelivered piece is passed on."""

    matter: Matter
    name: str
    article: str
    task: str
    results: Mapping[str, str]


_RULES: tuple[MatterRule, ...] = (
    MatterRule(Matter.UNDECIDED, N_("待分流"), "", N_("看清内容后选择去向；是申请的，按申请件登记。"), {}),
    MatterRule(Matter.CASE, N_("申请件"), "29", N_("已登记为申请件，按申请件办理。"), {}),
    MatterRule(
        Matter.MISDIRECTED, N_("误投转交"), "", N_("转送给信封上的收件机关并取得回执，不是申请件。"), {}
    ),
    MatterRule(
        Matter.INQUIRY,
        N_("咨询"),
        "",
        N_("当场或者尽快解答；要求提供政府信息的，告知可以提出申请。"),
        {
            "answered": N_("已解答"),
            "directed": N_("已告知向其他单位咨询"),
            "invited": N_("已告知可以提出申请"),
        },
    ),
    MatterRule(
        Matter.CORRECTION,
        N_("更正本人信息"),
        "41",
        N_("审核证据材料：属实的更正并告知；无权更正的，转送有权更正的机关并告知，或者告知向其提出。"),
        {
            "corrected": N_("已更正并告知"),
            "unfounded": N_("审核不属实，不予更正并告知"),
            "passed_on": N_("转送有权更正的机关并告知"),
            "directed": N_("已告知向有权更正的机关提出"),
        },
    ),
    MatterRule(
        Matter.PROPOSAL,
        N_("建议主动公开"),
        "44",
        N_("审核是否可以主动公开：可以的及时主动公开，不可以的说明理由。"),
        {"published": N_("已主动公开并告知"), "declined": N_("不纳入主动公开，已说明理由")},
    ),
    MatterRule(
        Matter.COMPLAINT,
        N_("投诉、举报"),
        "51",
        N_("属于本机关处理的调查后告知结果；不属于的，转有权处理的机关并告知。"),
        {
            "upheld": N_("查证属实，已责令改正并告知"),
            "unfounded": N_("查证不属实，已告知"),
            "passed_on": N_("转有权处理的机关并告知"),
        },
    ),
)

MATTERS: dict[Matter, MatterRule] = {rule.matter: rule for rule in _RULES}

ANSWERED_HERE: frozenset[Matter] = frozenset(rule.matter for rule in _RULES if rule.results)
"""Matters with a short way of their own; none of them is a request and none is counted as one."""

CHOOSABLE: tuple[Matter, ...] = tuple(m for m in MATTERS if m is not Matter.CASE)
"""What a person may say a piece is. A request is made by registering it, never by saying so."""


@dataclass(frozen=True, slots=True)
class PieceState:
    """What has been done about a piece."""

    matter: Matter
    forwarded_on: date | None = None
    answered_on: date | None = None
    case_id: int | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is owed any more."""
        if self.matter in ANSWERED_HERE:
            return self.answered_on is not None
        if self.matter is Matter.MISDIRECTED:
            return self.forwarded_on is not None
        return self.matter is Matter.CASE and self.case_id is not None


def faults_of_sorting(state: PieceState, matter: Matter) -> str | None:
    """Why a piece may not be put under this matter now; None when it may."""
    if state.done:
        return N_("这件来件已经办结，去向不能再改；确有错误的，另行登记一件并在摘要中注明原编号。")
    if matter not in CHOOSABLE:
        return N_("是申请的，请点“登记为申请件”。")
    return None


def faults_of_answer(
    state: PieceState, result: str, on: date, arrived_on: date, today: date
) -> dict[str, list[TrackerError | str]]:
    """What of an answer cannot be taken, by the name of the field."""
    faults: dict[str, list[TrackerError | str]] = {}
    if result not in MATTERS[state.matter].results:
        faults["result"] = [N_("请选择办理结果。")]
    if on > today:
        faults["on"] = [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]
    elif on < arrived_on:
        faults["on"] = [N_("答复日期早于收到之日，请核对日期。")]
    return faults
