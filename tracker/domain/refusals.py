"""What cannot be: entries that contradict the log, as distinct from those that only broke the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, effective, is_good_correction
from tracker.domain.errors import Refusal, RefusalCode
from tracker.domain.order_of_law import in_order_of_law, stops

Found = tuple[RefusalCode, int]
"""A refusal and the ``seq`` of the entry it concerns."""

_NEW_RUN = frozenset({EntryType.CORRECTED, EntryType.FEE_PAID})


def find_refusal(log: Sequence[LogEntry], today: date | None = None) -> Refusal | None:
    """The first reason why this log cannot be, or None. Dates count as future only where a today is given."""
    first = next(refusals_in(log, today), None)
    return Refusal(first[0]) if first else None


def refusals_in(log: Sequence[LogEntry], today: date | None = None) -> Iterator[Found]:
    """Every contradiction in a log: bad corrections, a missing receipt, future days, then those in order of law."""
    known = frozenset(e.seq for e in log if e.type is not EntryType.FACT_CORRECTED)
    for entry in _corrections(log):
        if not is_good_correction(entry, known):
            yield RefusalCode.BAD_ENTRY, entry.seq
    entries = effective(log)
    receipts = [e for e in entries if e.type is EntryType.RECEIVED]
    if not receipts:
        yield RefusalCode.NO_RECEIPT, 0
        return
    if today is not None:
        yield from ((RefusalCode.IN_FUTURE, e.seq) for e in [*entries, *_corrections(log)] if e.on > today)
    yield from _in_order(in_order_of_law(entries), min(e.on for e in receipts))


def _corrections(log: Sequence[LogEntry]) -> list[LogEntry]:
    return [e for e in log if e.type is EntryType.FACT_CORRECTED]


def _in_order(ordered: Sequence[LogEntry], received_on: date) -> Iterator[Found]:
    watch = _Watch()
    for entry in ordered:
        code = RefusalCode.BEFORE_RECEIPT if entry.on < received_on else watch.take(entry)
        if code is not None:
            yield code, entry.seq


class _Watch:
    """Follows a log in order of law and says which entry contradicts what went before."""

    def __init__(self) -> None:
        self.received = self.stopped = self.by_hand = False
        self.open_spans: defaultdict[str | None, int] = defaultdict(int)
        self.live_refs: set[str | None] = set()

    def take(self, entry: LogEntry) -> RefusalCode | None:
        kind = entry.type
        if kind is EntryType.RECEIVED:
            known, self.received = self.received, True
            return RefusalCode.BAD_ENTRY if known else None
        if kind is EntryType.ORDERED_ANEW:
            self.stopped = self.by_hand = False
            self.live_refs.clear()
            return None
        if self.stopped:
            return None if kind is EntryType.DELIVERED else RefusalCode.AFTER_STOP
        if stops(entry, self.by_hand):
            self.stopped = True
            return None
        return self._while_running(entry)

    def _while_running(self, entry: LogEntry) -> RefusalCode | None:
        kind = entry.type
        if kind is EntryType.DISPATCHED:
            self.by_hand = entry.by is DispatchWay.HAND
        elif kind in _NEW_RUN:
            self.live_refs.clear()
        elif kind is EntryType.SUSPENDED:
            return self._suspended(entry)
        elif kind is EntryType.RESUMED:
            return self._resumed(entry)
        elif kind is EntryType.DELAYED and (entry.until is None or entry.until < entry.on):
            return RefusalCode.BAD_ENTRY
        elif kind is EntryType.EXTENDED and (entry.days or 0) < 1:
            return RefusalCode.EXTENSION_DAYS
        return None

    def _suspended(self, entry: LogEntry) -> RefusalCode | None:
        if entry.ref is not None and entry.ref in self.live_refs:
            return RefusalCode.ALREADY_SUSPENDED
        self.open_spans[entry.ref] += 1
        if entry.ref is not None:
            self.live_refs.add(entry.ref)
        return None

    def _resumed(self, entry: LogEntry) -> RefusalCode | None:
        if not self.open_spans[entry.ref]:
            return RefusalCode.RESUME_WITHOUT_SUSPEND
        self.open_spans[entry.ref] -= 1
        self.live_refs.discard(entry.ref)
        return None
