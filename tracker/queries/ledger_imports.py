"""Registers handed in, newest first: who, when, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.models import Account, LedgerImport

NEWEST = 50


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One register. ``mine``: the actor handed it in and may look into it."""

    id: int
    filename: str
    started_at: datetime
    by: str | None
    mine: bool
    state: str
    total: int
    imported: int
    continued: int
    rejected: int


def name_of_account(session: Session, account_id: int | None) -> str | None:
    """Who it was, None where nobody signed in did it."""
    return session.scalar(select(Account.name).where(Account.id == account_id))


def list_imports(session: Session, actor: Actor) -> Sequence[ImportLine]:
    """The newest registers, for those who may import; nothing for others."""
    if not actor.may_somewhere(Permission.LEDGER_IMPORT):
        return []
    return newest_imports(session, actor.account_id)


def newest_imports(session: Session, account_id: int | None = None) -> Sequence[ImportLine]:
    """The newest registers for the machine's operator; ``account_id``: whose own ones are marked."""
    rows = session.execute(
        select(LedgerImport, Account.name)
        .outerjoin(Account, Account.id == LedgerImport.imported_by_id)
        .order_by(LedgerImport.id.desc())
        .limit(NEWEST)
    )
    return [
        ImportLine(
            id=record.id,
            filename=record.filename,
            started_at=record.started_at,
            by=name,
            mine=record.imported_by_id is not None and record.imported_by_id == account_id,
            state=record.state,
            total=record.total or record.rows,
            imported=record.imported,
            continued=record.continued,
            rejected=record.rejected,
        )
        for record, name in rows
    ]
