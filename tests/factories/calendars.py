"""The shipped years, put into a test's database without going through the verb that loads them."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from tests.people import NOW
from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarDay, CalendarEdition


def load_shipped(session: Session) -> None:
    """All shipped years, oldest first. Commits."""
    for edition in shipped_editions():
        load_edition(session, edition)
    session.commit()


def load_edition(session: Session, edition: YearEdition) -> CalendarEdition:
    """One year as the newest version. Flushes."""
    row = CalendarEdition(
        year=edition.year,
        notice_number=edition.notice_number,
        notice_on=edition.notice_on,
        digest=hashlib.sha256(repr(edition).encode()).hexdigest(),
        loaded_at=NOW,
        days=[
            CalendarDay(day=d.day, kind="work" if d.is_workday else "off", name=d.name) for d in edition.days
        ],
    )
    session.add(row)
    session.flush()
    return row
