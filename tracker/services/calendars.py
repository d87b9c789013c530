"""工作日历: load a year's notice, see first what it would change, replay every running clock when it applies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.adapters.shipped_calendars import shipped_calendar, shipped_editions
from tracker.domain.calendar import WorkCalendar
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarDay, CalendarEdition
from tracker.queries.calendar_moves import MovedClock, iter_moves
from tracker.queries.calendars import calendar_version, current_calendar
from tracker.services.calendar_coverage import settle_reminders
from tracker.services.calendar_replay import replay_running
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class CalendarLoaded:
    """What loading a year did or would do. ``version`` is None where nothing was written; ``moved`` names running
    clocks whose date moves or is no longer (or newly) provisional."""

    year: int
    version: int | None
    unchanged: bool
    moved: tuple[MovedClock, ...]


def preview_year(ctx: Context, edition: YearEdition) -> CalendarLoaded:
    """What loading this year would change: every running clock whose date moves, old and new. Writes nothing."""
    session = ctx.session
    if is_loaded(session, edition):
        return CalendarLoaded(edition.year, None, True, ())
    old = current_calendar(session)
    moved = tuple(iter_moves(session, old, calendar_with(old, edition), ctx.today))
    return CalendarLoaded(edition.year, None, False, moved)


def load_year(ctx: Context, edition: YearEdition) -> CalendarLoaded:
    """Load a year as a new edition and replay every running clock in the same transaction.

    Each case of which a date moves gets a ``calendar_changed`` entry with the old and the new due date, and its
    handler is told. Runs that have stopped keep the version they stopped with. Loading the same content again
    changes nothing.
    """
    with transaction(ctx, replacing_calendar=True):
        seen = preview_year(ctx, edition)
        if seen.unchanged:
            return seen
        row = store_edition(ctx, edition)
        row.cases_moved = replay_running(ctx, edition, seen.moved)
        settle_reminders(ctx, edition.year)
        return CalendarLoaded(edition.year, row.id, False, seen.moved)


def load_shipped(ctx: Context) -> int:
    """Load the years that come with the program where no edition of the year is there yet; returns how many."""
    with transaction(ctx, replacing_calendar=True) as session:
        known = set(session.scalars(select(CalendarEdition.year)))
        missing = [edition for edition in shipped_editions() if edition.year not in known]
        for edition in missing:
            store_edition(ctx, edition)
        if missing:
            replay_running(ctx)
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


def is_loaded(session: Session, edition: YearEdition) -> bool:
    """Whether the newest edition of the year says exactly this."""
    newest = session.scalar(
        select(CalendarEdition.digest)
        .where(CalendarEdition.year == edition.year)
        .order_by(CalendarEdition.id.desc())
        .limit(1)
    )
    return newest == content_digest(edition)


def calendar_with(calendar: WorkCalendar, edition: YearEdition) -> WorkCalendar:
    """A calendar with one year as this edition has it, before it is stored."""
    return WorkCalendar([*calendar.editions.values(), edition], calendar.version + 1)


def store_edition(ctx: Context, edition: YearEdition) -> CalendarEdition:
    """The edition as a new row, from then on the calendar in force. Only inside a transaction that replays."""
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
    return row
