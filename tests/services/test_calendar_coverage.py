"""A next year that is not loaded: who is reminded, how often, until when; and how far running clocks reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.domain.years import YEAR_2027
from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.year_checks import year_to_load
from tracker.models import Alert, Case
from tracker.queries.readiness import Trouble, count_clocks_beyond, covered_until, degradations
from tracker.services.calendar_coverage import remind_of_missing_year
from tracker.services.calendars import load_year
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LOADED = frozenset(range(2019, 2027))


def reminders(session: Session, *, holding: bool = False) -> list[Alert]:
    session.rollback()
    query = select(Alert).where(Alert.kind == str(AlertKind.CALENDAR_NOTICE)).order_by(Alert.id)
    return [a for a in session.scalars(query) if not holding or a.resolved_at is None]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2027, 6, 1), 2027),
        (date(2025, 12, 1), None),
    ],
)
def test_from_1_november_the_next_year_is_wanted(today: date, wanted: int | None) -> None:
    assert year_to_load(today, LOADED) == wanted


def test_each_administrator_is_reminded_once_a_day_until_the_year_is_loaded(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    assert remind_of_missing_year(ctx_for(SYSTEM, date(2026, 10, 31))) == 0
    first = date(2026, 11, 1)
    for day in (first, first + timedelta(days=1)):
        assert remind_of_missing_year(ctx_for(SYSTEM, day)) == 1
        assert remind_of_missing_year(ctx_for(SYSTEM, day)) == 0, "the same day tells nobody twice"
    told = reminders(session)
    assert {a.recipient_id for a in told} == {cast.administrator.account_id}
    assert [(a.due_on, a.params) for a in told] == [
        (first, {"year": 2027}),
        (first + timedelta(days=1), {"year": 2027}),
    ]
    assert [a.due_on for a in reminders(session, holding=True)] == [first + timedelta(days=1)]

    load_year(ctx_for(SYSTEM, date(2026, 11, 3)), YEAR_2027)
    assert reminders(session, holding=True) == []
    assert remind_of_missing_year(ctx_for(SYSTEM, date(2026, 11, 3))) == 0


def test_clocks_that_reach_beyond_the_loaded_years_are_counted_while_they_run(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    today = date(2026, 12, 4)
    ctx = ctx_for(cast.clerk, today)
    organ = cast.organ_ids["MZJ"]
    received_case(ctx, organ, date(2026, 11, 2), 1)
    last_inside = received_case(ctx, organ, date(2026, 12, 3), 2)
    first_beyond = received_case(ctx, organ, date(2026, 12, 4), 3)
    until = covered_until(session)
    assert until == date(2026, 12, 31)
    assert count_clocks_beyond(session, until) == 1
    stop(ctx, first_beyond)
    assert count_clocks_beyond(session, until) == 0
    assert last_inside


def test_that_is_a_degradation_and_loading_the_year_ends_it(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    today = date(2026, 12, 4)
    ctx = ctx_for(cast.clerk, today)
    received_case(ctx, cast.organ_ids["MZJ"], today)
    found = [each for each in degradations(session, today, ctx.now) if each.clocks is not None]
    assert [(each.trouble, each.year, each.clocks) for each in found] == [(Trouble.CLOCKS_BEYOND, 2026, 1)]
    assert str(found[0]) == "calendar: 1 running clocks reach beyond the loaded years"
    load_year(ctx, YEAR_2027)
    assert {each.trouble for each in degradations(session, today, ctx.now)} == {Trouble.RUNNER_NEVER_RAN}


def stop(ctx: Context, case_id: int) -> None:
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        append(ctx, case, NewEntry(EntryType.DISPATCHED, ctx.today, {"by": "post"}))
