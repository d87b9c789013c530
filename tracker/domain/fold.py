"""Replay of a case's log into its reply clock. Every rule stands beside its article.

What happened is taken as it is: the replay never fails, and an entry that broke the law is named and given the effect
that is safer for the organ.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, effective
from tracker.domain.clock_run import Run
from tracker.domain.clock_steps import StepRecorder
from tracker.domain.errors import RefusalCode
from tracker.domain.order_of_law import answers_capped, in_order_of_law, stop_of, stops
from tracker.domain.reading import Breach, BreachCode, ClockState, Reading
from tracker.domain.statute import CORRECTION_NOTICE_DAYS, EXTENSION_DAYS, REPLY_DAYS

Calendars = Callable[[int], WorkCalendar]
"""Gives the calendar of a version: for runs that have stopped and keep theirs."""


def fold(
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    today: date | None = None,
    *,
    steps: bool = False,
    calendars: Calendars | None = None,
) -> Reading:
    """The reply clock of a log, as of ``today`` (figures only; the log alone decides the state).

    ``calendars``: where given, an order to reply whose stopping entry keeps a calendar version is replayed with that
    version. ``steps``: also tell how the date came about. Never raises for entries our own table can hold.
    """
    replay = _Replay(calendar, calendars, StepRecorder() if steps else None)
    ordered = in_order_of_law(answers_capped(effective(log), calendar))
    replay.feed(ordered)
    return replay.reading(today)


class _Replay:
    """State across the runs of one case."""

    def __init__(
        self, calendar: WorkCalendar, calendars: Calendars | None, recorder: StepRecorder | None
    ) -> None:
        self.current_calendar = calendar
        self.calendars = calendars
        self.recorder = recorder
        self.received_on: date | None = None
        self.correction_asked = False
        self.breaches: list[Breach] = []
        self.past: list[Run] = []
        self.run: Run | None = None
        self.open: dict[str | None, deque[int]] = {}

    def feed(self, ordered: Sequence[LogEntry]) -> None:
        for at, entry in enumerate(ordered):
            run = self.run
            kind = entry.type
            if run is None:
                if kind is EntryType.RECEIVED:
                    self.received_on = entry.on
                    self._begin(entry, 1, REPLY_DAYS, self._calendar_for(ordered, at))
            elif kind is EntryType.ORDERED_ANEW:
                limit = entry.days or REPLY_DAYS
                self._begin(entry, run.order + 1, limit, self._calendar_for(ordered, at))
            elif run.stop is None:
                handler = _HANDLERS.get(kind)
                if handler is not None:
                    handler(self, run, entry)

    def _calendar_for(self, ordered: Sequence[LogEntry], began: int) -> WorkCalendar:
        """The calendar of the order whose first entry is number ``began``: that of its stop, else the current one."""
        if self.calendars is None:
            return self.current_calendar
        following = (ordered[at] for at in range(began + 1, len(ordered)))
        stop = stop_of(takewhile(lambda entry: entry.type is not EntryType.ORDERED_ANEW, following))
        if stop is None or stop.calendar_version is None:
            return self.current_calendar
        if stop.calendar_version == self.current_calendar.version:
            return self.current_calendar
        return self.calendars(stop.calendar_version)

    def _begin(self, entry: LogEntry, order: int, limit: int, calendar: WorkCalendar) -> None:
        previous = self.run
        if previous is not None:
            self.past.append(previous)
        run = Run(
            number=len(self.past) + 1,
            order=order,
            day_zero=entry.on,
            limit=max(limit, 1),
            calendar=calendar,
        )
        if previous is not None and previous.order == order:
            run.at_risk_on = previous.at_risk_on
            run.by_hand = previous.by_hand
            run.awaiting_correction_since = previous.awaiting_correction_since
            run.awaiting_payment_since = previous.awaiting_payment_since
        self.run = run
        self._tell(entry, run)

    def _correction_requested(self, run: Run, entry: LogEntry) -> None:
        """Art 30: once, within 7 working days of receipt; then the clock waits for the applicant."""
        effect = True
        if self.received_on is not None:
            last = run.calendar.nth_workday(self.received_on, CORRECTION_NOTICE_DAYS)
            if entry.on > last and not self.correction_asked:
                self._breach(BreachCode.LATE_CORRECTION_NOTICE, entry)
                run.at_risk_on = run.due_by_count()
        if self.correction_asked:
            self._breach(BreachCode.SECOND_CORRECTION, entry)
            effect = False
        if self._after_due(BreachCode.CORRECTION_AFTER_DUE, run, entry):
            effect = False
        self.correction_asked = True
        if effect:
            run.awaiting_correction_since = entry.on
        self._tell(entry, run, effect)

    def _corrected(self, run: Run, entry: LogEntry) -> None:
        """Art 30: the period counts anew from the day the correction is received."""
        effect = run.awaiting_correction_since is not None
        if effect:
            run.awaiting_correction_since = None
            self._begin(entry, run.order, REPLY_DAYS, run.calendar)
        else:
            self._tell(entry, run, effect)

    def _fee_notified(self, run: Run, entry: LogEntry) -> None:
        """Art 42: the clock waits for payment."""
        effect = not self._after_due(BreachCode.FEE_AFTER_DUE, run, entry)
        if effect and run.awaiting_payment_since is None:
            run.awaiting_payment_since = entry.on
        self._tell(entry, run, effect)

    def _fee_paid(self, run: Run, entry: LogEntry) -> None:
        """国办函〔2020〕109号: the period counts anew from the day of payment."""
        effect = run.awaiting_payment_since is not None
        if effect:
            run.awaiting_payment_since = None
            self._begin(entry, run.order, REPLY_DAYS, run.calendar)
        else:
            self._tell(entry, run, effect)

    def _suspended(self, run: Run, entry: LogEntry) -> None:
        """Art 33(3): time for consulting third parties and other organs is not counted."""
        effect = not self._after_due(BreachCode.SUSPENSION_AFTER_DUE, run, entry)
        self.open.setdefault(entry.ref, deque()).append(run.number if effect else 0)
        if effect:
            run.suspend(entry.on)
        self._tell(entry, run, effect)

    def _resumed(self, run: Run, entry: LogEntry) -> None:
        """The answer to the oldest open letter (of the same ``ref``); answers to voided suspensions change nothing."""
        waiting = self.open.get(entry.ref)
        effect = bool(waiting) and waiting is not None and waiting.popleft() == run.number
        if effect:
            run.resume(entry.on)
        self._tell(entry, run, effect)

    def _extended(self, run: Run, entry: LogEntry) -> None:
        """Art 33(2): at most 20 working days, once a run, before the period ends."""
        days = entry.days or 0
        effect = days > 0
        if days > EXTENSION_DAYS:
            self._breach(BreachCode.EXTENSION_OVER_20, entry)
        if run.extended:
            self._breach(BreachCode.SECOND_EXTENSION, entry)
            effect = False
        if self._after_due(BreachCode.EXTENSION_AFTER_DUE, run, entry):
            effect = False
        if effect:
            run.extended = True
            run.limit += min(days, EXTENSION_DAYS)
        self._tell(entry, run, effect)

    def _told_only(self, run: Run, entry: LogEntry) -> None:
        """Art 35: asking for reasons does not stop the clock."""
        self._tell(entry, run)

    def _delayed(self, run: Run, entry: LogEntry) -> None:
        """Art 35: reasons accepted, a reasonable later date told to the applicant; a day off counts as the working day
        before, the safer reading, or as the next one where that would lie before the day it was told."""
        effect = entry.until is not None and not self._after_due(BreachCode.DELAY_AFTER_DUE, run, entry)
        if effect and entry.until is not None:
            before = run.calendar.workday_on_or_before(entry.until)
            run.delayed_until = before if before >= entry.on else run.calendar.next_workday(entry.until)
        self._tell(entry, run, effect)

    def _stopping(self, run: Run, entry: LogEntry) -> None:
        """国办公开办函〔2016〕235号: by post the day handed over, by hand the day signed, on line the release."""
        if entry.type is EntryType.DISPATCHED and entry.by is DispatchWay.HAND:
            run.by_hand = True
            self._tell(entry, run)
        elif stops(entry, run.by_hand):
            run.close_open(entry.on)
            run.stop = entry
            self._tell(entry, run)

    def _after_due(self, code: BreachCode, run: Run, entry: LogEntry) -> bool:
        due = run.due()
        if due is None or entry.on <= due:
            return False
        self._breach(code, entry)
        return True

    def _breach(self, code: BreachCode, entry: LogEntry) -> None:
        self.breaches.append(Breach(code, entry.seq, entry.on))

    def _tell(self, entry: LogEntry, run: Run, effect: bool = True) -> None:
        if self.recorder is not None:
            fresh = takewhile(lambda breach: breach.seq == entry.seq, reversed(self.breaches))
            self.recorder.add(entry, run, effect, [breach.code for breach in fresh][::-1])

    def reading(self, today: date | None) -> Reading:
        run = self.run
        if run is None:
            version = self.current_calendar.version
            return Reading(ClockState.NOT_STARTED, version, today, refused=RefusalCode.NO_RECEIPT)
        now = run.figures(today)
        until = now.stopped_on if today is None else min(today, now.stopped_on or today)
        state = _state_of(run)
        return Reading(
            state,
            now.calendar_version,
            today,
            runs=(*[past.figures(today) for past in self.past], now),
            breaches=tuple(self.breaches),
            spans=run.spans(),
            paused_since=_paused_since(state, run),
            deducted_days=run.deducted_through(until) if until is not None else run.deducted,
            steps=tuple(self.recorder.steps) if self.recorder is not None else (),
            parts=self.recorder.parts((*self.past, run)) if self.recorder is not None else (),
        )


def _state_of(run: Run) -> ClockState:
    if run.stop is not None:
        return ClockState.STOPPED
    if run.awaiting_correction_since is not None:
        return ClockState.AWAITING_CORRECTION
    if run.awaiting_payment_since is not None:
        return ClockState.AWAITING_PAYMENT
    return ClockState.SUSPENDED if run.open_count else ClockState.RUNNING


def _paused_since(state: ClockState, run: Run) -> date | None:
    if state is ClockState.AWAITING_CORRECTION:
        return run.awaiting_correction_since
    if state is ClockState.AWAITING_PAYMENT:
        return run.awaiting_payment_since
    return run.open_since


_HANDLERS: dict[EntryType, Any] = {
    EntryType.CORRECTION_REQUESTED: _Replay._correction_requested,
    EntryType.CORRECTED: _Replay._corrected,
    EntryType.FEE_NOTIFIED: _Replay._fee_notified,
    EntryType.FEE_PAID: _Replay._fee_paid,
    EntryType.SUSPENDED: _Replay._suspended,
    EntryType.RESUMED: _Replay._resumed,
    EntryType.EXTENDED: _Replay._extended,
    EntryType.JUSTIFICATION_REQUESTED: _Replay._told_only,
    EntryType.JUSTIFIED: _Replay._told_only,
    EntryType.DELAYED: _Replay._delayed,
    EntryType.DISPATCHED: _Replay._stopping,
    EntryType.DELIVERED: _Replay._stopping,
    EntryType.ABANDONED: _Replay._stopping,
    EntryType.WITHDRAWN: _Replay._stopping,
}
