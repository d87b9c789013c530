"""年度报告 of an organ and year: the states it passes through from the organ to the public, and its yearly day.

By article 49 of the regulation departments hand in the report on the past year to the district's office, and publish
it, by 31 January.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import NotLawfulNow
from tracker.domain.vocabulary import N_


class ReportState(StrEnum):
    """Where the report stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PUBLISHED = "published"


REPORT_STATE_NAMES: dict[ReportState, str] = {
    ReportState.DRAFTING: N_("编制中"),
    ReportState.SUBMITTED: N_("已提交"),
    ReportState.RETURNED: N_("已退回"),
    ReportState.ACCEPTED: N_("已接受"),
    ReportState.PUBLISHED: N_("已公布"),
}


HANDED_IN = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.PUBLISHED})
"""States in which the report stands as it was handed in."""


class ReportAct(StrEnum):
    """What is done to it: submitted by the organ, the rest by the district's office."""

    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    PUBLISH = "publish"


REPORT_ACT_NAMES: dict[ReportAct, str] = {
    ReportAct.SUBMIT: N_("提交"),
    ReportAct.RETURN: N_("退回"),
    ReportAct.ACCEPT: N_("接受"),
    ReportAct.PUBLISH: N_("公布"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """An act is offered in the states ``within`` and leads to ``to``."""

    within: frozenset[ReportState]
    to: ReportState


MOVES: dict[ReportAct, Move] = {
    ReportAct.SUBMIT: Move(frozenset({ReportState.DRAFTING, ReportState.RETURNED}), ReportState.SUBMITTED),
    ReportAct.RETURN: Move(frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED}), ReportState.RETURNED),
    ReportAct.ACCEPT: Move(frozenset({ReportState.SUBMITTED}), ReportState.ACCEPTED),
    ReportAct.PUBLISH: Move(frozenset({ReportState.ACCEPTED}), ReportState.PUBLISHED),
}


def acts_offered(state: ReportState) -> frozenset[ReportAct]:
    """What may be done to a report that stands so."""
    return frozenset(act for act, move in MOVES.items() if state in move.within)


def state_after(state: ReportState, act: ReportAct) -> ReportState:
    """Where the act leads. Raises ``NotLawfulNow`` where it is not offered; what is published stays as it is."""
    move = MOVES[act]
    if state not in move.within:
        raise NotLawfulNow(
            N_("报告现在是“%(state)s”，不能%(act)s，请刷新页面查看。"),
            state=REPORT_STATE_NAMES[state],
            act=REPORT_ACT_NAMES[act],
        )
    return move.to


@dataclass(frozen=True, slots=True)
class Reminder:
    """One that is owed: ``step`` days before the day of law, or (``late``) so many days after its morrow."""

    late: bool
    step: int


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day by which the law wants something each year: through ``month``/``day``. The organ is reminded from
    ``told_from`` until ``told_until`` (month, day), so many days ``ahead``, then every ``late_every`` days: the
    tracker's own convention."""

    article: str
    source: str
    month: int
    day: int
    told_from: tuple[int, int]
    told_until: tuple[int, int]
    ahead: tuple[int, ...]
    late_every: int

    def after(self, year: int) -> date:
        """The day on which what concerns ``year`` is due: in the year that follows."""
        return date(year + 1, self.month, self.day)

    def is_late(self, year: int, on: date) -> bool:
        """Whether ``on`` is past it."""
        return on > self.after(year)

    def is_told(self, today: date) -> bool:
        """Whether the reminder is shown today."""
        return self.told_from <= (today.month, today.day) <= self.told_until

    def owed_on(self, year: int, today: date) -> Reminder | None:
        """The latest reminder that has come for what concerns ``year``, whether or not it was told before: a missed day
        loses none. None before the first and after the last day."""
        if today.year != year + 1 or not self.is_told(today):
            return None
        left = (self.after(year) - today).days
        if left < 0:
            return Reminder(True, (-left - 1) // self.late_every * self.late_every)
        come = [step for step in self.ahead if step >= left]
        return Reminder(False, min(come)) if come else None


SUBMISSION = YearlyDay(
    "第四十九条",
    "《政府信息公开条例》",
    1,
    31,
    told_from=(1, 1),
    told_until=(3, 31),
    ahead=(30, 16, 6, 2, 0),
    late_every=7,
)
"""By 31 January to the district's office; the reminder ends with the day by which the government itself publishes."""
