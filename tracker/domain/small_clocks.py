"""The clocks beside the reply clock: periods of law for the organ, the applicant and those consulted, and the tracker's
conventions that recall what law leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause
from tracker.domain.case_orders import CaseOrder
from tracker.domain.clock_kinds import ClockKind
from tracker.domain.clock_reading import ClockReading
from tracker.domain.reading import BreachCode, ClockState, Reading
from tracker.domain.statute import ANSWER_DAYS, CORRECTION_NOTICE_DAYS, PAYMENT_DAYS, RuleKey, days_of
from tracker.domain.urgency import Thresholds, first_alert_on

MAX_REF = 32
PROOF_DAYS = days_of(RuleKey.DELIVERY_PROOF)
LAPSE_DAYS = days_of(RuleKey.LAPSE_PROPOSAL)
OF_CORRECTION, OF_PAYMENT = "correction", "payment"
"""What a proposed lapse is about, as its ``ref``."""

_ANSWERS: dict[SuspensionCause, ClockKind] = {
    SuspensionCause.THIRD_PARTY: ClockKind.THIRD_PARTY,
    SuspensionCause.CO_PRODUCER: ClockKind.CO_PRODUCER,
}
_WITHOUT_EFFECT = frozenset(
    {BreachCode.SECOND_CORRECTION, BreachCode.CORRECTION_AFTER_DUE, BreachCode.FEE_AFTER_DUE}
)


@dataclass(frozen=True, slots=True)
class _Period:
    """One period before it is a row. ``done``: the day of what ends it; ``on_time`` None: judge by the due date."""

    kind: ClockKind
    start: date
    due: date | None
    run: int = 1
    ref: str | None = None
    span: int | None = None
    done: date | None = None
    judged: bool = True
    start_known: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """One letter of consultation: the entry that sent it, what answered it, and the order it belongs to."""

    order: CaseOrder
    sent: LogEntry
    received_on: date | None
    answer: LogEntry | None


class SmallClocks:
    """Builds the clocks beside the reply clock, each with the order of the case it belongs to."""

    def __init__(
        self,
        log: Sequence[LogEntry],
        orders: Sequence[CaseOrder],
        reading: Reading,
        thresholds: Thresholds,
    ) -> None:
        """``log``: the effective entries."""
        self.orders = orders
        self.reading = reading
        self.thresholds = thresholds
        self.without_effect = {b.seq for b in reading.breaches if b.code in _WITHOUT_EFFECT}
        self.receipts: dict[str | None, list[date]] = {}
        for entry in log:
            if entry.type is EntryType.CONSULTATION_DELIVERED:
                self.receipts.setdefault(entry.ref, []).append(entry.on)

    def all(self) -> Iterator[ClockReading]:
        """Correction notice, the applicant's correction, those consulted, payments; each with what recalls it."""
        yield from self._correction_notice()
        yield from self._applicant_correction()
        for asked in self._consultations():
            yield from self._consultation(asked)
        yield from self._payments()

    def _correction_notice(self) -> Iterator[ClockReading]:
        """Art 30: 7 working days from receipt, once."""
        first = self.orders[0]
        found = self._first_correction_notice()
        asked = found[0].entries[found[1]] if found else None
        ended = self.reading.runs[0].stopped_on is not None or self.reading.run > 1
        if asked is None and ended:
            return
        received = first.entries[0].on
        due = first.calendar.nth_workday(received, CORRECTION_NOTICE_DAYS)
        period = _Period(
            ClockKind.CORRECTION_NOTICE,
            received,
            due,
            span=CORRECTION_NOTICE_DAYS,
            done=asked.on if asked else None,
        )
        yield self._row(period, first)

    def _applicant_correction(self) -> Iterator[ClockReading]:
        """Art 30: the reasonable date set in the notice; after it the lapse may be proposed. Only the first notice
        has a period: a second one is without effect."""
        found = self._first_correction_notice()
        if found is None:
            return
        order, at = found
        asked = order.entries[at]
        due = stated_day(asked.details, "answer_due_on")
        due = due if due is not None and due >= asked.on else None
        done = _after(order, at, EntryType.CORRECTED)
        period = _Period(ClockKind.APPLICANT_CORRECTION, asked.on, due, done=done.on if done else None)
        yield self._row(period, order)
        if due is not None and asked.seq not in self.without_effect:
            yield from self._lapse(order, due, 1, OF_CORRECTION, done)

    def _payments(self) -> Iterator[ClockReading]:
        """Art 42: 20 working days from receipt of the notice where it is known, else from the notice."""
        number = 0
        for order in self.orders:
            for at, notice in enumerate(order.entries):
                if notice.type is not EntryType.FEE_NOTIFIED:
                    continue
                number += 1
                stated = stated_day(notice.details, "received_on")
                known = stated is not None and stated >= notice.on
                start = stated if known and stated is not None else notice.on
                due = order.calendar.nth_workday(start, PAYMENT_DAYS)
                paid = _after(order, at, EntryType.FEE_PAID)
                period = _Period(
                    ClockKind.PAYMENT,
                    start,
                    due,
                    run=number,
                    span=PAYMENT_DAYS,
                    done=paid.on if paid else None,
                    start_known=known,
                )
                yield self._row(period, order)
                if notice.seq not in self.without_effect:
                    yield from self._lapse(order, due, number, OF_PAYMENT, paid)

    def _lapse(
        self, order: CaseOrder, overdue_from: date, run: int, ref: str, done: LogEntry | None
    ) -> Iterator[ClockReading]:
        """系统约定: 5 more working days after the applicant's period, for post in transit; then a person is asked to
        decide. Nothing where the applicant acted, or the case was over, within the period."""
        ended_on = done.on if done is not None else order.ended_on
        if ended_on is not None and ended_on <= overdue_from:
            return
        if done is None and order.stop is not None and order.stop.type is EntryType.ABANDONED:
            done = order.stop
        due = order.calendar.nth_workday(overdue_from, LAPSE_DAYS)
        period = _Period(
            ClockKind.LAPSE_PROPOSAL,
            overdue_from,
            due,
            run,
            ref,
            LAPSE_DAYS,
            done.on if done is not None else None,
            judged=False,
        )
        yield self._row(period, order)

    def _consultations(self) -> Iterator[_Asked]:
        seen: set[str] = set()
        for order in self.orders:
            answers = _answers_by_ref(order)
            for at, sent in enumerate(order.entries):
                ref = sent.ref
                if sent.type is not EntryType.SUSPENDED or not ref or ref in seen or len(ref) > MAX_REF:
                    continue
                seen.add(ref)
                received = min((day for day in self.receipts.get(ref, ()) if day >= sent.on), default=None)
                answer = next((order.entries[n] for n in answers.get(ref, ()) if n > at), None)
                yield _Asked(order, sent, received, answer)

    def _consultation(self, asked: _Asked) -> Iterator[ClockReading]:
        """Art 32, 34: 15 working days from their receipt; 系统约定: proof of receipt within 5 of sending."""
        sent, received, answer, order = asked.sent, asked.received_on, asked.answer, asked.order
        kind = _ANSWERS.get(sent.cause) if sent.cause is not None else None
        if kind is not None and received is not None:
            due = order.calendar.nth_workday(received, ANSWER_DAYS)
            yield self._row(_answer_period(kind, received, due, answer, sent.ref), order)
        proved = min([day for day in (received, answer.on if answer else None) if day], default=None)
        yield self._row(
            _Period(
                ClockKind.DELIVERY_PROOF,
                sent.on,
                order.calendar.nth_workday(sent.on, PROOF_DAYS),
                ref=sent.ref,
                span=PROOF_DAYS,
                done=proved,
            ),
            order,
        )

    def _first_correction_notice(self) -> tuple[CaseOrder, int] | None:
        for order in self.orders:
            for at, entry in enumerate(order.entries):
                if entry.type is EntryType.CORRECTION_REQUESTED:
                    return order, at
        return None

    def _row(self, period: _Period, order: CaseOrder) -> ClockReading:
        running = period.done is None and not order.over
        provisional = period.span is not None and not _covered(period, order.calendar)
        alert = None
        if running and period.due is not None:
            alert = self._alert(period, period.due, order.calendar, provisional)
        return ClockReading(
            kind=period.kind,
            run=period.run,
            ref=period.ref,
            state=ClockState.RUNNING if running else ClockState.STOPPED,
            current=running,
            due_on=period.due,
            at_risk_on=None,
            provisional=provisional,
            stopped_on=period.done,
            on_time=_on_time(period),
            calendar_version=order.calendar.version,
            next_alert_on=alert,
            start_on=period.start,
            span=period.span,
            start_known=period.start_known,
        )

    def _alert(self, period: _Period, due: date, calendar: WorkCalendar, provisional: bool) -> date:
        """A period of law warns beforehand; what only recalls does so once its days are there, or over."""
        if period.kind is ClockKind.DELIVERY_PROOF:
            return due
        if period.kind is ClockKind.LAPSE_PROPOSAL:
            return calendar.nth_workday(due, 1)
        return first_alert_on(due, calendar, self.thresholds, provisional=provisional)


def stated_day(details: Mapping[str, Any], name: str) -> date | None:
    """A day that a verb put among the details of its entry; None where it is missing or no day."""
    stated = details.get(name)
    try:
        return date.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        return None


def _answer_period(
    kind: ClockKind, received: date, due: date, answer: LogEntry | None, ref: str | None
) -> _Period:
    """What is counted off ends with the 15th working day, but whether they answered in time is judged by the day their
    answer came. Silence and a letter that came back end the period without a judgement."""
    base = _Period(kind, received, due, ref=ref, span=ANSWER_DAYS)
    if answer is None:
        return base
    if answer.details.get("answer") == "silent" or answer.details.get("returned"):
        return _ended(base, min(answer.on, due), judged=False)
    return _ended(base, stated_day(answer.details, "answered_on") or answer.on, judged=True)


def _ended(period: _Period, done: date, *, judged: bool) -> _Period:
    return _Period(
        period.kind, period.start, period.due, ref=period.ref, span=period.span, done=done, judged=judged
    )


def _after(order: CaseOrder, at: int, kind: EntryType) -> LogEntry | None:
    """The first entry of a kind that answers the one at a place of the same order: by the notice's id where both carry
    one, else by order of law."""
    begun = order.entries[at]
    rest = islice(order.entries, at + 1, None)
    return next((e for e in rest if e.type is kind and _answers(e, begun)), None)


def _answers_by_ref(order: CaseOrder) -> dict[str | None, list[int]]:
    """Where the answers to each letter stand among the entries of an order."""
    places: dict[str | None, list[int]] = {}
    for at, entry in enumerate(order.entries):
        if entry.type is EntryType.RESUMED:
            places.setdefault(entry.ref, []).append(at)
    return places


def _answers(entry: LogEntry, begun: LogEntry) -> bool:
    ids = [e.details.get("fee_notice_id") for e in (entry, begun)]
    return None in ids or ids[0] == ids[1]


def _covered(period: _Period, calendar: WorkCalendar) -> bool:
    return period.due is None or calendar.covers(period.start, period.due)


def _on_time(period: _Period) -> bool | None:
    if period.done is None or period.due is None or not period.judged:
        return None
    return period.done <= period.due
