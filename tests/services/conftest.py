"""Verbs are tested with the fixed cast on the shipped calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import Cast, settle
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.actors import Actor
from tracker.services.context import Context, Runtime

ContextFor = Callable[..., Context]


@pytest.fixture
def cast(session: Session) -> Cast:
    """People and organs, with the shipped calendars loaded."""
    load_shipped(session)
    return settle(session)


@pytest.fixture
def ctx_for(session: Session, runtime: Runtime) -> ContextFor:
    """``ctx_for(actor, today)``: the surroundings of a verb on a day, ten in the morning."""

    def make(actor: Actor, today: date = date(2026, 11, 23), own_session: Session | None = None) -> Context:
        now = datetime.combine(today, time(10, 0), SHANGHAI).astimezone(UTC)
        return Context(own_session or session, actor, today, now, runtime.adapters)

    return make
