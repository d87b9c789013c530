"""Whether the site can serve (database, schema) and what is wrong without keeping it from serving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.models import CalendarEdition, Case, JobHeartbeat

RUNNER_SILENCE = timedelta(minutes=10)
CALENDAR_HORIZON = timedelta(days=60)


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
        degraded = (*_silent_runner(session, now), *_short_calendar(session, today))
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


def _silent_runner(session: Session, now: datetime) -> tuple[str, ...]:
    last = session.scalar(select(func.max(JobHeartbeat.started_at)))
    if last is None:
        return ("job runner: has never run",)
    if now - last > RUNNER_SILENCE:
        return (f"job runner: silent since {last.isoformat(timespec='seconds')}",)
    return ()


def _short_calendar(session: Session, today: date) -> tuple[str, ...]:
    last_year = session.scalar(select(func.max(CalendarEdition.year)))
    if last_year is None:
        return ("calendar: no year is loaded",)
    if date(last_year, 12, 31) < today + CALENDAR_HORIZON:
        return (f"calendar: ends with {last_year}",)
    return ()
