"""Clocks of an organ's internal limits: counted back from the reply's due date and moving with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.case_orders import CaseOrder
from tracker.domain.clock_kinds import ClockKind
from tracker.domain.clock_reading import ClockReading
from tracker.domain.internal_limits import InternalLimits, kept_limits
from tracker.domain.reading import ClockState, Reading, RunFigures
from tracker.domain.urgency import PROVISIONAL_MARGIN, internal_limit_on

ALERT_MARGIN = 1
"""Working days before an internal limit on which it is first recalled."""

_LATER: dict[ClockKind, tuple[EntryType, ...]] = {
    ClockKind.DRAFT_BY: (EntryType.SUBMITTED, EntryType.REVIEW_APPROVED, EntryType.REVIEW_WAIVED),
    ClockKind.REVIEW_BY: (EntryType.REVIEW_APPROVED, EntryType.REVIEW_WAIVED),
    ClockKind.POST_BY: (),
}
"""What ends each limit besides the reply's dispatch: a later station implies the earlier ones."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The days of one run, and the replies that left in it."""

    first: date
    before: date | None
    dispatched: tuple[date, ...]

    def holds(self, day: date) -> bool:
        return day >= self.first and (self.before is None or day < self.before)


def internal_clocks(
    log: Sequence[LogEntry],
    orders: Sequence[CaseOrder],
    reading: Reading,
    limits: InternalLimits | None,
) -> Iterator[ClockReading]:
    """Draft by, review by, post by, for each run of the reply clock.

    A reply that has stopped the clock is judged by the limits its stopping entry keeps, and has none where it keeps
    none; ``limits`` are the organ's for what still runs. A run that another followed keeps what was done in it.
    """
    days = _days_by_type(log)
    for order in orders:
        own = limits if order.stop is None else kept_limits(order.stop.details)
        if own is None:
            continue
        spans = {
            ClockKind.DRAFT_BY: own.draft_by,
            ClockKind.REVIEW_BY: own.review_by,
            ClockKind.POST_BY: own.post_by,
        }
        for figures in order.runs:
            window = _window(figures, reading, order)
            for kind, span in spans.items():
                if span is None:
                    continue
                done = _done(kind, days, window)
                clock = _clock(kind, span, figures, reading, order.calendar, done)
                if clock is not None:
                    yield clock


_READ = frozenset({EntryType.SUBMITTED, EntryType.REVIEW_APPROVED, EntryType.REVIEW_WAIVED})


def _days_by_type(log: Sequence[LogEntry]) -> dict[EntryType, list[date]]:
    days: dict[EntryType, list[date]] = {}
    for entry in log:
        if entry.type in _READ:
            days.setdefault(entry.type, []).append(entry.on)
    return days


def _window(figures: RunFigures, reading: Reading, order: CaseOrder) -> _Window:
    following = reading.runs[figures.number] if figures.number < len(reading.runs) else None
    before = following.day_zero_on if following is not None else None
    same_order = following is not None and following.order == figures.order
    sent = tuple(
        entry.on
        for entry in order.entries
        if entry.type is EntryType.DISPATCHED
        and entry.on >= figures.day_zero_on
        and not (same_order and before is not None and entry.on >= before)
    )
    return _Window(figures.day_zero_on, before, sent)


def _done(kind: ClockKind, days: dict[EntryType, list[date]], window: _Window) -> date | None:
    reached = [day for type_ in _LATER[kind] for day in days.get(type_, ()) if window.holds(day)]
    return min([*reached, *window.dispatched], default=None)


def _clock(
    kind: ClockKind,
    span: int,
    figures: RunFigures,
    reading: Reading,
    calendar: WorkCalendar,
    done: date | None,
) -> ClockReading | None:
    current = figures.number == reading.run
    state = reading.state if current and done is None else ClockState.STOPPED
    if state is ClockState.STOPPED and done is None and (not current or figures.due_on is None):
        return None
    due = None
    if figures.due_on is not None:
        due = internal_limit_on(figures.due_on, span, calendar, figures.day_zero_on)
    alert = None
    if state is ClockState.RUNNING and due is not None:
        margin = ALERT_MARGIN + (PROVISIONAL_MARGIN if figures.provisional else 0)
        alert = calendar.workdays_before(due, margin)
    return ClockReading(
        kind=kind,
        run=figures.number,
        ref=None,
        state=state,
        current=current and state is not ClockState.STOPPED,
        due_on=due,
        at_risk_on=None,
        provisional=figures.provisional,
        stopped_on=done,
        on_time=None if done is None or due is None else done <= due,
        calendar_version=figures.calendar_version,
        next_alert_on=alert,
        start_on=figures.day_zero_on,
        span=span,
    )
