"""The robot of the whole district: what is overdue, and 督办, of every organ, beside the organs' own robots."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.delivery import RefusedForGood
from tracker.adapters.robots import MemoryRobots, Robot
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import AlertKind, Channel, OutboxState
from tracker.domain.errors import Conflict, Forbidden, NotFound
from tracker.domain.robots import TOLD_BY_ROBOT, TOLD_TO_DISTRICT
from tracker.models import Alert, Case, Chase, DistrictRobot, OutboxMessage
from tracker.queries.outbox import list_outbox
from tracker.services.alert_sweep import sweep
from tracker.services.alerts import tell
from tracker.services.chase import answer_chase, chase
from tracker.services.context import Context
from tracker.services.outbox import deliver
from tracker.services.robot_settings import read_robot, remove_robot, send_test, set_robot

TODAY = date(2026, 11, 23)
DISTRICT_GROUP = Robot(
    Channel.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=d1strict", "SECdd"
)
ORGANS_GROUP = Robot(Channel.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=0rgan", "SECoo")


@pytest.fixture
def admin(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.administrator, TODAY)


@pytest.fixture
def district(admin: Context) -> None:
    set_robot(admin, None, DISTRICT_GROUP, expected_version=0)


def posts(session: Session) -> list[tuple[str, bool]]:
    """What is written for robots: the kind of alert, and whether it goes to the district's group."""
    session.rollback()
    rows = session.execute(
        select(Alert.kind, OutboxMessage.of_district)
        .join(OutboxMessage, OutboxMessage.alert_id == Alert.id)
        .where(OutboxMessage.channel != str(Channel.EMAIL))
        .order_by(OutboxMessage.id)
    )
    return [(kind, of_district) for kind, of_district in rows]


@pytest.mark.parametrize("kind", AlertKind)
def test_the_district_is_told_what_is_overdue_and_of_slips(
    district: None, cast: Cast, ctx_for: ContextFor, session: Session, kind: AlertKind
) -> None:
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], TODAY)
    people = [cast.clerk.account_id, cast.disclosure_head.account_id]
    tell(ctx_for(SYSTEM, TODAY), people, kind, on=TODAY, case=session.get_one(Case, case_id))
    assert posts(session) == ([(kind, True)] if kind in TOLD_TO_DISTRICT else [])


def test_both_groups_are_told_once_each_also_by_robots_of_one_vendor(
    district: None, admin: Context, cast: Cast, ctx_for: ContextFor, session: Session, robots: MemoryRobots
) -> None:
    set_robot(admin, cast.organ_ids["MZJ"], ORGANS_GROUP, expected_version=0)
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 10, 19))
    chase(
        ctx_for(cast.supervisor, TODAY),
        case_id,
        text="请说明进度",
        answer_by_on=TODAY + timedelta(2),
        expected_version=None,
    )
    sweep(ctx_for(SYSTEM, TODAY))
    sweep(ctx_for(SYSTEM, TODAY))
    written = posts(session)
    assert sorted(written) == sorted(
        (kind, of_district) for kind in ("chased", "overdue") for of_district in (False, True)
    )
    assert AlertKind.CHASED in TOLD_BY_ROBOT
    assert deliver(ctx_for(SYSTEM, TODAY)).sent == 4
    to_district = [post for post in robots.sent if post.robot == DISTRICT_GROUP]
    assert len(to_district) == 2 and all("椒江区民政局" in post.text for post in to_district)
    assert all("救助资金" not in post.text for post in robots.sent)


def test_of_every_organ_and_when_the_slip_is_answered(
    district: None, cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    for organ, clerk in (("MZJ", cast.clerk), ("CZJ", cast.colleague)):
        received_case(ctx_for(clerk, TODAY), cast.organ_ids[organ], date(2026, 10, 19))
    sweep(ctx_for(SYSTEM, TODAY))
    assert posts(session) == [("overdue", True), ("overdue", True)]
    case_id = session.scalars(select(Case.id).order_by(Case.id).limit(1)).one()
    session.rollback()
    chase(ctx_for(cast.supervisor, TODAY), case_id, text="?", answer_by_on=TODAY, expected_version=None)
    slip = session.scalars(select(Chase.id)).one()
    answer_chase(ctx_for(cast.clerk, TODAY), case_id, chase_id=slip, text="已拟稿", expected_version=None)
    assert posts(session)[2:] == [("chased", True), ("chase_answered", True)]


def test_slips_wait_for_the_morning_by_the_districts_own_hours(
    district: None, admin: Context, cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], TODAY)
    late = ctx_for(SYSTEM, TODAY)
    late = late.on(TODAY, late.now + timedelta(hours=11))
    for kind in (AlertKind.CHASED, AlertKind.OVERDUE):
        case = session.get_one(Case, case_id)
        tell(late, [cast.clerk.account_id], kind, on=TODAY, case=case, params={"number": "1"})
    assert deliver(late).sent == 1
    assert deliver(late.on(TODAY, late.now + timedelta(hours=11))).sent == 1


def test_stopped_changed_and_removed(
    district: None, admin: Context, cast: Cast, ctx_for: ContextFor, session: Session, robots: MemoryRobots
) -> None:
    session.rollback()
    row = session.get_one(DistrictRobot, "district")
    assert row.robot_cipher is not None and b"d1strict" not in row.robot_cipher
    assert (read_robot(admin, None).host, read_robot(admin, None).version) == ("oapi.dingtalk.com", 1)
    with pytest.raises(Conflict):
        set_robot(admin, None, ORGANS_GROUP, expected_version=0)
    send_test(admin, None)
    assert "全区各机关" in robots.sent[-1].text
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 10, 19))
    assert case_id
    sweep(ctx_for(SYSTEM, TODAY))
    remove_robot(admin, None, expected_version=1)
    assert read_robot(admin, None).channel is None
    deliver(ctx_for(SYSTEM, TODAY))
    session.rollback()
    (message,) = session.scalars(select(OutboxMessage)).all()
    assert (message.state, message.last_error) == ("cancelled", "there is no robot any more")
    with pytest.raises(NotFound):
        send_test(admin, None)


def test_who_may_and_how_a_failure_is_listed(
    district: None, cast: Cast, ctx_for: ContextFor, session: Session, robots: MemoryRobots
) -> None:
    for part in ("supervisor", "disclosure_head", "auditor"):
        with pytest.raises(Forbidden):
            read_robot(ctx_for(cast.actors[part], TODAY), None)
        with pytest.raises(Forbidden):
            set_robot(ctx_for(cast.actors[part], TODAY), None, ORGANS_GROUP, expected_version=1)
    received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 10, 19))
    sweep(ctx_for(SYSTEM, TODAY))
    robots.failures.append(RefusedForGood("errcode 310000: sign not match"))
    deliver(ctx_for(SYSTEM, TODAY))
    (row,) = list_outbox(session, OutboxState.DEAD).rows
    assert row.of_district and row.recipient == ""
