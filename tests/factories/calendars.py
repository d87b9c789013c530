"""The shipped years, put into a test's database without going through the verb that loads them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.people import NOW
from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarDay, CalendarEdition


def load_shipped(session: Session) -> None:
    """All shipped years, oldest first, row by row as nearly every test needs them. Commits."""
    ids = session.scalars(
        insert(CalendarEdition).returning(CalendarEdition.id, sort_by_parameter_order=True),
        [values for values, _ in _shipped_rows()],
    )
    days = [
        {**day, "edition_id": edition_id}
        for edition_id, (_, days) in zip(ids, _shipped_rows(), strict=True)
        for day in days
    ]
    session.execute(insert(CalendarDay), days)
    session.commit()


def load_edition(session: Session, edition: YearEdition) -> CalendarEdition:
    """One year as the newest version. Flushes."""
    values, days = _rows(edition)
    row = CalendarEdition(**values, days=[CalendarDay(**day) for day in days])
    session.add(row)
    session.flush()
    return row


@cache
def _shipped_rows() -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [_rows(edition) for edition in shipped_editions()]


def _rows(edition: YearEdition) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    values = {
        "year": edition.year,
        "notice_number": edition.notice_number,
        "notice_on": edition.notice_on,
        "digest": hashlib.sha256(repr(edition).encode()).hexdigest(),
        "loaded_at": NOW,
    }
    days = [{"day": d.day, "kind": "work" if d.is_workday else "off", "name": d.name} for d in edition.days]
    return values, days
