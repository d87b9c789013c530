"""A replay fills in what an older version did not keep, and changes nothing that is right."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Forbidden
from tracker.models import Case, StoredEntry
from tracker.services.case_record import NewEntry, append
from tracker.services.replay import replay_all
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

TODAY = date(2026, 11, 23)


@pytest.fixture
def answered(cast: Cast, ctx_for: ContextFor) -> int:
    ctx = ctx_for(cast.clerk, TODAY)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2), 1)
    with transaction(ctx) as session:
        append(
            ctx,
            session.get_one(Case, case_id),
            NewEntry(EntryType.ACCEPTED, date(2026, 11, 3)),
            NewEntry(EntryType.DISPATCHED, date(2026, 11, 11), {"by": "post"}),
            NewEntry(EntryType.NOTE_ADDED, date(2026, 11, 12)),
        )
    return case_id


def figures(session: Session, case_id: int) -> tuple[date | None, int | None]:
    session.rollback()
    case = session.get_one(Case, case_id)
    return case.stage_since_on, case.days_used


def test_days_used_and_the_day_of_the_stage_stand_beside_the_log(session: Session, answered: int) -> None:
    assert figures(session, answered) == (date(2026, 11, 11), 7)


def test_a_replay_fills_them_in_and_leaves_the_log(
    session: Session, answered: int, cast: Cast, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(SYSTEM, TODAY)
    digests = session.scalars(select(StoredEntry.digest)).all()
    session.execute(update(Case).values(stage_since_on=None, days_used=None))
    session.commit()
    assert {d.what for d in verify_clocks(session, TODAY)} == {"stage_since", "days_used"}
    session.rollback()
    assert replay_all(ctx) == replay_all(ctx) == 1
    assert figures(session, answered) == (date(2026, 11, 11), 7)
    assert list(verify_clocks(session, TODAY)) == []
    assert session.scalars(select(StoredEntry.digest)).all() == digests


def test_nobody_replays_from_the_pages(cast: Cast, ctx_for: ContextFor, answered: int) -> None:
    with pytest.raises(Forbidden):
        replay_all(ctx_for(cast.administrator, TODAY))
