"""Whether the site can serve (database, schema) and what is wrong without keeping it from serving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, literal, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.domain.case_clocks import ClockKind
from tracker.domain.reading import ClockState
from tracker.models import CalendarEdition, Case, Clock, JobHeartbeat
from tracker.queries.planner import end_of_year

RUNNER_SILENCE = timedelta(minutes=10)
"""Jobs leave a heartbeat every minute: so long without one, the runner is silent."""

CALENDAR_HORIZON = timedelta(days=60)
"""How far ahead of today the loaded years must reach."""


class Trouble(StrEnum):
    """What can be wrong while the site goes on serving."""

    RUNNER_NEVER_RAN = "runner_never_ran"
    RUNNER_SILENT = "runner_silent"
    NO_CALENDAR = "no_calendar"
    CALENDAR_ENDS = "calendar_ends"
    CLOCKS_BEYOND = "clocks_beyond"


@dataclass(frozen=True, slots=True)
class Degradation:
    """One trouble with what tells it apart; as text, it is a line for operators. ``year`` is the last one loaded,
    ``clocks`` how many running clocks reach beyond it."""

    trouble: Trouble
    since: datetime | None = None
    year: int | None = None
    clocks: int | None = None

    def __str__(self) -> str:
        if self.trouble is Trouble.RUNNER_NEVER_RAN:
            return "job runner: has never run"
        if self.since is not None:
            return f"job runner: silent since {self.since.isoformat(timespec='seconds')}"
        if self.clocks is not None:
            return f"calendar: {self.clocks} running clocks reach beyond the loaded years"
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


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of one job. ``seconds``: how long it took (None, and not ``succeeded``, while it has not ended)."""

    name: str
    started_at: datetime
    seconds: float | None
    succeeded: bool


def last_runs(session: Session) -> tuple[JobRun, ...]:
    """The last run of every job that ever ran, by name."""
    rows = session.scalars(select(JobHeartbeat).order_by(JobHeartbeat.name))
    return tuple(
        JobRun(
            row.name,
            row.started_at,
            (row.finished_at - row.started_at).total_seconds() if row.finished_at else None,
            bool(row.succeeded),
        )
        for row in rows
    )


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


def covered_until(session: Session) -> date | None:
    """The last day of the newest loaded year; None while nothing is loaded."""
    last_year = session.scalar(select(func.max(CalendarEdition.year)))
    return date(last_year, 12, 31) if last_year is not None else None


def count_clocks_beyond(session: Session, until: date | None) -> int:
    """Running clocks of law with a provisional date after the last loaded day (all of them where none is loaded)."""
    return session.scalar(_clocks_beyond(literal(until or date.min))) or 0


def _clocks_beyond(until: ColumnElement[date]) -> Select[int]:
    return (
        select(func.count())
        .select_from(Clock)
        .where(
            Clock.kind.in_([str(kind) for kind in ClockKind if kind.of_law]),
            Clock.current.is_(True),
            Clock.due_on > until,
            Clock.provisional.is_(True),
            Clock.state == str(ClockState.RUNNING),
        )
    )


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
    return frame_figures(session, today, now, select(literal(0)))[0]


def frame_figures(
    session: Session, today: date, now: datetime, unread: Select[int]
) -> tuple[tuple[Degradation, ...], int]:
    """``degradations`` and one count more, in one statement: every page shows both."""
    year = select(func.max(CalendarEdition.year)).scalar_subquery()
    beyond = _clocks_beyond(end_of_year(year)).scalar_subquery()
    last_beat = select(func.max(JobHeartbeat.started_at)).scalar_subquery()
    last, last_year, clocks, count = session.execute(
        select(last_beat, year, beyond, unread.scalar_subquery())
    ).one()
    return (*_silent_runner(last, now), *_short_calendar(today, last_year, clocks)), count


def _silent_runner(last: datetime | None, now: datetime) -> tuple[Degradation, ...]:
    if last is None:
        return (Degradation(Trouble.RUNNER_NEVER_RAN),)
    if now - last > RUNNER_SILENCE:
        return (Degradation(Trouble.RUNNER_SILENT, since=last),)
    return ()


def _short_calendar(today: date, year: int | None, beyond: int) -> tuple[Degradation, ...]:
    if year is None:
        return (Degradation(Trouble.NO_CALENDAR),)
    until = date(year, 12, 31)
    found = []
    if until < today + CALENDAR_HORIZON:
        found.append(Degradation(Trouble.CALENDAR_ENDS, year=until.year))
    if beyond:
        found.append(Degradation(Trouble.CLOCKS_BEYOND, year=until.year, clocks=beyond))
    return tuple(found)
