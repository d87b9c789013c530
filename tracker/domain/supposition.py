"""试算: a log that nobody has recorded, with what it would give; what cannot be is left out and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.errors import RefusalCode
from tracker.domain.fold import fold
from tracker.domain.reading import Reading
from tracker.domain.refusals import refusals_in


@dataclass(frozen=True, slots=True)
class Supposition:
    """What a supposed log gives. ``refused`` says why an entry (by ``seq``) cannot be; ``log`` is the rest, and the
    reading is that of the rest. ``to_come`` are the entries dated after today: recording them would be refused
    (``in_future``), supposing them is what a calculator is for. ``as_of``: today, or the day of a later stop."""

    log: tuple[LogEntry, ...]
    refused: Mapping[int, RefusalCode]
    to_come: frozenset[int]
    reading: Reading
    as_of: date


def suppose(log: Sequence[LogEntry], calendar: WorkCalendar, today: date) -> Supposition:
    """The reading of a supposed log as of ``today``, by the same refusals and the same replay as a recorded one."""
    kept = list(log)
    refused: dict[int, RefusalCode] = {}
    while found := [(code, seq) for code, seq in refusals_in(kept) if seq]:
        for code, seq in found:
            refused.setdefault(seq, code)
        kept = [entry for entry in kept if entry.seq not in refused]
    stop = fold(kept, calendar).stopped_on
    as_of = today if stop is None else max(today, stop)
    return Supposition(
        log=tuple(kept),
        refused=refused,
        to_come=frozenset(entry.seq for entry in kept if entry.on > today),
        reading=fold(kept, calendar, as_of, steps=True),
        as_of=as_of,
    )
