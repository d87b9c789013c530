"""One run of the reply clock while it is being replayed: day 0, limit, days not counted, what it waits for."""

from __future__ import annotations

from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.reading import RunFigures, Span


class Run:
    """Mutable state of a run, fed in order of law.

    Suspensions are kept as their union: a block begins when the first letter is out and ends when the last answer is
    in. ``blocks``: (start, end, days deducted up to its end, days used up to its start), in order and disjoint, for on
    one day letters go out before answers come in.
    """

    __slots__ = (
        "at_risk_on",
        "awaiting_correction_since",
        "awaiting_payment_since",
        "blocks",
        "by_hand",
        "calendar",
        "day_zero",
        "deducted",
        "delayed_until",
        "extended",
        "limit",
        "number",
        "open_count",
        "open_since",
        "order",
        "stop",
    )

    def __init__(self, number: int, order: int, day_zero: date, limit: int, calendar: WorkCalendar) -> None:
        self.number = number
        self.order = order
        self.day_zero = day_zero
        self.limit = limit
        self.calendar = calendar
        self.blocks: list[tuple[date, date, int, int]] = []
        self.deducted = 0
        self.open_count = 0
        self.open_since: date | None = None
        self.extended = False
        self.delayed_until: date | None = None
        self.awaiting_correction_since: date | None = None
        self.awaiting_payment_since: date | None = None
        self.at_risk_on: date | None = None
        self.by_hand = False
        self.stop: LogEntry | None = None

    def due(self) -> date | None:
        """Due date as things stand; None while the clock waits for the applicant or a suspension is open."""
        if self.open_count or self.awaiting_correction_since or self.awaiting_payment_since:
            return None
        return self.due_by_count()

    def due_by_count(self) -> date:
        """Due date by what is closed so far, whatever the clock waits for."""
        if self.delayed_until is not None:
            return self.delayed_until
        deducted = 0
        for _, _, through_here, used_before in reversed(self.blocks):
            if used_before < self.limit:
                deducted = through_here
                break
        return self.calendar.nth_workday(self.day_zero, self.limit + deducted)

    def used(self, through: date) -> int:
        """Working days counted up to and including a day."""
        return self.calendar.count(self.day_zero, through) - self.deducted_through(through)

    def deducted_through(self, through: date) -> int:
        """Working days taken out by suspensions up to and including a day."""
        total = 0
        for start, end, cumulated, _ in reversed(self.blocks):
            if end <= through:
                total = cumulated
                break
            if start < through:
                total = cumulated - self.calendar.count(through, end)
                break
        if self.open_since is not None and self.open_since < through:
            total += self.calendar.count(self.open_since, through)
        return total

    def suspend(self, on: date) -> None:
        """A letter went out; days after this one are not counted."""
        if self.open_count == 0:
            self.open_since = on
        self.open_count += 1

    def resume(self, on: date) -> None:
        """An answer came in; this day is the last not counted, unless another answer is still awaited."""
        self.open_count -= 1
        if self.open_count or self.open_since is None:
            return
        self._close(self.open_since, on)

    def close_open(self, on: date) -> None:
        """The reply went out while an answer was awaited: the suspension ends with it."""
        if self.open_since is not None:
            self.open_count = 0
            self._close(self.open_since, on)

    def _close(self, start: date, end: date) -> None:
        self.open_since = None
        used_before = self.calendar.count(self.day_zero, start) - self.deducted
        self.deducted += self.calendar.count(start, end)
        self.blocks.append((start, end, self.deducted, used_before))

    def spans(self) -> tuple[Span, ...]:
        """Union of the suspensions, an open one last."""
        spans = [Span(start, end) for start, end, _, _ in self.blocks]
        if self.open_since is not None:
            spans.append(Span(self.open_since, None))
        return tuple(spans)

    def shown_limit(self) -> int:
        """Working days the organ has in all; after a reasoned delay as many as its date leaves."""
        return self.limit if self.delayed_until is None else self.used(self.delayed_until)

    def figures(self, today: date | None) -> RunFigures:
        """The run's outcome, as kept when a new run follows it."""
        stop = self.stop
        lapsed = stop is not None and stop.type in ("abandoned", "withdrawn")
        due = None if lapsed else self.due()
        until = _earlier(today, stop.on if stop else None)
        return RunFigures(
            number=self.number,
            order=self.order,
            day_zero_on=self.day_zero,
            limit=self.shown_limit(),
            due_on=due,
            at_risk_on=self.at_risk_on,
            stopped_on=stop.on if stop else None,
            on_time=_verdict(stop, due) if not lapsed else None,
            used=self.used(until) if due is not None and until is not None else None,
            provisional=due is not None and not self.calendar.covers(self.day_zero, due),
            calendar_version=self.calendar.version,
        )


def _earlier(a: date | None, b: date | None) -> date | None:
    if a is None or b is None:
        return a or b
    return min(a, b)


def _verdict(stop: LogEntry | None, due: date | None) -> bool | None:
    if stop is None:
        return None
    return due is None or stop.on <= due
