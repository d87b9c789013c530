"""移交: the words for where a handover stands, and what became of each of its cases."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class HandoverState(StrEnum):
    """Until it is accepted the old handler remains responsible."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


HANDOVER_STATE_NAMES: dict[HandoverState, str] = {
    HandoverState.OFFERED: N_("待接收"),
    HandoverState.ACCEPTED: N_("已接收"),
    HandoverState.DECLINED: N_("未接收"),
    HandoverState.WITHDRAWN: N_("已撤回"),
}


class HandedCase(StrEnum):
    """What became of one case: it waits, went over, stayed, or was left out because it was archived or had been given
    to somebody else meanwhile."""

    WAITING = "waiting"
    HANDED = "handed"
    KEPT = "kept"
    CLOSED = "closed"
    MOVED = "moved"


HANDED_CASE_NAMES: dict[HandedCase, str] = {
    HandedCase.WAITING: N_("待接收"),
    HandedCase.HANDED: N_("已移交"),
    HandedCase.KEPT: N_("未移交，仍由原经办人办理"),
    HandedCase.CLOSED: N_("未移交：已经归档"),
    HandedCase.MOVED: N_("未移交：已分办给他人"),
}

LEFT_OUT = (HandedCase.CLOSED, HandedCase.MOVED)
