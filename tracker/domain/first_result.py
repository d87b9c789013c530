"""First outcome of a request: the one result that the annual table counts, whatever is ordered anew later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.reading import Reading


@dataclass(frozen=True, slots=True)
class FirstResult:
    """``on``: the day the clock first stopped. ``standing``: no new reply was ordered since, so the case's own outcome
    is the first one. ``told``: the outcome the log names for it, None where the log names none (registers)."""

    on: date
    standing: bool
    told: str | None


def first_result_of(reading: Reading, log: Sequence[LogEntry]) -> FirstResult | None:
    """None while no order to reply has been answered, lapsed or been withdrawn."""
    stopped = next((run for run in reading.runs if run.stopped_on is not None), None)
    if stopped is None or stopped.stopped_on is None:
        return None
    return FirstResult(stopped.stopped_on, stopped is reading.runs[-1], _told(log, stopped.order))


def _told(log: Sequence[LogEntry], order: int) -> str | None:
    """The last outcome recorded before the order to reply anew that follows the given one."""
    told: str | None = None
    orders = 1
    for entry in effective(log):
        if entry.type is EntryType.ORDERED_ANEW:
            orders += 1
            if orders > order:
                break
        outcome = entry.details.get("disposition")
        if isinstance(outcome, str):
            told = outcome
    return told
