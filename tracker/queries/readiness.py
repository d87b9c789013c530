"""Whether the site can serve (database, schema) and what is wrong without keeping it from serving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.models import CalendarEdition, Case, JobHeartbeat

RUNNER_SILENCE = timedelta(minutes=10)
CALENDAR_HORIZON = timedelta(days=60)


class Trouble(StrEnum):
    """What can be wrong while the site goes on serving."""

    RUNNER_NEVER_RAN = "runner_never_ran"
    RUNNER_SILENT = "runner_silent"
    NO_CALENDAR = "no_calendar"
    CALENDAR_ENDS = "calendar_ends"


@dataclass(frozen=True, slots=True)
class Degradation:
    """One trouble with what tells it apart; as text, it is a line for operators."""

    trouble: Trouble
    since: datetime | None = None
    year: int | None = None

    def __str__(self) -> str:
        if self.trouble is Trouble.RUNNER_NEVER_RAN:
            return "job runner: has never run"
        if self.since is not None:
            return f"job runner: silent since {self.since.isoformat(timespec='seconds')}"
        if self.year is not None:
            return f"calendar: ends with {self.year}"
        return "calendar: no year is loaded"


@dataclass(frozen=True, slots=True)
class Readiness:
    """``problem`` says why the site cannot serve (None: it can); ``degraded`` names what an operator should look at."""

    problem: str | None
    degraded: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether requests may be sent here."""
        return self.problem is None


def readiness(session: Session, today: date, now: datetime, expected_revision: str | None) -> Readiness:
    """Look at the database, then at what depends on it. Never raises for a database that is away."""
    try:
        revision = _revision(session)
        if revision != expected_revision:
            return Readiness(
                f"migrations: database is at {revision or 'nothing'}, code expects {expected_revision}"
            )
        degraded = tuple(str(found) for found in degradations(session, today, now))
    except SQLAlchemyError as error:
        session.rollback()
        return Readiness(f"database: {type(error).__name__}")
    return Readiness(None, degraded)


def count_open_cases(session: Session) -> int:
    """Cases whose clock has not stopped."""
    return session.scalar(select(func.count()).select_from(Case).where(Case.stopped_on.is_(None))) or 0


def _revision(session: Session) -> str | None:
    session.execute(text("SELECT 1"))
    try:
        revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        session.rollback()
        return None
    return revision


def degradations(session: Session, today: date, now: datetime) -> tuple[Degradation, ...]:
    """What is wrong without keeping the site from serving: nobody is alerted, or dates become provisional soon."""
    return (*_silent_runner(session, now), *_short_calendar(session, today))


def _silent_runner(session: Session, now: datetime) -> tuple[Degradation, ...]:
    last = session.scalar(select(func.max(JobHeartbeat.started_at)))
    if last is None:
        return (Degradation(Trouble.RUNNER_NEVER_RAN),)
    if now - last > RUNNER_SILENCE:
        return (Degradation(Trouble.RUNNER_SILENT, since=last),)
    return ()


def _short_calendar(session: Session, today: date) -> tuple[Degradation, ...]:
    last_year = session.scalar(select(func.max(CalendarEdition.year)))
    if last_year is None:
        return (Degradation(Trouble.NO_CALENDAR),)
    if date(last_year, 12, 31) < today + CALENDAR_HORIZON:
        return (Degradation(Trouble.CALENDAR_ENDS, year=last_year),)
    return ()
