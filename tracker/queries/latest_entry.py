"""What was recorded last on a case: told to a person whose page was out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.case_log import EntryType
from tracker.models import Account, Case, StoredEntry
from tracker.queries.scope import visible_cases


@dataclass(frozen=True, slots=True)
class LatestEntry:
    """``by`` is None for what the system recorded."""

    type: EntryType
    at: datetime
    by: str | None


def find_latest_entry(session: Session, actor: Actor, case_id: int) -> LatestEntry | None:
    """The newest entry of the log."""
    row = session.execute(
        select(StoredEntry.type, StoredEntry.recorded_at, Account.name)
        .outerjoin(Account, Account.id == StoredEntry.actor_id)
        .join(Case, Case.id == StoredEntry.case_id)
        .where(StoredEntry.case_id == case_id, visible_cases(actor))
        .order_by(StoredEntry.seq.desc())
        .limit(1)
    ).first()
    return LatestEntry(EntryType(row.type), row.recorded_at, row.name) if row else None
