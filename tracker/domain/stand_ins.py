"""代岗（AB 岗）: a colleague stands in for somebody who is away, for a period that includes both its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.case_log import EntryType
from tracker.domain.vocabulary import N_

STOOD_IN = "standing_in_for"
"""Detail of an entry that was recorded by a stand-in: the account whose place was taken."""

LONGEST = timedelta(days=366)
"""A longer absence is no absence: the cases are handed over."""


class StandInState(StrEnum):
    """Where an arrangement stands on a day."""

    CURRENT = "current"
    COMING = "coming"
    OVER = "over"
    ENDED = "ended"


STAND_IN_STATE_NAMES: dict[StandInState, str] = {
    StandInState.CURRENT: N_("代岗中"),
    StandInState.COMING: N_("未开始"),
    StandInState.OVER: N_("已到期"),
    StandInState.ENDED: N_("提前结束"),
}


@dataclass(frozen=True, slots=True)
class Absence:
    """A period in which somebody is away: the first day and the last, both included."""

    from_on: date
    to_on: date

    def covers(self, day: date) -> bool:
        """Whether the stand-in acts on this day."""
        return self.from_on <= day <= self.to_on

    def overlaps(self, other: Absence) -> bool:
        """Whether the two periods share a day."""
        return self.from_on <= other.to_on and other.from_on <= self.to_on

    def state_on(self, day: date, *, ended: bool = False) -> StandInState:
        """Where the arrangement stands; it ends by itself after the last day."""
        if ended:
            return StandInState.ENDED
        if self.covers(day):
            return StandInState.CURRENT
        return StandInState.COMING if day < self.from_on else StandInState.OVER


def faults_of(absence: Absence, today: date) -> dict[str, list[str]]:
    """What cannot be arranged on that day, by the name of the field."""
    faults: dict[str, list[str]] = {}
    if absence.from_on < today:
        faults["from_on"] = [N_("代岗从今天或以后开始，过去的日期不能补设。")]
    if absence.to_on < absence.from_on:
        faults["to_on"] = [N_("最后一天不能早于第一天，请核对日期。")]
    elif absence.to_on - absence.from_on >= LONGEST:
        faults["to_on"] = [N_("一次最多安排一年；长期离岗的，请移交申请件。")]
    return faults


NOT_THE_HANDLERS: frozenset[EntryType] = frozenset(
    {
        EntryType.EXTENDED,
        EntryType.EXTENSION_REFUSED,
        EntryType.REVIEW_APPROVED,
        EntryType.REVIEW_RETURNED,
        EntryType.REVIEW_WAIVED,
        EntryType.ADVICE_GIVEN,
        EntryType.SIGN_OFF_RETURNED,
        EntryType.SIGNED_OFF,
        EntryType.FACT_CORRECTED,
        EntryType.ORDERED_ANEW,
        EntryType.HANDED_OVER,
        EntryType.HELD,
        EntryType.HOLD_RELEASED,
        EntryType.RETENTION_CHANGED,
        EntryType.CHASED,
        EntryType.CALENDAR_CHANGED,
        EntryType.LEDGER_IMPORTED,
    }
)
"""Entries by people of another role or by the system: done in that role, never in the handler's place."""
