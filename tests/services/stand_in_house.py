"""区民政局 while one of its clerks is away: what tests of stand-ins are told with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM, Actor
from tracker.models import Alert, StoredEntry
from tracker.queries.stand_ins import standing_in
from tracker.services.acceptance import assign
from tracker.services.alert_sweep import sweep
from tracker.services.context import Context
from tracker.services.stand_ins import NewStandIn, name_stand_in

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 11, 24), date(2026, 11, 27)


class House:
    """区民政局 on a day, with the clerk 陈静 away and a colleague in her place."""

    def __init__(self, cast: Cast, ctx_for: ContextFor, session: Session) -> None:
        self.cast, self.ctx_for, self.session = cast, ctx_for, session
        self.organ_id = cast.organ_ids["MZJ"]

    def id(self, part: str) -> int:
        account_id = self.cast.actors[part].account_id
        assert account_id is not None
        return account_id

    def case(self, received_on: date = date(2026, 10, 26), serial: int = 1, handler: str = "clerk") -> int:
        case_id = received_case(self.ctx_for(self.cast.clerk), self.organ_id, received_on, serial)
        self.session.commit()
        ctx = self.ctx_for(self.cast.clerk)
        assign(ctx, case_id, handler_id=self.id(handler), expected_version=None)
        return case_id

    def name(
        self,
        stand_in: str = "second_clerk",
        *,
        away: str = "clerk",
        by: str = "clerk",
        first: date = FIRST,
        last: date = LAST,
        organ: str = "MZJ",
        on: date = TODAY,
    ) -> int:
        wanted = NewStandIn(self.cast.organ_ids[organ], self.id(away), self.id(stand_in), first, last)
        return name_stand_in(self.ctx_for(self.cast.actors[by], on), wanted)

    def person(self, part: str, on: date) -> Actor:
        self.session.rollback()
        return standing_in(self.session, self.cast.actors[part], on)

    def ctx(self, part: str, on: date) -> Context:
        return self.ctx_for(self.person(part, on), on)

    def sweep(self, on: date) -> int:
        return sweep(self.ctx_for(SYSTEM, on)).told

    def told(self, part: str, *, holding: bool = True) -> list[str]:
        self.session.rollback()
        query = select(Alert.kind).where(Alert.recipient_id == self.id(part))
        if holding:
            query = query.where(Alert.resolved_at.is_(None))
        return sorted(self.session.scalars(query))

    def last_entry(self, case_id: int) -> StoredEntry:
        self.session.rollback()
        query = select(StoredEntry).where(StoredEntry.case_id == case_id).order_by(StoredEntry.seq.desc())
        return self.session.scalars(query.limit(1)).one()
