"""红黄绿灯: how urgent a running clock is. Computed from the due date, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.calendar import WorkCalendar
from tracker.domain.reading import ClockState, Reading
from tracker.domain.vocabulary import N_

PROVISIONAL_MARGIN = 5
"""Working days by which a provisional date is treated as earlier (it can move by up to 7 days)."""


class Urgency(StrEnum):
    """A light."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    GREY = "grey"


URGENCY_NAMES: dict[Urgency, str] = {
    Urgency.GREEN: N_("正常"),
    Urgency.YELLOW: N_("临期"),
    Urgency.ORANGE: N_("紧急"),
    Urgency.RED: N_("超期"),
    Urgency.GREY: N_("中止"),
}

URGENCY_SHAPES: dict[Urgency, str] = {
    Urgency.GREEN: "circle",
    Urgency.YELLOW: "triangle",
    Urgency.ORANGE: "diamond",
    Urgency.RED: "square",
    Urgency.GREY: "bar",
}
"""Each light has a shape of its own, so that it reads without colour."""

URGENCY_ORDER: tuple[Urgency, ...] = (
    Urgency.RED,
    Urgency.ORANGE,
    Urgency.YELLOW,
    Urgency.GREEN,
    Urgency.GREY,
)
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Working days left at and below which a light turns; an organ may set its own."""

    yellow: int = 5
    orange: int = 2


DEFAULT_THRESHOLDS = Thresholds()


def urgency_of(reading: Reading, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Urgency | None:
    """The light of a reading made with a today; None once the clock has stopped (or before it started)."""
    if reading.state in (ClockState.STOPPED, ClockState.NOT_STARTED):
        return None
    if reading.due_on is None or reading.remaining is None:
        return Urgency.GREY
    return _light(reading.remaining, thresholds, overdue=reading.overdue, provisional=reading.provisional)


def urgency_on(
    due_on: date | None,
    today: date,
    calendar: WorkCalendar,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    provisional: bool = False,
) -> Urgency:
    """The light of a running clock known by its stored due date alone: what lists show."""
    if due_on is None:
        return Urgency.GREY
    left = remaining_on(due_on, today, calendar)
    return _light(left, thresholds, overdue=today > due_on, provisional=provisional)


def remaining_on(due_on: date, today: date, calendar: WorkCalendar) -> int:
    """Working days left to a due date; negative when late by so many."""
    return calendar.count(today, due_on) if today <= due_on else -calendar.count(due_on, today)


def first_alert_on(
    due_on: date,
    calendar: WorkCalendar,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    provisional: bool = False,
) -> date:
    """The working day on which the light first turns yellow."""
    return calendar.workdays_before(due_on, thresholds.yellow + (PROVISIONAL_MARGIN if provisional else 0))


def internal_limit_on(
    due_on: date, days: int, calendar: WorkCalendar, day_zero_on: date | None = None
) -> date:
    """内部时限: so many working days before the reply's due date; in a run shorter than the limit, the first working
    day after ``day_zero_on``."""
    limit = calendar.workdays_before(due_on, days)
    if day_zero_on is None:
        return limit
    return max(limit, min(calendar.nth_workday(day_zero_on, 1), due_on))


def _light(remaining: int, thresholds: Thresholds, *, overdue: bool, provisional: bool) -> Urgency:
    if overdue:
        return Urgency.RED
    left = remaining - PROVISIONAL_MARGIN if provisional else remaining
    if left <= thresholds.orange:
        return Urgency.ORANGE
    return Urgency.YELLOW if left <= thresholds.yellow else Urgency.GREEN
