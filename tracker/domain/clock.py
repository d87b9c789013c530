"""期限: the statutory clocks of a case. Everything that shows, quotes or counts a date asks here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import CLOCK_RULES, ClockKind, ClockReading, InternalLimits, clocks_of
from tracker.domain.case_log import LogEntry
from tracker.domain.day_marks import DayMark, DayMarkKind, day_marks
from tracker.domain.errors import Refusal
from tracker.domain.fold import Calendars, fold
from tracker.domain.reading import (
    BREACH_TEXTS,
    STATE_NAMES,
    Breach,
    BreachCode,
    ClockState,
    Preview,
    Reading,
    RunFigures,
    Span,
    Step,
    days_used_of,
)
from tracker.domain.refusals import find_refusal, refusals_in

__all__ = [
    "BREACH_TEXTS",
    "CLOCK_RULES",
    "STATE_NAMES",
    "Breach",
    "BreachCode",
    "Calendars",
    "ClockKind",
    "ClockReading",
    "ClockState",
    "DayMark",
    "DayMarkKind",
    "InternalLimits",
    "Preview",
    "Reading",
    "RunFigures",
    "Span",
    "Step",
    "clocks_of",
    "day_marks",
    "days_used_of",
    "find_refusal",
    "fold",
    "preview",
]


def preview(
    log: Sequence[LogEntry],
    entry: LogEntry,
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    calendars: Calendars | None = None,
) -> Preview:
    """What recording ``entry`` would do, before it is done.

    The refusal is the first that the entry brings; contradictions already in the log do not stand in its way. New
    breaches are those the log did not have before, including breaches of later entries that a late record brings out.
    """
    longer = [*log, replace(entry, seq=entry.seq or len(log) + 1)]
    known = set(refusals_in(log, today))
    fresh = [found for found in refusals_in(longer, today) if found not in known]
    before = fold(log, calendar, today, calendars=calendars)
    after = fold(longer, calendar, today, calendars=calendars)
    had = {(b.code, b.seq) for b in before.breaches}
    return Preview(
        refusal=Refusal(fresh[0][0]) if fresh else None,
        new_breaches=tuple(b for b in after.breaches if (b.code, b.seq) not in had),
        before=before,
        after=after,
    )
