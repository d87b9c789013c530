"""An organ's alert policy: kept, checked, and followed by its running clocks at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.models import Alert, Clock
from tracker.queries.alert_policies import kept_policy
from tracker.services.alert_policies import change_policy, follow_default
from tracker.services.alert_sweep import sweep
from tracker.services.context import Context
from tracker.services.verification import verify_clocks

RECEIVED = date(2026, 9, 10)
EIGHT_AHEAD = date(2026, 9, 28)
EARLY = replace(DEFAULT_POLICY, ahead=(9, 1), overdue_every=1, quiet_from=18)


@pytest.fixture
def organ_id(cast: Cast) -> int:
    return cast.organ_ids["MZJ"]


@pytest.fixture
def admin(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.administrator, EIGHT_AHEAD)


def told(session: Session) -> list[tuple[str, int]]:
    session.rollback()
    rows = session.execute(select(Alert.kind, Alert.step).where(Alert.clock_kind == "reply"))
    return [(kind, step) for kind, step in rows]


def test_what_was_set_is_read_back_and_the_default_can_be_followed_again(
    admin: Context, organ_id: int, session: Session
) -> None:
    assert kept_policy(session, organ_id).version == 0
    change_policy(admin, organ_id, EARLY, expected_version=0)
    assert (kept_policy(session, organ_id).policy, kept_policy(session, organ_id).version) == (EARLY, 1)
    follow_default(admin, organ_id, expected_version=1)
    assert kept_policy(session, organ_id).policy == DEFAULT_POLICY


def test_running_clocks_are_looked_at_again_and_those_of_other_organs_are_not(
    admin: Context, organ_id: int, cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    case_id = received_case(ctx_for(cast.clerk, RECEIVED), organ_id, RECEIVED)
    system = ctx_for(SYSTEM, EIGHT_AHEAD)
    sweep(system)
    assert told(session) == []
    change_policy(admin, cast.organ_ids["CZJ"], EARLY, expected_version=0)
    sweep(system)
    assert told(session) == []
    change_policy(admin, organ_id, EARLY, expected_version=0)
    sweep(system)
    sweep(system)
    assert told(session) == [("due_soon", 9)]
    session.rollback()
    reply = session.scalars(select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply")).one()
    assert reply.next_alert_on == date(2026, 10, 13)
    assert list(verify_clocks(session, EIGHT_AHEAD)) == []


@pytest.mark.parametrize("policy", [replace(DEFAULT_POLICY, overdue_every=0), AlertPolicy(ahead=())])
def test_what_cannot_be_set_changes_nothing(
    admin: Context, organ_id: int, session: Session, policy: AlertPolicy
) -> None:
    with pytest.raises(Invalid):
        change_policy(admin, organ_id, policy, expected_version=0)
    session.rollback()
    assert kept_policy(session, organ_id).version == 0


def test_two_administrators_meet_as_a_conflict(admin: Context, organ_id: int) -> None:
    change_policy(admin, organ_id, EARLY, expected_version=0)
    with pytest.raises(Conflict):
        change_policy(admin, organ_id, EARLY, expected_version=0)
    with pytest.raises(Conflict):
        follow_default(admin, organ_id, expected_version=0)


def test_the_administrator_alone_and_an_organ_that_is_there(
    admin: Context, organ_id: int, cast: Cast, ctx_for: ContextFor
) -> None:
    for actor in (cast.clerk, cast.supervisor, cast.disclosure_head):
        with pytest.raises(Forbidden):
            change_policy(ctx_for(actor), organ_id, EARLY, expected_version=0)
    with pytest.raises(NotFound):
        change_policy(admin, 4711, EARLY, expected_version=0)
