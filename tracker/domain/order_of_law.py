"""The order in which entries take effect: by day of law, on one day by kind, whenever they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause
from tracker.domain.statute import ANSWER_DAYS

RANK: dict[EntryType, int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            EntryType.RECEIVED,
            EntryType.CORRECTION_REQUESTED,
            EntryType.CORRECTED,
            EntryType.FEE_NOTIFIED,
            EntryType.FEE_PAID,
            EntryType.SUSPENDED,
            EntryType.RESUMED,
            EntryType.EXTENDED,
            EntryType.JUSTIFICATION_REQUESTED,
            EntryType.JUSTIFIED,
            EntryType.DELAYED,
            EntryType.DISPATCHED,
            EntryType.DELIVERED,
            EntryType.ABANDONED,
            EntryType.WITHDRAWN,
            EntryType.ORDERED_ANEW,
        )
    )
}
"""Entries that the statutory clock reads, in their order within a day."""

_ORDER_FIRST = -1
_CAUSES_WITH_LIMIT = (SuspensionCause.THIRD_PARTY, SuspensionCause.CO_PRODUCER)
_NO_LIMIT = date.max


def in_order_of_law(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The clock's entries in order of law.

    Where two of one kind fall on one day the order is fixed by what they say, never by the order of recording, and so
    that the earlier due date results (the shorter of two extensions counts). An order to reply anew comes after the
    reply of the same day, but before it when the case had already stopped: then that reply answers the order.
    """
    ordered = [entry for entry in entries if entry.type in RANK]
    if _already_in_order(ordered):
        return ordered
    ordered.sort(key=_key)
    if any(entry.type is EntryType.ORDERED_ANEW for entry in ordered):
        return _orders_placed(ordered)
    return ordered


def recorded_in_order(log: Iterable[LogEntry]) -> bool:
    """Whether each entry of the clock was recorded after all those that take effect before it."""
    keys = [_key(entry) for entry in log if entry.type in RANK]
    return all(before < after for before, after in pairwise(keys))


def _already_in_order(entries: Sequence[LogEntry]) -> bool:
    """Each entry on a later day than the one before: nothing to sort, and no day to share."""
    before: date | None = None
    for entry in entries:
        if before is not None and entry.on <= before:
            return False
        before = entry.on
    return True


def stop_of(entries: Iterable[LogEntry]) -> LogEntry | None:
    """The entry that stops a run, among the ordered entries of one order to reply: the reply handed to the post or
    released, the signature for a reply given by hand, a lapse or a withdrawal."""
    by_hand = False
    for entry in entries:
        kind = entry.type
        if kind is EntryType.DISPATCHED and entry.by is DispatchWay.HAND:
            by_hand = True
        elif stops(entry, by_hand):
            return entry
    return None


def stops(entry: LogEntry, by_hand: bool) -> bool:
    """Whether this entry stops the clock; ``by_hand``: a reply was carried out by hand before it."""
    kind = entry.type
    if kind is EntryType.DISPATCHED:
        return entry.by is not DispatchWay.HAND
    if kind is EntryType.DELIVERED:
        return by_hand
    return kind is EntryType.ABANDONED or kind is EntryType.WITHDRAWN


def answers_capped(log: Sequence[LogEntry], calendar: WorkCalendar) -> Sequence[LogEntry]:
    """The log with answers of third parties and co-producers dated no later than the 15th working day after they
    received the letter (Art 32, 34): a late answer stays a fact, but counts nothing off after that day."""
    if EntryType.CONSULTATION_DELIVERED not in [entry.type for entry in log]:
        return log
    received = {
        entry.ref: entry.on
        for entry in sorted(log, key=lambda e: (e.on, e.seq), reverse=True)
        if entry.type is EntryType.CONSULTATION_DELIVERED
    }
    limits = {
        entry.ref: calendar.nth_workday(received[entry.ref], ANSWER_DAYS)
        for entry in log
        if entry.type is EntryType.SUSPENDED
        and entry.cause in _CAUSES_WITH_LIMIT
        and entry.ref in received
        and received[entry.ref] >= entry.on
    }
    return [
        replace(entry, on=limits[entry.ref])
        if entry.type is EntryType.RESUMED and entry.on > limits.get(entry.ref, _NO_LIMIT)
        else entry
        for entry in log
    ]


def _key(entry: LogEntry) -> tuple[date, int, str, int, int, str, int]:
    until = entry.until
    return (
        entry.on,
        RANK[entry.type],
        entry.ref or "",
        entry.days or 0,
        -until.toordinal() if until else 0,
        entry.by or entry.cause or "",
        entry.seq,
    )


def _orders_placed(ordered: list[LogEntry]) -> list[LogEntry]:
    placed: list[LogEntry] = []
    stopped = by_hand = False
    at = 0
    while at < len(ordered):
        day = ordered[at].on
        same_day = [ordered[at]]
        while at + len(same_day) < len(ordered) and ordered[at + len(same_day)].on == day:
            same_day.append(ordered[at + len(same_day)])
        at += len(same_day)
        if stopped:
            same_day.sort(key=lambda e: _ORDER_FIRST if e.type is EntryType.ORDERED_ANEW else RANK[e.type])
        for entry in same_day:
            if entry.type is EntryType.ORDERED_ANEW:
                stopped = by_hand = False
            elif not stopped:
                stopped = stops(entry, by_hand)
                by_hand = by_hand or (entry.type is EntryType.DISPATCHED and entry.by is DispatchWay.HAND)
        placed += same_day
    return placed
