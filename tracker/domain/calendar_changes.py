"""What another calendar does to the clocks of a case: old and new date of each clock that still runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import ClockKind, ClockReading, clocks_of
from tracker.domain.case_log import LogEntry
from tracker.domain.fold import Calendars
from tracker.domain.reading import ClockState


@dataclass(frozen=True, slots=True)
class ClockMove:
    """One running clock under two calendars. A date is None while the clock waits."""

    kind: ClockKind
    run: int
    ref: str | None
    old_due_on: date | None
    new_due_on: date | None
    was_provisional: bool
    is_provisional: bool

    @property
    def date_moves(self) -> bool:
        """Whether the date itself moves, and not only from 暂定 to 确定 or back."""
        return self.old_due_on != self.new_due_on

    @property
    def shift(self) -> int:
        """Days by which it moves, negative for earlier."""
        if self.old_due_on is None or self.new_due_on is None:
            return 0
        return (self.new_due_on - self.old_due_on).days


def clock_moves(
    log: Sequence[LogEntry],
    old: WorkCalendar,
    new: WorkCalendar,
    today: date,
    *,
    calendars: Calendars | None = None,
) -> list[ClockMove]:
    """The running clocks of law in a log whose date, or whose 暂定, differs between two calendars. What
    only reminds moves along in silence."""
    before = _running(clocks_of(log, old, today, calendars=calendars))
    after = _running(clocks_of(log, new, today, calendars=calendars))
    return [
        ClockMove(
            kind=was.kind,
            run=was.run,
            ref=was.ref,
            old_due_on=was.due_on,
            new_due_on=now.due_on,
            was_provisional=was.provisional,
            is_provisional=now.provisional,
        )
        for key, was in before.items()
        if (now := after.get(key)) is not None
        and (was.due_on, was.provisional) != (now.due_on, now.provisional)
    ]


def first_difference(old: WorkCalendar, new: WorkCalendar) -> date | None:
    """The first day that counts otherwise, or whose year is covered otherwise; None where the two agree. A clock due
    before it cannot move."""
    found = [day for year in _other_years(old, new) for day in _first_of_year(year, old, new)]
    return min(found, default=None)


def _running(clocks: Sequence[ClockReading]) -> dict[tuple[ClockKind, int, str | None], ClockReading]:
    return {
        (clock.kind, clock.run, clock.ref): clock
        for clock in clocks
        if clock.current and clock.of_law and clock.state is not ClockState.STOPPED
    }


def _other_years(old: WorkCalendar, new: WorkCalendar) -> list[int]:
    years = sorted(old.editions.keys() | new.editions.keys())
    return [year for year in years if old.editions.get(year) != new.editions.get(year)]


def _first_of_year(year: int, old: WorkCalendar, new: WorkCalendar) -> Iterator[date]:
    if old.is_covered(year) != new.is_covered(year):
        yield date(year, 1, 1)
    day = date(year - 1, 12, 1)
    while day.year <= year:
        if old.is_workday(day) != new.is_workday(day):
            yield day
            return
        day += timedelta(days=1)
