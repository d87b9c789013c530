"""The organ's periods as respondent: from the day it got the copy until its answer was handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.challenges import ChallengeKind, answer_clock_of
from tracker.domain.clock_kinds import CLOCK_RULES
from tracker.domain.clock_reading import ClockReading
from tracker.domain.periods import ending
from tracker.domain.reading import ClockState
from tracker.domain.urgency import Thresholds, first_alert_on

Calendars = Callable[[int], WorkCalendar] | None


def challenge_clocks(
    log: Sequence[LogEntry], calendar: WorkCalendar, calendars: Calendars, thresholds: Thresholds
) -> Iterator[ClockReading]:
    """One clock a challenge, among the effective entries. An answer is judged by its day; a challenge that ended
    without one is late only when its period was over before. What has stopped keeps the calendar it stopped with."""
    ends = _ends(log)
    for entry in log:
        challenge = challenge_in(entry.details)
        if entry.type is EntryType.CHALLENGED and challenge is not None:
            yield _clock(entry, challenge, ends.get(challenge), calendar, calendars, thresholds)


def challenge_in(details: Mapping[str, Any]) -> int | None:
    """The challenge an entry speaks of."""
    number = details.get("challenge_id")
    return number if isinstance(number, int) else None


def _ends(log: Sequence[LogEntry]) -> dict[int, LogEntry]:
    """What ended each: the answer where there is one, else the result."""
    ends: dict[int, LogEntry] = {}
    for kind in (EntryType.CHALLENGE_CLOSED, EntryType.CHALLENGE_ANSWERED):
        for entry in log:
            challenge = challenge_in(entry.details)
            if entry.type is kind and challenge is not None:
                ends[challenge] = entry
    return ends


def _clock(
    entry: LogEntry,
    challenge: int,
    end: LogEntry | None,
    calendar: WorkCalendar,
    calendars: Calendars,
    thresholds: Thresholds,
) -> ClockReading:
    version = end.calendar_version if end is not None else None
    if version is not None and version != calendar.version and calendars is not None:
        calendar = calendars(version)
    kind = answer_clock_of(
        ChallengeKind(entry.details["kind"]), simplified=bool(entry.details.get("simplified"))
    )
    rule = CLOCK_RULES[kind]
    assert rule.span is not None
    period = ending(entry.on, rule.span, rule.unit, calendar)
    running = end is None
    on_time = None
    if end is not None and (end.type is EntryType.CHALLENGE_ANSWERED or end.on > period.due_on):
        on_time = end.on <= period.due_on
    return ClockReading(
        kind=kind,
        run=1,
        ref=str(challenge),
        state=ClockState.RUNNING if running else ClockState.STOPPED,
        current=running,
        due_on=period.due_on,
        at_risk_on=None,
        provisional=period.provisional,
        stopped_on=None if end is None else end.on,
        on_time=on_time,
        calendar_version=calendar.version,
        next_alert_on=first_alert_on(period.due_on, calendar, thresholds, provisional=period.provisional)
        if running
        else None,
        start_on=entry.on,
        span=rule.span,
    )
