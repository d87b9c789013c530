"""谁在何时被提醒: for each clock which alert is owed to whom, as data, and the days on which it is.

Alerts are chosen by "the day has come", never by "it is today": what was missed is made up by the latest step that
holds, so that after an outage nobody reads that five days are left where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alerts import AlertKind
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind
from tracker.domain.stages import Stage
from tracker.domain.urgency import PROVISIONAL_MARGIN


class Audience(StrEnum):
    """Whom an alert reaches. A handler who is missing is stood in for by the disclosure head, then the clerks."""

    HANDLER = "handler"
    DISCLOSURE_HEAD = "disclosure_head"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Ahead:
    """Owed so many working days before the due date (0: on the day); None stands for the organ's own setting.
    ``stages``: only while the case stands there."""

    audience: Audience
    days: tuple[int, ...] | None = None
    stages: frozenset[Stage] | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """Owed from 00:00 of the day after the due date, then every so many working days until the work is done."""

    audience: Audience
    stages: frozenset[Stage] | None = None


Rule = Ahead | Late

_AS_RESPONDENT: tuple[Rule, ...] = (
    Ahead(Audience.HANDLER, (5, 3, 1, 0)),
    Ahead(Audience.DISCLOSURE_HEAD, (3, 1)),
    Late(Audience.HANDLER),
    Late(Audience.DISCLOSURE_HEAD),
    Late(Audience.SUPERVISOR),
)

OWED: dict[str, tuple[Rule, ...]] = {
    ClockKind.REPLY: (
        Ahead(Audience.HANDLER),
        Ahead(Audience.DISCLOSURE_HEAD, (1,)),
        Late(Audience.HANDLER),
        Late(Audience.DISCLOSURE_HEAD),
        Late(Audience.SUPERVISOR),
    ),
    ClockKind.CORRECTION_NOTICE: (Ahead(Audience.HANDLER, (1, 0), frozenset({Stage.REGISTERED})),),
    ClockKind.THIRD_PARTY: (Ahead(Audience.HANDLER, (1,)),),
    ClockKind.CO_PRODUCER: (Ahead(Audience.HANDLER, (1,)),),
    ClockKind.PAYMENT: (Ahead(Audience.HANDLER, (1,), frozenset({Stage.AWAITING_PAYMENT})),),
    ClockKind.APPLICANT_CORRECTION: (Ahead(Audience.HANDLER, (1,), frozenset({Stage.AWAITING_CORRECTION})),),
    ClockKind.DELIVERY_PROOF: (),
    ClockKind.LAPSE_PROPOSAL: (),
    ClockKind.DRAFT_BY: (),
    ClockKind.REVIEW_BY: (),
    ClockKind.POST_BY: (),
    ClockKind.RECONSIDERATION_ANSWER: _AS_RESPONDENT,
    ClockKind.RECONSIDERATION_ANSWER_SIMPLE: _AS_RESPONDENT,
    ClockKind.LITIGATION_ANSWER: _AS_RESPONDENT,
}
"""A clock that is not named here follows ``OF_OTHERS``. Proof and lapse are recalled by words of their own; an internal
limit stands on the page of the case and in the work list alone."""

OF_OTHERS: tuple[Rule, ...] = (Ahead(Audience.HANDLER, (3, 1, 0)),)


@dataclass(frozen=True, slots=True)
class Owed:
    """One alert that is owed now. ``step`` is the working days before the due date, or after its morrow."""

    audience: Audience
    kind: AlertKind
    step: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one due date under one calendar and one organ's policy.

    A provisional date is treated as five working days earlier before it comes; nothing is called overdue before the
    date itself has passed.
    """

    kind: str
    due_on: date
    provisional: bool
    calendar: WorkCalendar
    policy: AlertPolicy

    def owed_on(self, today: date, stage: Stage) -> Iterator[Owed]:
        """For each rule the latest step that has come, whether or not it was told before."""
        for rule in rules_of(self.kind):
            if rule.stages is not None and stage not in rule.stages:
                continue
            if isinstance(rule, Late):
                if today > self.due_on:
                    yield Owed(rule.audience, AlertKind.OVERDUE, self._late_step(today))
            elif today <= self.due_on:
                yield from self._ahead(rule, today)

    def first_on(self) -> date | None:
        """The day on which the first alert of this due date is owed; None where none is."""
        return min(self._days(), default=None)

    def next_after(self, today: date) -> date | None:
        """The first later day on which an alert is owed; None when this clock will owe none any more."""
        later = [day for day in self._days() if day > today]
        if today > self.due_on and self._is_reminded():
            step = self._late_step(today) + self.policy.overdue_every
            later.append(self.calendar.nth_workday(self._morrow, step))
        return min(later, default=None)

    def _ahead(self, rule: Ahead, today: date) -> Iterator[Owed]:
        come = [n for n in self._steps(rule) if self._before(n) <= today]
        if come:
            step = min(come)
            now = step == 0 and not self.provisional
            yield Owed(rule.audience, AlertKind.DUE_TODAY if now else AlertKind.DUE_SOON, step)

    def _steps(self, rule: Ahead) -> Sequence[int]:
        return self.policy.ahead if rule.days is None else rule.days

    def _days(self) -> Iterator[date]:
        for rule in rules_of(self.kind):
            if isinstance(rule, Late):
                yield self._morrow
            else:
                yield from map(self._before, self._steps(rule))

    def _before(self, step: int) -> date:
        margin = PROVISIONAL_MARGIN if self.provisional else 0
        return self.calendar.workdays_before(self.due_on, step + margin)

    @property
    def _morrow(self) -> date:
        return self.due_on + timedelta(days=1) if self.due_on < date.max else date.max

    def _late_step(self, today: date) -> int:
        every = self.policy.overdue_every
        return self.calendar.count(self._morrow, today) // every * every

    def _is_reminded(self) -> bool:
        return any(isinstance(rule, Late) for rule in rules_of(self.kind))


def rules_of(kind: str) -> tuple[Rule, ...]:
    """What a clock of this kind owes."""
    return OWED.get(kind, OF_OTHERS)
