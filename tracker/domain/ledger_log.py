"""The log of a case as one register row tells it: each date an entry of law, with the column it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause
from tracker.domain.ledger_columns import Column
from tracker.domain.order_of_law import RANK


class Ending(StrEnum):
    """How a register's row ends: by a reply, by a lapse (视为放弃), or by the applicant's withdrawal."""

    REPLY = "reply"
    LAPSE = "lapse"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One entry and the column its day stands in."""

    column: Column
    entry: LogEntry


_BEFORE_THE_END: tuple[tuple[Column, EntryType], ...] = (
    (Column.RECEIVED_ON, EntryType.RECEIVED),
    (Column.CORRECTION_REQUESTED_ON, EntryType.CORRECTION_REQUESTED),
    (Column.CORRECTED_ON, EntryType.CORRECTED),
    (Column.CONSULTED_ON, EntryType.SUSPENDED),
    (Column.ANSWERED_ON, EntryType.RESUMED),
    (Column.EXTENDED_ON, EntryType.EXTENDED),
    (Column.FEE_NOTIFIED_ON, EntryType.FEE_NOTIFIED),
    (Column.FEE_PAID_ON, EntryType.FEE_PAID),
)

_ENDS: dict[Ending | None, tuple[tuple[Column, EntryType], ...]] = {
    None: (),
    Ending.LAPSE: ((Column.REPLIED_ON, EntryType.ABANDONED),),
    Ending.WITHDRAWAL: ((Column.REPLIED_ON, EntryType.WITHDRAWN),),
    Ending.REPLY: ((Column.REPLIED_ON, EntryType.DISPATCHED), (Column.DELIVERED_ON, EntryType.DELIVERED)),
}


def clock_entries(
    dates: Mapping[Column, date],
    *,
    cause: SuspensionCause | None,
    days: int | None,
    ending: Ending | None,
    way: DispatchWay | None,
) -> tuple[DatedEntry, ...]:
    """The clock's entries of a row, in the order in which they take effect, numbered from 1.

    答复日期 is the day handed to the post or released; by hand the day in 送达日期 stops the clock. A lapse or a
    withdrawal stops it on 答复日期, without a due date.
    """
    told = [(column, kind) for column, kind in _BEFORE_THE_END + _ENDS[ending] if column in dates]
    told.sort(key=lambda each: (dates[each[0]], RANK[each[1]]))
    return tuple(
        DatedEntry(
            column,
            LogEntry(
                kind,
                dates[column],
                seq,
                cause=cause if kind is EntryType.SUSPENDED else None,
                days=days if kind is EntryType.EXTENDED else None,
                by=way if kind is EntryType.DISPATCHED else None,
            ),
        )
        for seq, (column, kind) in enumerate(told, start=1)
    )
