"""工作日历: load a year's notice, see first what it would change, replay every running clock when it applies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.adapters.shipped_calendars import shipped_calendar, shipped_editions
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.clock import fold
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarDay, CalendarEdition, Case
from tracker.queries.calendars import calendar_at, calendar_version, current_calendar
from tracker.queries.case_log import read_log
from tracker.services.case_record import NewEntry, append, recompute
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A running case whose due date a calendar changes. None stands for a clock that waits."""

    case_id: int
    number: str
    organ_id: int
    old_due_on: date | None
    new_due_on: date | None
    was_provisional: bool
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class CalendarLoaded:
    """What loading a year did or would do. ``version`` is None where nothing was written."""

    year: int
    version: int | None
    unchanged: bool
    moved: tuple[MovedDate, ...]


def preview_year(ctx: Context, edition: YearEdition) -> CalendarLoaded:
    """What loading this year would change: every running case whose date moves, old and new. Writes nothing."""
    session = ctx.session
    if _is_loaded(session, edition):
        return CalendarLoaded(edition.year, None, True, ())
    version = calendar_version(session)
    with_it = _calendar_with(session, version, edition)
    return CalendarLoaded(edition.year, None, False, tuple(_moves(ctx, with_it)))


def load_year(ctx: Context, edition: YearEdition) -> CalendarLoaded:
    """Load a year as a new edition and replay every running clock in the same transaction.

    Each case whose date moves gets a ``calendar_changed`` entry with the old and the new due date. Runs that have
    stopped keep the version they stopped with. Loading the same content again changes nothing.
    """
    with transaction(ctx) as session:
        seen = preview_year(ctx, edition)
        if seen.unchanged:
            return seen
        version = _store(ctx, edition)
        moved = {move.case_id: move for move in seen.moved}
        for case in _running(session):
            move = moved.get(case.id)
            if move is not None and move.old_due_on != move.new_due_on:
                append(ctx.as_system(), case, _told(ctx, move, version))
            else:
                recompute(ctx, case)
        return replace(seen, version=version)


def load_shipped(ctx: Context) -> int:
    """Load the years that come with the program where no edition of the year is there yet; returns how many."""
    with transaction(ctx) as session:
        known = set(session.scalars(select(CalendarEdition.year)))
        missing = [edition for edition in shipped_editions() if edition.year not in known]
        for edition in missing:
            _store(ctx, edition)
        if missing:
            for case in _running(session):
                recompute(ctx, case)
        return len(missing)


def calendar_at_hand(session: Session) -> WorkCalendar:
    """The installation's calendar; the shipped one where there is no database, no schema, or no year loaded."""
    try:
        if inspect(session.connection()).has_table(CalendarEdition.__tablename__) and calendar_version(
            session
        ):
            return current_calendar(session)
    except SQLAlchemyError:
        session.rollback()
    return shipped_calendar()


def content_digest(edition: YearEdition) -> str:
    """SHA-256 over everything an edition says."""
    lines = [f"{edition.year}|{edition.notice_number or ''}|{edition.notice_on or ''}"]
    lines += [f"{d.day}|{'work' if d.is_workday else 'off'}|{d.name}" for d in edition.days]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _is_loaded(session: Session, edition: YearEdition) -> bool:
    newest = session.scalar(
        select(CalendarEdition.digest)
        .where(CalendarEdition.year == edition.year)
        .order_by(CalendarEdition.id.desc())
        .limit(1)
    )
    return newest == content_digest(edition)


def _store(ctx: Context, edition: YearEdition) -> int:
    row = CalendarEdition(
        year=edition.year,
        notice_number=edition.notice_number,
        notice_on=edition.notice_on,
        digest=content_digest(edition),
        loaded_at=ctx.now,
        loaded_by_id=ctx.actor.account_id,
        days=[
            CalendarDay(day=d.day, kind="work" if d.is_workday else "off", name=d.name) for d in edition.days
        ],
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row.id


def _calendar_with(session: Session, version: int, edition: YearEdition) -> WorkCalendar:
    editions: Iterable[YearEdition] = calendar_at(session, version).editions.values()
    return WorkCalendar([*editions, edition], version + 1)


def _running(session: Session) -> Iterator[Case]:
    yield from session.scalars(select(Case).where(Case.stopped_on.is_(None)).order_by(Case.id))


def _moves(ctx: Context, new: WorkCalendar) -> Iterator[MovedDate]:
    session = ctx.session
    old = current_calendar(session)
    for case in _running(session):
        log = read_log(session, case.id)
        before, after = fold(log, old, ctx.today), fold(log, new, ctx.today)
        if (before.due_on, before.provisional) != (after.due_on, after.provisional):
            yield MovedDate(
                case_id=case.id,
                number=case.number,
                organ_id=case.organ_id,
                old_due_on=before.due_on,
                new_due_on=after.due_on,
                was_provisional=before.provisional,
                is_provisional=after.provisional,
            )


def _told(ctx: Context, move: MovedDate, version: int) -> NewEntry:
    return NewEntry(
        EntryType.CALENDAR_CHANGED,
        ctx.today,
        {
            "version": version,
            "old_due_on": move.old_due_on.isoformat() if move.old_due_on else None,
            "new_due_on": move.new_due_on.isoformat() if move.new_due_on else None,
        },
    )
