"""退回原因: kinds of reasons for which an advisor returns a draft; what returns are counted by."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class ReturnReason(StrEnum):
    """Why a draft went back; several may hold."""

    FACTS = "facts"
    LAW = "law"
    PROCEDURE = "procedure"
    SEVERABILITY = "severability"
    THIRD_PARTY = "third_party"
    REMEDY = "remedy"
    INCOMPLETE = "incomplete"
    WORDING = "wording"
    OTHER = "other"


RETURN_REASON_NAMES: dict[ReturnReason, str] = {
    ReturnReason.FACTS: N_("事实不清、证据不足"),
    ReturnReason.LAW: N_("适用条款错误"),
    ReturnReason.PROCEDURE: N_("程序记录不全"),
    ReturnReason.SEVERABILITY: N_("没有区分处理"),
    ReturnReason.THIRD_PARTY: N_("第三方意见处理不当"),
    ReturnReason.REMEDY: N_("救济告知错误"),
    ReturnReason.INCOMPLETE: N_("答复事项有遗漏"),
    ReturnReason.WORDING: N_("文字、格式问题"),
    ReturnReason.OTHER: N_("其他"),
}


def known_reasons(codes: object) -> tuple[ReturnReason, ...]:
    """The reasons among stored codes, in their order; what was never one is left out."""
    told = set(codes) if isinstance(codes, list | tuple) else set()
    return tuple(reason for reason in ReturnReason if reason in told)
