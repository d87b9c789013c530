"""Every clock of a case as rows: the reply clock of each run, and the smaller periods beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause, effective
from tracker.domain.fold import fold
from tracker.domain.order_of_law import in_order_of_law
from tracker.domain.reading import ClockState, Reading, RunFigures
from tracker.domain.statute import ANSWER_DAYS, CORRECTION_NOTICE_DAYS, PAYMENT_DAYS
from tracker.domain.urgency import DEFAULT_THRESHOLDS, Thresholds, first_alert_on
from tracker.domain.vocabulary import N_

MAX_REF = 32


class ClockKind(StrEnum):
    """Which period a clock measures."""

    REPLY = "reply"
    CORRECTION_NOTICE = "correction_notice"
    THIRD_PARTY = "third_party"
    CO_PRODUCER = "co_producer"
    PAYMENT = "payment"


CLOCK_NAMES: dict[ClockKind, str] = {
    ClockKind.REPLY: N_("答复期限"),
    ClockKind.CORRECTION_NOTICE: N_("补正告知期限"),
    ClockKind.THIRD_PARTY: N_("第三方答复期限"),
    ClockKind.CO_PRODUCER: N_("共同制作机关答复期限"),
    ClockKind.PAYMENT: N_("申请人缴费期限"),
}

_CONSULTED: dict[SuspensionCause, ClockKind] = {
    SuspensionCause.THIRD_PARTY: ClockKind.THIRD_PARTY,
    SuspensionCause.CO_PRODUCER: ClockKind.CO_PRODUCER,
}


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One clock. ``current`` is false for runs that another has followed; ``next_alert_on`` is None while nobody is
    to be alerted; it does not depend on today, so a missed night loses nothing."""

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


def clocks_of(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    calendars: Callable[[int], WorkCalendar] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> list[ClockReading]:
    """The clocks of a log: reply (one a run), correction notice (Art 30, 7 working days, until it is asked or the case
    moves on), answers of third parties and co-producers (Art 32, 34, 15 working days from their receipt, where that
    is known), payment (20 working days from receipt of the notice, where known, else from the notice)."""
    reading = fold(log, calendar, today, calendars=calendars)
    if not reading.runs:
        return []
    clocks = [_reply(figures, reading, calendar, thresholds) for figures in reading.runs]
    ordered = in_order_of_law(effective(log))
    small = _Small(reading, _kept_by(reading, calendar, calendars))
    clocks += small.correction_notice(ordered)
    clocks += small.answers(ordered, effective(log))
    clocks += small.payments(ordered)
    return clocks


def _kept_by(
    reading: Reading, calendar: WorkCalendar, calendars: Callable[[int], WorkCalendar] | None
) -> WorkCalendar:
    """The calendar of the clocks beside the reply clock: once that has stopped, the one it stopped with."""
    if reading.state is not ClockState.STOPPED or calendars is None:
        return calendar
    return calendars(reading.runs[-1].calendar_version)


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
    )


class _Small:
    """Builds the clocks beside the reply clock."""

    def __init__(self, reading: Reading, calendar: WorkCalendar) -> None:
        self.reading = reading
        self.calendar = calendar

    def correction_notice(self, ordered: Sequence[LogEntry]) -> Iterator[ClockReading]:
        received = next(e for e in ordered if e.type is EntryType.RECEIVED)
        asked = next((e.on for e in ordered if e.type is EntryType.CORRECTION_REQUESTED), None)
        ended = self.reading.runs[0].stopped_on
        if asked is None and (ended is not None or self.reading.run > 1):
            return
        yield self._clock(ClockKind.CORRECTION_NOTICE, 1, None, received.on, CORRECTION_NOTICE_DAYS, asked)

    def answers(self, ordered: Sequence[LogEntry], log: Sequence[LogEntry]) -> Iterator[ClockReading]:
        received = {e.ref: e.on for e in log if e.type is EntryType.CONSULTATION_DELIVERED}
        answered = {e.ref: e.on for e in ordered if e.type is EntryType.RESUMED}
        seen: set[str] = set()
        for entry in ordered:
            kind = _CONSULTED.get(entry.cause) if entry.cause is not None else None
            ref = entry.ref
            if kind is None or ref is None or ref not in received or ref in seen or len(ref) > MAX_REF:
                continue
            seen.add(ref)
            yield self._clock(kind, 1, ref, received[ref], ANSWER_DAYS, answered.get(ref))

    def payments(self, ordered: Sequence[LogEntry]) -> Iterator[ClockReading]:
        notices = [e for e in ordered if e.type is EntryType.FEE_NOTIFIED]
        paid = [e for e in ordered if e.type is EntryType.FEE_PAID]
        for number, notice in enumerate(notices, start=1):
            done = next((e.on for e in paid if e.on >= notice.on), None)
            start = _received_day(notice)
            yield self._clock(ClockKind.PAYMENT, number, None, start, PAYMENT_DAYS, done)

    def _clock(
        self, kind: ClockKind, run: int, ref: str | None, start: date, span: int, done: date | None
    ) -> ClockReading:
        due = self.calendar.nth_workday(start, span)
        case_over = self.reading.state is ClockState.STOPPED
        running = done is None and not case_over
        provisional = not self.calendar.covers(start, due)
        return ClockReading(
            kind=kind,
            run=run,
            ref=ref,
            state=ClockState.RUNNING if running else ClockState.STOPPED,
            current=running,
            due_on=due,
            at_risk_on=None,
            provisional=provisional,
            stopped_on=done,
            on_time=None if done is None else done <= due,
            calendar_version=self.calendar.version,
            next_alert_on=first_alert_on(due, self.calendar, DEFAULT_THRESHOLDS, provisional=provisional)
            if running
            else None,
        )


def _received_day(notice: LogEntry) -> date:
    """The day the applicant received the fee notice, where it is recorded; else the day it was sent."""
    stated = notice.details.get("received_on")
    try:
        return date.fromisoformat(stated) if isinstance(stated, str) else notice.on
    except ValueError:
        return notice.on
