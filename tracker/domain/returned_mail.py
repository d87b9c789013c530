"""退件: why a mail item came back, and how long proof of delivery may be waited for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tracker.domain.calendar import WorkCalendar
from tracker.domain.statute import RULES, RuleKey
from tracker.domain.vocabulary import N_


class ReturnKind(StrEnum):
    """What the post noted on the piece."""

    REFUSED = "refused"
    MOVED = "moved"
    UNKNOWN = "unknown"
    UNCLAIMED = "unclaimed"
    ADDRESS = "address"
    OTHER = "other"


RETURN_KIND_NAMES: dict[ReturnKind, str] = {
    ReturnKind.REFUSED: N_("拒收"),
    ReturnKind.MOVED: N_("迁移新址"),
    ReturnKind.UNKNOWN: N_("查无此人"),
    ReturnKind.UNCLAIMED: N_("逾期未领"),
    ReturnKind.ADDRESS: N_("地址不详"),
    ReturnKind.OTHER: N_("其他"),
}

NEXT_STEPS: dict[ReturnKind, str] = {
    ReturnKind.REFUSED: N_("退回的邮件和批注留作拒收的凭证存卷；需要的，当面送达。"),
    ReturnKind.MOVED: N_("与申请人联系确认新址，修改登记信息后重新寄发。"),
    ReturnKind.UNKNOWN: N_("与申请人联系核对姓名和地址后重新寄发。"),
    ReturnKind.UNCLAIMED: N_("与申请人联系后重新寄发，或者当面送达。"),
    ReturnKind.ADDRESS: N_("与申请人联系补全地址，修改登记信息后重新寄发。"),
    ReturnKind.OTHER: N_("核对地址后重新寄发。"),
}

PROOF_DAYS = RULES[RuleKey.DELIVERY_PROOF].span or 0
"""Working days after posting by which proof is asked after: as for letters of consultation."""


def told_return(kind: ReturnKind, note: str) -> str:
    """What is kept of a return in words: 拒收, with what was noted beside it."""
    name = RETURN_KIND_NAMES[kind]
    if not note:
        return name
    return note if kind is ReturnKind.OTHER else f"{name}：{note}"


def proof_overdue(dispatched_on: date, today: date, calendar: WorkCalendar) -> int:
    """Working days beyond those proof may be waited for; 0 while it may still be on its way."""
    passed = calendar.count(dispatched_on, today)
    return max(0, passed - PROOF_DAYS)
