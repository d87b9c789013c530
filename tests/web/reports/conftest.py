"""Who registers what the tables count."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tracker.services.context import Context, Runtime


@pytest.fixture
def clerk(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> Context:
    """A clerk on 2 March 2026, with the shipped calendars."""
    load_shipped(session)
    session.rollback()
    clock.set(date(2026, 3, 2))
    return runtime.context(session, people.clerk)
