"""One case of 区民政局, received on 10 September 2026 and due on 14 October."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Case, StoredEntry
from tracker.services.acceptance import accept
from tracker.services.context import Context, Runtime

RECEIVED, TODAY = date(2026, 9, 10), date(2026, 11, 23)


@dataclass
class Desk:
    """A case, and people who send its forms."""

    session: Session
    sign_in: SignIn
    runtime: Runtime
    people: Cast
    case_id: int

    @property
    def version(self) -> int:
        self.session.rollback()
        return self.session.get_one(Case, self.case_id).version_id

    @property
    def case(self) -> Case:
        self.session.rollback()
        return self.session.get_one(Case, self.case_id)

    @property
    def entry_types(self) -> list[str]:
        self.session.rollback()
        query = select(StoredEntry.type).where(StoredEntry.case_id == self.case_id).order_by(StoredEntry.seq)
        return list(self.session.scalars(query))

    def context(self, part: str) -> Context:
        self.session.rollback()
        return self.runtime.context(self.session, self.people.actors[part])

    def url(self, action: str) -> str:
        return f"/cases/{self.case_id}/actions/{action}"

    def send(self, part: str, action: str, version: int | None = None, **fields: Any) -> TestResponse:
        seen = self.version if version is None else version
        return self.sign_in(part).post(self.url(action), data={"version": seen, **fields})


@pytest.fixture
def desk(people: Cast, session: Session, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    """The case, accepted on the day it came, seen on 23 November."""
    clock.set(TODAY)
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    case_id = received_case(ctx, people.organ_ids["MZJ"], RECEIVED)
    accept(ctx, case_id, on=RECEIVED, expected_version=None)
    session.rollback()
    return Desk(session, sign_in, runtime, people, case_id)
