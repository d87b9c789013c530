"""Every clock of a case as rows: the reply clock of each run, the smaller periods beside it, the internal limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry, effective
from tracker.domain.case_orders import orders_of
from tracker.domain.challenge_clocks import challenge_clocks
from tracker.domain.clock_kinds import CLOCK_NAMES, CLOCK_RULES, ClockKind
from tracker.domain.clock_reading import ClockReading
from tracker.domain.fold import fold
from tracker.domain.internal_clocks import internal_clocks
from tracker.domain.internal_limits import InternalLimits
from tracker.domain.order_of_law import in_order_of_law
from tracker.domain.reading import ClockState, Reading, RunFigures
from tracker.domain.small_clocks import SmallClocks
from tracker.domain.urgency import DEFAULT_THRESHOLDS, Thresholds, first_alert_on

__all__ = ["CLOCK_NAMES", "CLOCK_RULES", "ClockKind", "ClockReading", "InternalLimits", "clocks_of"]


def clocks_of(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    calendars: Callable[[int], WorkCalendar] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    internal: InternalLimits | None = None,
    reading: Reading | None = None,
) -> list[ClockReading]:
    """The clocks of a log, by what it says alone: those of law, the conventions beside them (``of_law`` false), and
    the organ's limits (``internal``) for what still runs; a finished reply has the limits its stopping entry keeps.

    ``calendars``: gives the calendar an order to reply stopped with; all clocks of that order are computed with it.
    ``reading``: that of the same log, calendars and today, where the caller has made it already.
    """
    reading = reading or fold(log, calendar, today, calendars=calendars)
    if not reading.runs:
        return []
    entries = effective(log)
    orders = orders_of(in_order_of_law(entries), reading, calendar, calendars)
    clocks = [_reply(figures, reading, calendar, thresholds) for figures in reading.runs]
    clocks += SmallClocks(entries, orders, reading, thresholds).all()
    clocks += internal_clocks(entries, orders, reading, internal)
    clocks += challenge_clocks(entries, calendar, calendars, thresholds)
    return clocks


def _reply(
    figures: RunFigures, reading: Reading, calendar: WorkCalendar, thresholds: Thresholds
) -> ClockReading:
    current = figures.number == reading.run
    state = reading.state if current else ClockState.STOPPED
    alert = None
    if current and state is ClockState.RUNNING and figures.due_on is not None:
        alert = first_alert_on(figures.due_on, calendar, thresholds, provisional=figures.provisional)
    return ClockReading(
        kind=ClockKind.REPLY,
        run=figures.number,
        ref=None,
        state=state,
        current=current,
        due_on=figures.due_on,
        at_risk_on=figures.at_risk_on,
        provisional=figures.provisional,
        stopped_on=figures.stopped_on,
        on_time=figures.on_time,
        calendar_version=figures.calendar_version,
        next_alert_on=alert,
        start_on=figures.day_zero_on,
        span=figures.limit,
    )
