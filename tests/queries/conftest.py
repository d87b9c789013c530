"""Cases of the fixed cast in several states, on a fixed Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import Cast, settle
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context, Runtime

MONDAY = date(2026, 11, 23)


@pytest.fixture
def cast(session: Session) -> Cast:
    """People and organs, with the shipped calendars."""
    load_shipped(session)
    return settle(session)


@pytest.fixture
def calendar(session: Session, cast: Cast) -> WorkCalendar:
    """The calendar in force."""
    return current_calendar(session)


@pytest.fixture
def ctx(session: Session, runtime: Runtime, cast: Cast) -> Context:
    """The clerk at work on that Monday."""
    return context_of(cast.clerk, session, runtime)


def context_of(actor: Actor, session: Session, runtime: Runtime) -> Context:
    """Another person's surroundings on the same day."""
    now = datetime.combine(MONDAY, time(10, 0), SHANGHAI).astimezone(UTC)
    return Context(session, actor, MONDAY, now, runtime.adapters)
