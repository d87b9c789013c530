"""A case at the stage an act begins from, and what stands in the database afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import Actor
from tracker.models import Case, Clock, EntryText, StoredEntry
from tracker.services.acceptance import accept
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

RECEIVED = date(2026, 9, 10)
SEVENTH, EIGHTH = date(2026, 9, 20), date(2026, 9, 21)
"""7th and 8th working day after receipt: Sunday 20 September is a make-up day."""
DUE, DAY_AFTER_DUE = date(2026, 10, 14), date(2026, 10, 15)


@dataclass
class File:
    """One case under test, read anew each time."""

    session: Session
    id: int

    @property
    def case(self) -> Case:
        self.session.rollback()
        return self.session.get_one(Case, self.id)

    @property
    def version(self) -> int:
        return self.case.version_id

    @property
    def clock(self) -> Clock:
        self.session.rollback()
        query = select(Clock).where(Clock.case_id == self.id, Clock.kind == "reply", Clock.current)
        return self.session.scalars(query).one()

    def small_clock(self, kind: str) -> Clock:
        self.session.rollback()
        return self.session.scalars(select(Clock).where(Clock.case_id == self.id, Clock.kind == kind)).one()

    @property
    def entries(self) -> list[StoredEntry]:
        self.session.rollback()
        query = select(StoredEntry).where(StoredEntry.case_id == self.id).order_by(StoredEntry.seq)
        return list(self.session.scalars(query))

    @property
    def last(self) -> StoredEntry:
        return self.entries[-1]

    @property
    def last_text(self) -> str | None:
        text_id = self.last.text_id
        return self.session.get_one(EntryText, text_id).text if text_id else None


OpenFile = Callable[..., File]


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    """The clerk of 区民政局 on 23 November 2026."""
    return ctx_for(cast.clerk)


@pytest.fixture
def head(cast: Cast, ctx_for: ContextFor) -> Context:
    """The head of its disclosure office."""
    return ctx_for(cast.disclosure_head)


@pytest.fixture
def registered(clerk: Context, cast: Cast, session: Session) -> File:
    """Received on 10 September, due on 14 October, not accepted yet."""
    return File(session, received_case(clerk, cast.organ_ids["MZJ"], RECEIVED))


@pytest.fixture
def accepted(clerk: Context, registered: File) -> File:
    """The same, accepted on the day it came."""
    accept(clerk, registered.id, on=RECEIVED, expected_version=registered.version)
    return registered


def happen(ctx: Context, file: File, *entries: NewEntry, reason: str | None = None) -> None:
    """Put entries into the log without a verb: what other rooms record."""
    with transaction(ctx) as session:
        case = session.get_one(Case, file.id)
        append(ctx, case, *entries, reason=reason)


def all_but(cast: Cast, *parts: str) -> list[Actor]:
    """Everybody of the cast but these."""
    return [actor for part, actor in cast.actors.items() if part not in parts]
