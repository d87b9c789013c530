"""Loaded years with their notice, for the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Account, CalendarEdition


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The edition of a year now in force. ``notice_number`` None: 未核. ``loaded_by`` None: came with the program."""

    version: int
    year: int
    notice_number: str | None
    notice_on: date | None
    loaded_at: datetime
    loaded_by: str | None


def list_editions(session: Session) -> Sequence[EditionFacts]:
    """The newest edition of each year, oldest year first."""
    newest = select(func.max(CalendarEdition.id)).group_by(CalendarEdition.year)
    rows = session.execute(
        select(
            CalendarEdition.id,
            CalendarEdition.year,
            CalendarEdition.notice_number,
            CalendarEdition.notice_on,
            CalendarEdition.loaded_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == CalendarEdition.loaded_by_id)
        .where(CalendarEdition.id.in_(newest))
        .order_by(CalendarEdition.year)
    )
    return [EditionFacts(*row) for row in rows]
