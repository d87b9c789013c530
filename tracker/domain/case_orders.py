"""The replies demanded in one case (the application's, then each order to reply anew), each with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.order_of_law import stop_of
from tracker.domain.reading import Reading, RunFigures


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """One reply demanded: its entries in order of law from the one that began it, the runs of its clock, and the
    calendar it is computed with. ``stop``: the entry that ended it; ``followed_on``: the day the next order began."""

    entries: tuple[LogEntry, ...]
    runs: tuple[RunFigures, ...]
    calendar: WorkCalendar
    stop: LogEntry | None
    followed_on: date | None

    @property
    def over(self) -> bool:
        """Whether nothing of it runs any more."""
        return self.stop is not None or self.followed_on is not None

    @property
    def ended_on(self) -> date | None:
        """The day it was over."""
        return self.stop.on if self.stop is not None else self.followed_on


def orders_of(
    ordered: Sequence[LogEntry],
    reading: Reading,
    calendar: WorkCalendar,
    calendars: Callable[[int], WorkCalendar] | None = None,
) -> list[CaseOrder]:
    """The orders of a case whose log, in order of law, gave this reading."""
    runs: dict[int, list[RunFigures]] = {}
    for figures in reading.runs:
        runs.setdefault(figures.order, []).append(figures)
    parts = list(_parts(ordered))
    made = []
    for at, entries in enumerate(parts):
        own = tuple(runs[at + 1])
        version = own[-1].calendar_version
        kept = calendar if calendars is None or version == calendar.version else calendars(version)
        followed_on = parts[at + 1][0].on if at + 1 < len(parts) else None
        made.append(CaseOrder(entries, own, kept, stop_of(entries), followed_on))
    return made


def _parts(ordered: Sequence[LogEntry]) -> Iterator[tuple[LogEntry, ...]]:
    part: list[LogEntry] = []
    for entry in ordered:
        if not part:
            if entry.type is EntryType.RECEIVED:
                part = [entry]
        elif entry.type is EntryType.ORDERED_ANEW:
            yield tuple(part)
            part = [entry]
        else:
            part.append(entry)
    if part:
        yield tuple(part)
