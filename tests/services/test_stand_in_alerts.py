"""代岗 and alerts: both are told from the first day through the last, each once, and what is over is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.stand_in_house import FIRST, LAST, TODAY, House
from tracker.adapters.mailer import MemoryMailer
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import OF_A_CLOCK, AlertKind
from tracker.models import Account, Alert, OutboxMessage, StandIn
from tracker.services.alert_stand_ins import shared
from tracker.services.alert_sweep import sweep
from tracker.services.alerts import NewAlert
from tracker.services.chase import answer_chase, chase
from tracker.services.handover import accept_handover, offer_handover
from tracker.services.stand_ins import end_stand_in


@pytest.fixture
def house(cast: Cast, ctx_for: ContextFor, session: Session) -> House:
    return House(cast, ctx_for, session)


# alerts


def test_what_holds_reaches_the_stand_in_on_the_first_day_and_is_over_after_the_last(house: House) -> None:
    house.case()
    house.sweep(TODAY)
    held = house.told("clerk")
    assert held == ["due_today"] or held == ["due_soon"]
    house.name()
    assert house.told("second_clerk") == ["stand_in_named"]
    house.sweep(FIRST - timedelta(0))
    assert set(house.told("clerk")) <= set(house.told("second_clerk"))
    house.session.rollback()
    copies = house.session.scalars(
        select(Alert).where(Alert.recipient_id == house.id("second_clerk"), Alert.case_id.is_not(None))
    ).all()
    assert copies and all(alert.stands_for_id == house.id("clerk") for alert in copies)
    house.sweep(LAST + timedelta(1))
    assert house.told("second_clerk") == ["stand_in_named"]
    assert "overdue" in house.told("clerk")


def test_new_alerts_reach_both_and_running_again_tells_nobody_twice(house: House) -> None:
    house.case()
    house.name()
    assert house.sweep(FIRST) > 0
    before = (house.told("clerk", holding=False), house.told("second_clerk", holding=False))
    assert house.sweep(FIRST) == 0
    assert (house.told("clerk", holding=False), house.told("second_clerk", holding=False)) == before
    house.sweep(LAST)
    assert house.told("clerk") == [k for k in house.told("second_clerk") if k != "stand_in_named"]


def test_a_clock_set_forward_and_back_loses_nothing(house: House) -> None:
    house.case()
    house.name()
    house.sweep(FIRST)
    held = house.told("second_clerk")
    house.sweep(LAST + timedelta(5))
    assert house.told("second_clerk") != held
    house.sweep(LAST)
    assert set(house.told("clerk")) <= set(house.told("second_clerk"))


def test_a_stand_in_who_is_told_as_head_is_told_once_and_keeps_it(house: House) -> None:
    house.case(date(2026, 10, 26))
    house.name("disclosure_head")
    house.sweep(FIRST + timedelta(1))
    house.session.rollback()
    rows = house.session.scalars(
        select(Alert).where(Alert.recipient_id == house.id("disclosure_head"), Alert.case_id.is_not(None))
    ).all()
    assert len(rows) == 1
    house.sweep(LAST + timedelta(1))
    assert "overdue" in house.told("disclosure_head")


def test_slips_reach_both_and_the_stand_in_may_answer(house: House) -> None:
    case_id = house.case(date(2026, 11, 16))
    house.name("approver")
    chase(
        house.ctx("supervisor", FIRST), case_id, text="请说明进度", answer_by_on=LAST, expected_version=None
    )
    assert "chased" in house.told("approver") and "chased" in house.told("clerk")
    slip = house.last_entry(case_id).details["chase_id"]
    ctx = house.ctx("approver", FIRST)
    answer_chase(ctx, case_id, chase_id=slip, text="已拟稿", expected_version=None)
    assert house.last_entry(case_id).details["standing_in_for"] == house.id("clerk")


def test_cases_handed_over_meanwhile_concern_the_stand_in_no_longer(house: House, session: Session) -> None:
    case_id = house.case()
    house.name("approver")
    house.sweep(FIRST)
    assert set(house.told("approver")) - {"stand_in_named"}
    offered = offer_handover(
        house.ctx("clerk", FIRST),
        organ_id=house.organ_id,
        from_id=house.id("clerk"),
        to_id=house.id("second_clerk"),
        case_ids=[case_id],
        reason="长期病假",
    )
    accept_handover(house.ctx("second_clerk", FIRST), offered)
    assert house.told("approver") == ["stand_in_named"]


def test_the_stand_in_who_takes_the_case_over_keeps_its_alerts(house: House) -> None:
    case_id = house.case()
    house.name()
    house.sweep(FIRST)
    offered = offer_handover(
        house.ctx("clerk", FIRST),
        organ_id=house.organ_id,
        from_id=house.id("clerk"),
        to_id=house.id("second_clerk"),
        case_ids=[case_id],
        reason="调离",
    )
    accept_handover(house.ctx("second_clerk", FIRST), offered)
    kept = house.told("second_clerk")
    assert set(kept) - {"stand_in_named"}
    house.session.rollback()
    assert not house.session.scalars(select(Alert.id).where(Alert.stands_for_id.is_not(None))).all()
    end_stand_in(house.ctx("clerk", FIRST), house.session.scalars(select(StandIn.id)).one())
    assert set(house.told("second_clerk")) - {"stand_in_ended"} == set(kept) - {"stand_in_named"}


def test_mail_goes_to_both(house: House, session: Session) -> None:
    """Whatever each has chosen for themselves."""
    for part in ("clerk", "second_clerk"):
        session.get_one(Account, house.id(part)).email = f"{part}@example.gov.cn"
    session.commit()
    house.case()
    house.name()
    system = house.ctx_for(SYSTEM, FIRST)
    sweep(replace(system, adapters=replace(system.adapters, mailer=MemoryMailer())))
    session.rollback()
    mailed = session.scalars(
        select(OutboxMessage.recipient_id)
        .where(OutboxMessage.alert_id.is_not(None))
        .order_by(OutboxMessage.id)
    ).all()
    assert set(mailed) == {house.id("clerk"), house.id("second_clerk")}


PEOPLE = st.integers(1, 6)
ALERTS = st.builds(
    NewAlert,
    recipient_id=PEOPLE,
    kind=st.sampled_from(
        [AlertKind.DUE_SOON, AlertKind.DUE_TODAY, AlertKind.CHASED, AlertKind.REVIEW_WAITING]
    ),
    on=st.just(TODAY),
    case_id=st.sampled_from([None, 1, 2]),
    organ_id=st.sampled_from([1, 2]),
    clock_kind=st.just("reply"),
    run=st.just(1),
    step=st.integers(0, 3),
).map(lambda alert: replace(alert, organ_id=alert.case_id or alert.organ_id))
"""A case is one organ's: here each organ has the one of its number."""
STANDING = st.dictionaries(
    st.tuples(st.sampled_from([1, 2]), st.integers(1, 3)), st.integers(4, 6), max_size=4
)
"""People 1 to 3 may be away, 4 to 6 stand in: nobody does both."""


@given(st.lists(ALERTS, max_size=8), STANDING)
def test_whoever_stands_in_is_told_of_everything_and_nobody_else_of_more(
    wanted: list[NewAlert], standing: dict[tuple[int | None, int], int]
) -> None:
    told = shared(wanted, standing)
    away = [a for a in wanted if a.case_id is not None and (a.organ_id, a.recipient_id) in standing]
    for alert in away:
        there = [a for a in told if a.recipient_id == standing[alert.organ_id, alert.recipient_id]]
        same = [
            a for a in there if (a.case_id, a.kind in OF_A_CLOCK) == (alert.case_id, alert.kind in OF_A_CLOCK)
        ]
        if alert.kind in OF_A_CLOCK:
            assert min(a.step for a in same if a.kind in OF_A_CLOCK) <= alert.step
        else:
            assert any((a.kind, a.step) == (alert.kind, alert.step) for a in same)
    own = [a for a in told if a.stands_for_id is None]
    assert len(own) == len(wanted) and {a.recipient_id for a in own} == {a.recipient_id for a in wanted}
    for copy in told:
        if copy.stands_for_id is not None:
            assert standing[copy.organ_id, copy.stands_for_id] == copy.recipient_id
    assert list(shared(told, standing)) == list(told), "told again, nothing is new"
    assert shared(wanted, {}) is wanted
