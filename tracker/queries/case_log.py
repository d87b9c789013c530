"""The stored log of a case as the domain reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_log import LogEntry, entry_from_stored
from tracker.models import StoredEntry


def read_log(session: Session, case_id: int) -> list[LogEntry]:
    """All entries in the order they were recorded."""
    rows = session.execute(
        select(
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.seq,
            StoredEntry.calendar_version,
            StoredEntry.details,
        )
        .where(StoredEntry.case_id == case_id)
        .order_by(StoredEntry.seq)
    )
    return [as_entry(*row) for row in rows]


def read_logs(session: Session, case_ids: Sequence[int]) -> dict[int, list[LogEntry]]:
    """Logs of many cases in one query."""
    logs: dict[int, list[LogEntry]] = {case_id: [] for case_id in case_ids}
    rows = session.execute(
        select(
            StoredEntry.case_id,
            StoredEntry.type,
            StoredEntry.happened_on,
            StoredEntry.seq,
            StoredEntry.calendar_version,
            StoredEntry.details,
        )
        .where(StoredEntry.case_id.in_(case_ids))
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    )
    for case_id, *rest in rows:
        logs[case_id].append(as_entry(*rest))
    return logs


def as_entry(
    type_: str, on: date, seq: int, calendar_version: int | None, details: dict[str, Any]
) -> LogEntry:
    """One stored row as a domain entry; clock fields (cause, ref, days, by, until) are kept in ``details``."""
    return entry_from_stored(type_, on, seq, calendar_version, details)


def stored(rows: Iterable[StoredEntry]) -> list[LogEntry]:
    """Loaded rows as domain entries."""
    return [as_entry(r.type, r.happened_on, r.seq, r.calendar_version, r.details) for r in rows]
