"""One clock of a case as a row: what lists, alerts and the page of a case are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.clock_kinds import CLOCK_RULES, ClockKind, ClockRule
from tracker.domain.reading import ClockState


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One clock. ``current`` is false for runs that another has followed; ``next_alert_on`` is None while nobody is
    to be alerted; it does not depend on today, so a missed night loses nothing.

    ``start_on``: the day it is counted from, ``span``: the length of the period in the unit of its rule (of an
    internal limit: working days before the reply's due date), None where a date was set. ``start_known`` is false
    where the day the other side received the letter is not recorded and the day it was sent stands in.
    """

    kind: ClockKind
    run: int
    ref: str | None
    state: ClockState
    current: bool
    due_on: date | None
    at_risk_on: date | None
    provisional: bool
    stopped_on: date | None
    on_time: bool | None
    calendar_version: int
    next_alert_on: date | None
    start_on: date
    span: int | None = None
    start_known: bool = True

    @property
    def rule(self) -> ClockRule:
        """The rule it follows."""
        return CLOCK_RULES[self.kind]

    @property
    def of_law(self) -> bool:
        """Whether law sets the period; what an organ or the tracker sets is shown apart and only reminds."""
        return self.rule.of_law
