"""代岗: the period includes both its days, and what is lent is what a handler may and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.actors import Actor, RoleHeld, StoodInFor
from tracker.domain.case_facts import CaseFacts, Fact
from tracker.domain.case_log import EntryType
from tracker.domain.permissions import DISTRICT_WIDE, GRANTS, LENT, STANDING_IN, Permission, Role
from tracker.domain.stages import Stage
from tracker.domain.stand_ins import LONGEST, NOT_THE_HANDLERS, Absence, StandInState, faults_of
from tracker.domain.workflow import Action, allowed_actions

OURS, OTHERS, AWAY, SOMEBODY = 1, 2, 7, 8
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ABSENCES = st.tuples(DAYS, st.integers(0, 40)).map(
    lambda made: Absence(made[0], made[0] + timedelta(made[1]))
)


@given(ABSENCES, DAYS)
def test_it_covers_its_first_day_its_last_and_those_between(absence: Absence, day: date) -> None:
    days = {absence.from_on + timedelta(n) for n in range((absence.to_on - absence.from_on).days + 1)}
    assert absence.covers(day) == (day in days)
    assert absence.covers(absence.from_on) and absence.covers(absence.to_on)
    assert not absence.covers(absence.from_on - timedelta(1))
    assert not absence.covers(absence.to_on + timedelta(1))


@given(ABSENCES, ABSENCES)
def test_periods_overlap_when_they_share_a_day(one: Absence, other: Absence) -> None:
    shared = max(one.from_on, other.from_on) <= min(one.to_on, other.to_on)
    assert one.overlaps(other) == other.overlaps(one) == shared
    assert one.overlaps(one)
    following = Absence(one.to_on + timedelta(1), one.to_on + timedelta(3))
    assert not one.overlaps(following)


@given(ABSENCES, DAYS)
def test_a_day_is_before_within_or_after(absence: Absence, day: date) -> None:
    expected = (
        StandInState.COMING
        if day < absence.from_on
        else StandInState.OVER
        if day > absence.to_on
        else StandInState.CURRENT
    )
    assert absence.state_on(day) is expected
    assert absence.state_on(day, ended=True) is StandInState.ENDED


@pytest.mark.parametrize(
    ("from_on", "to_on", "faulty"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), set()),
        (date(2026, 11, 22), date(2026, 11, 23), {"from_on"}),
        (date(2026, 11, 24), date(2026, 11, 23), {"to_on"}),
        (date(2026, 11, 23), date(2026, 11, 23) + LONGEST - timedelta(1), set()),
        (date(2026, 11, 23), date(2026, 11, 23) + LONGEST, {"to_on"}),
    ],
)
def test_from_today_in_order_and_a_year_at_most(from_on: date, to_on: date, faulty: set[str]) -> None:
    assert set(faults_of(Absence(from_on, to_on), date(2026, 11, 23))) == faulty


def test_what_is_lent_is_what_a_handler_may() -> None:
    assert GRANTS[Role.CLERK] > LENT
    assert not LENT & {Permission.LETTER_REVIEW, Permission.LETTER_SIGN_OFF, Permission.EXTENSION_APPROVE}
    assert not STANDING_IN & DISTRICT_WIDE


@given(
    st.sampled_from(sorted(STANDING_IN)),
    st.sampled_from(sorted(Permission)),
    st.sampled_from([OURS, OTHERS]),
    st.sampled_from([AWAY, SOMEBODY, None]),
)
def test_it_is_lent_for_the_cases_of_the_person_away_alone(
    role: Role, permission: Permission, organ_id: int, handler_id: int | None
) -> None:
    held = frozenset({RoleHeld(role, OURS)})
    alone = Actor(1, "周敏", held)
    standing_in = Actor(1, "周敏", held, frozenset({StoodInFor(AWAY, OURS)}))
    lent = permission in LENT and (organ_id, handler_id) == (OURS, AWAY)
    assert standing_in.may_on(permission, organ_id, handler_id) == (alone.may(permission, organ_id) or lent)
    assert alone.may_on(permission, organ_id, handler_id) == alone.may(permission, organ_id)
    assert standing_in.may(permission, organ_id) == alone.may(permission, organ_id)
    assert standing_in.may_reach(permission) == (alone.may_somewhere(permission) or permission in LENT)


def test_what_other_roles_record_is_never_recorded_in_the_handlers_place() -> None:
    assert {EntryType.SIGNED_OFF, EntryType.REVIEW_APPROVED, EntryType.EXTENDED} <= NOT_THE_HANDLERS
    assert not NOT_THE_HANDLERS & {
        EntryType.ACCEPTED,
        EntryType.DRAFTED,
        EntryType.SUBMITTED,
        EntryType.DISPATCHED,
    }


@pytest.mark.parametrize("role", sorted(STANDING_IN))
@given(st.sampled_from(list(Stage)), st.frozensets(st.sampled_from(list(Fact))))
def test_the_stand_in_is_offered_what_the_handler_is_and_what_their_own_role_gives(
    role: Role, stage: Stage, flags: frozenset[Fact]
) -> None:
    facts = CaseFacts(stage, flags)
    handler = Actor(AWAY, "陈静", frozenset({RoleHeld(Role.CLERK, OURS)}))
    alone = Actor(1, "王国强", frozenset({RoleHeld(role, OURS)}))
    standing_in = Actor(1, "王国强", alone.holdings, frozenset({StoodInFor(AWAY, OURS)}))

    def offered(actor: Actor, handler_id: int | None) -> set[Action]:
        return {offer.action for offer in allowed_actions(facts, actor, OURS, handler_id)}

    assert offered(standing_in, AWAY) == offered(handler, AWAY) | offered(alone, AWAY)
    assert offered(standing_in, SOMEBODY) == offered(alone, SOMEBODY)
    assert offered(standing_in, None) == offered(alone, None)
