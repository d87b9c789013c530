"""The facts a computation rests on: what happened when, who recorded it, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, effective
from tracker.domain.clock_steps import CAUSE_NAMES
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.errors import TrackerError
from tracker.domain.order_of_law import RANK
from tracker.domain.sheet_days import Text
from tracker.domain.vocabulary import N_

NO_PROOF = N_("未附凭证")
"""Stands where nothing in the file proves a fact."""

WAY_NAMES: dict[DispatchWay, str] = {
    DispatchWay.POST: N_("邮寄"),
    DispatchWay.HAND: N_("当面送交"),
    DispatchWay.PORTAL: N_("网上发布"),
    DispatchWay.EMAIL: N_("电子邮件"),
}


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One entry of the log that the clock reads, as it stands after corrections.

    ``seq`` is its number in the log; ``recorded_by``, ``recorded_at``: of the system; ``proofs``: what proves it, none
    where nothing does; ``was_on``: the day first recorded, where it was corrected.
    """

    seq: int
    on: date
    what: Text
    recorded_by: str = ""
    recorded_at: datetime | None = None
    proofs: tuple[Text, ...] = ()
    was_on: date | None = None


def clock_entries(log: Sequence[LogEntry]) -> list[LogEntry]:
    """The entries the reply clock reads, as corrected, by day of law."""
    return sorted(
        (e for e in effective(log) if e.type in RANK or e.type is EntryType.CONSULTATION_DELIVERED),
        key=lambda e: (e.on, RANK.get(e.type, len(RANK)), e.seq),
    )


def facts_of_log(log: Sequence[LogEntry]) -> tuple[SheetFact, ...]:
    """The facts of a log that stands alone, without who recorded them."""
    first = {entry.seq: entry.on for entry in log}
    return tuple(
        SheetFact(e.seq, e.on, what_happened(e), was_on=moved_from(e, first[e.seq]))
        for e in clock_entries(log)
    )


def moved_from(entry: LogEntry, recorded: date) -> date | None:
    """The day first recorded, where the entry stands on another one now."""
    return recorded if recorded != entry.on else None


def what_happened(entry: LogEntry, *told: Text) -> Text:
    """An entry in a few words, with what the clock reads of it and what else is told of it."""
    name = ENTRY_NAMES[entry.type]
    more = [text for text in (_more(entry), *told) if text]
    return TrackerError(N_("%(name)s（%(more)s）"), name=name, more=more) if more else name


def _more(entry: LogEntry) -> Text:
    if entry.cause is not None:
        return CAUSE_NAMES[entry.cause]
    if entry.by is not None:
        return WAY_NAMES[entry.by]
    if entry.until is not None:
        return TrackerError(N_("至%(day)s"), day=entry.until)
    if entry.days is not None:
        return TrackerError(N_("%(n)d 个工作日"), n=entry.days)
    return ""
