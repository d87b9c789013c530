"""What recording several entries one after the other does to the clock: refusals and breaches, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import NamedTuple

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import preview
from tracker.domain.errors import Refusal
from tracker.domain.fold import fold
from tracker.domain.order_of_law import recorded_in_order
from tracker.domain.reading import Breach, Reading
from tracker.domain.refusals import refusals_in

_REACHES_BACK = frozenset(
    {EntryType.FACT_CORRECTED, EntryType.CONSULTATION_DELIVERED, EntryType.ORDERED_ANEW}
)
"""Entries that change what earlier ones mean."""


class Effect(NamedTuple):
    """What recording one entry does: it is refused, or adds these breaches. ``reading``: the clock after the last."""

    refusal: Refusal | None
    new_breaches: tuple[Breach, ...]
    reading: Reading | None = None


def effects_of(
    log: Sequence[LogEntry], entries: Sequence[LogEntry], calendar: WorkCalendar, today: date | None = None
) -> Iterator[Effect]:
    """The effect of each entry, recorded after the log and the entries before it; the same as ``preview`` of each.

    Entries of a case told in the order in which they take effect cannot change what was said of those before them:
    they are replayed once, all together.
    """
    whole = [*log, *entries]
    if len(entries) > 1 and _told_forward(whole):
        yield from _at_once(whole, entries, calendar, today)
        return
    for at, entry in enumerate(entries, start=len(log)):
        effect = preview(whole[:at], entry, calendar, today)
        yield Effect(effect.refusal, effect.new_breaches, effect.after)


def _told_forward(whole: Sequence[LogEntry]) -> bool:
    return (
        whole[0].type is EntryType.RECEIVED
        and not any(entry.type in _REACHES_BACK for entry in whole)
        and recorded_in_order(whole)
    )


def _at_once(
    whole: Sequence[LogEntry], entries: Sequence[LogEntry], calendar: WorkCalendar, today: date | None
) -> Iterator[Effect]:
    refusals = list(refusals_in(whole, today))
    reading = fold(whole, calendar, today)
    breaches = reading.breaches
    if not refusals and not breaches:
        yield from repeat(Effect(None, (), reading), len(entries))
        return
    for entry in entries:
        refused = next((code for code, seq in refusals if seq == entry.seq), None)
        added = tuple(breach for breach in breaches if breach.seq == entry.seq)
        yield Effect(Refusal(refused) if refused else None, added, reading)
