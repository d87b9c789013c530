"""The working-day calendar in force, the same for every process: immutable editions, cached by version and content."""

from __future__ import annotations

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.domain.calendar import WorkCalendar
from tracker.domain.year_edition import SpecialDay, YearEdition
from tracker.models import CalendarDay, CalendarEdition

_KEPT = 64
_Edition = Row[tuple[int, int, str, str | None, object]]
_cache: dict[tuple[int, tuple[str, ...]], WorkCalendar] = {}


def calendar_version(session: Session) -> int:
    """The newest version; 0 while no year is loaded. Read anew each time, so a change is seen at once everywhere."""
    return session.scalar(select(func.max(CalendarEdition.id))) or 0


def current_calendar(session: Session) -> WorkCalendar:
    """The calendar that running clocks are computed with."""
    editions = _editions(session)
    return _calendar_of(session, editions, max((edition.id for edition in editions), default=0))


def calendar_at(session: Session, version: int) -> WorkCalendar:
    """The calendar as it stood at a version: for each year the newest edition not above it."""
    return _calendar_of(session, _editions(session, version), version)


def _calendar_of(session: Session, editions: list[_Edition], version: int) -> WorkCalendar:
    key = (version, tuple(edition.digest for edition in editions))
    calendar = _cache.get(key)
    if calendar is None:
        calendar = WorkCalendar(_with_days(session, editions), version)
        if len(_cache) >= _KEPT:
            _cache.clear()
        _cache[key] = calendar
    return calendar


def _editions(session: Session, version: int | None = None) -> list[_Edition]:
    """The newest edition of each year, of those not above a version."""
    newest = select(func.max(CalendarEdition.id)).group_by(CalendarEdition.year)
    if version is not None:
        newest = newest.where(CalendarEdition.id <= version)
    return list(
        session.execute(
            select(
                CalendarEdition.id,
                CalendarEdition.year,
                CalendarEdition.digest,
                CalendarEdition.notice_number,
                CalendarEdition.notice_on,
            )
            .where(CalendarEdition.id.in_(newest))
            .order_by(CalendarEdition.year)
        )
    )


def _with_days(session: Session, editions: list[_Edition]) -> list[YearEdition]:
    days: dict[int, list[SpecialDay]] = {edition.id: [] for edition in editions}
    for row in session.execute(
        select(CalendarDay.edition_id, CalendarDay.day, CalendarDay.kind, CalendarDay.name)
        .where(CalendarDay.edition_id.in_(days))
        .order_by(CalendarDay.day)
    ):
        days[row.edition_id].append(SpecialDay(row.day, row.kind == "work", row.name))
    return [YearEdition(e.year, tuple(days[e.id]), e.notice_number, e.notice_on) for e in editions]
