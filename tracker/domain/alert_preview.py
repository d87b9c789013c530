"""提醒预览: whom one due date would be told to and when, by the very timetable the sweep follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.alert_schedule import Owed, Timetable
from tracker.domain.alerts import AlertKind
from tracker.domain.stages import Stage

LATE_ROUNDS = 2
"""Reminders of what is overdue that a preview shows; they go on until the work is done."""


@dataclass(frozen=True, slots=True)
class Told:
    """On a day, everybody who would be told one thing for the first time."""

    on: date
    owed: Owed


def foretell(days: Timetable, stage: Stage = Stage.PROCESSING, rounds: int = LATE_ROUNDS) -> Iterator[Told]:
    """Every alert of a clock that runs on unanswered, day by day; 超期 so many times."""
    told: set[Owed] = set()
    late: set[int] = set()
    day = days.first_on()
    while day is not None:
        for owed in days.owed_on(day, stage):
            if owed.kind is AlertKind.OVERDUE:
                late.add(owed.step)
            if len(late) > rounds:
                return
            if owed not in told:
                told.add(owed)
                yield Told(day, owed)
        day = days.next_after(day)
