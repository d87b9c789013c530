"""An organ's internal limits: running cases follow its settings, finished ones keep those they were sent under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid
from tracker.models import Case, Clock, Organ, StoredEntry
from tracker.services.case_record import NewEntry, append
from tracker.services.clock_upkeep import refresh_clocks
from tracker.services.context import Context
from tracker.services.organs import OrganSettings, change_settings
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

TODAY = date(2026, 11, 23)
RECEIVED, DUE = date(2026, 11, 2), date(2026, 11, 30)
KINDS = ("draft_by", "review_by", "post_by")


@pytest.fixture
def admin(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.administrator, TODAY)


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.clerk, TODAY)


@pytest.fixture
def running(cast: Cast, clerk: Context) -> int:
    return received_case(clerk, cast.organ_ids["MZJ"], RECEIVED, 1)


def settings_of(session: Session, organ_id: int) -> OrganSettings:
    session.rollback()
    organ = session.get_one(Organ, organ_id)
    names = OrganSettings.__dataclass_fields__
    return OrganSettings(**{name: getattr(organ, name) for name in names})


def change(ctx: Context, organ_id: int, **more: object) -> None:
    settings = replace(settings_of(ctx.session, organ_id), **more)  # type: ignore[arg-type]
    version = ctx.session.get_one(Organ, organ_id).version_id
    change_settings(ctx, organ_id, settings, expected_version=version)


def limits(session: Session, case_id: int) -> dict[str, tuple[date | None, bool | None]]:
    session.rollback()
    found = session.scalars(select(Clock).where(Clock.case_id == case_id, Clock.kind.in_(KINDS)))
    return {clock.kind: (clock.due_on, clock.on_time) for clock in found}


def agrees(session: Session) -> bool:
    session.rollback()
    return list(verify_clocks(session, TODAY)) == []


def answer(ctx: Context, case_id: int, on: date) -> None:
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        append(ctx, case, NewEntry(EntryType.DISPATCHED, on, {"by": "post"}))


def test_a_running_case_follows_the_settings_at_once(
    cast: Cast, admin: Context, running: int, session: Session
) -> None:
    assert limits(session, running) == {
        "draft_by": (date(2026, 11, 18), None),
        "review_by": (date(2026, 11, 23), None),
        "post_by": (date(2026, 11, 26), None),
    }
    change(admin, cast.organ_ids["MZJ"], draft_by=6, review_by=4, post_by=0)
    assert limits(session, running) == {
        "draft_by": (date(2026, 11, 20), None),
        "review_by": (date(2026, 11, 24), None),
        "post_by": (DUE, None),
    }
    assert agrees(session)


def test_an_organ_that_gives_up_its_review_loses_that_limit(
    cast: Cast, admin: Context, running: int, session: Session
) -> None:
    change(admin, cast.organ_ids["MZJ"], review_required=False)
    assert set(limits(session, running)) == {"draft_by", "post_by"}
    assert agrees(session)


def test_a_finished_reply_keeps_the_limits_it_was_sent_under(
    cast: Cast, admin: Context, clerk: Context, running: int, session: Session
) -> None:
    answer(clerk, running, date(2026, 11, 23))
    before = limits(session, running)
    assert before["post_by"] == (date(2026, 11, 26), True)
    assert before["draft_by"] == (date(2026, 11, 18), False)
    change(admin, cast.organ_ids["MZJ"], draft_by=2, review_by=1, post_by=1)
    assert limits(session, running) == before
    assert agrees(session)


def test_a_case_from_a_register_that_nobody_took_up_has_none(
    cast: Cast, clerk: Context, running: int, session: Session
) -> None:
    session.execute(update(Case).values(historic=True, handler_id=None))
    session.commit()
    answer(clerk, running, date(2026, 11, 23))
    assert limits(session, running) == {}
    assert session.scalars(select(StoredEntry.details).order_by(StoredEntry.seq.desc())).first() == {
        "by": "post"
    }
    assert agrees(session)


def test_wrong_orders_are_refused_by_verb_and_database(cast: Cast, admin: Context, session: Session) -> None:
    organ_id = cast.organ_ids["MZJ"]
    with pytest.raises(Invalid):
        change(admin, organ_id, draft_by=3, review_by=4)
    with pytest.raises(IntegrityError):
        session.execute(update(Organ).where(Organ.id == organ_id).values(post_by=9))
    session.rollback()


def test_rows_of_an_earlier_version_are_brought_up_to_date_once(
    clerk: Context, running: int, session: Session
) -> None:
    session.execute(update(Clock).values(start_on=None))
    session.commit()
    assert not agrees(session)
    session.rollback()
    assert refresh_clocks(clerk) == 1
    assert agrees(session)
    session.rollback()
    assert refresh_clocks(clerk) == 0
