"""The robot of an organ: sealed, checked, tried; one post for what a group is told, held and repeated like a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.cipher import AesCipher
from tracker.adapters.delivery import DeliveryError, RefusedForGood, TooFast
from tracker.adapters.links import Links
from tracker.adapters.robots import MemoryRobots, NoRobots, Robot
from tracker.domain.actors import SYSTEM
from tracker.domain.alert_policy import DEFAULT_POLICY
from tracker.domain.alerts import AlertKind, Channel, OutboxState
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.robots import A_MINUTE
from tracker.models import Alert, AlertPolicy, Case, OutboxMessage
from tracker.queries.alert_policies import kept_policy
from tracker.queries.outbox import list_outbox
from tracker.services.alert_policies import change_policy
from tracker.services.alerts import ClockKey, tell
from tracker.services.context import Context
from tracker.services.outbox import MOST_ATTEMPTS, deliver
from tracker.services.robot_settings import read_robot, remove_robot, send_test, set_robot

TODAY, DUE = date(2026, 10, 13), date(2026, 10, 14)
REPLY = ClockKey("reply", 1)
DINGTALK = Robot(Channel.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=t0ken", "SECabc")
WECOM = Robot(Channel.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k3y")


@pytest.fixture
def organ_id(cast: Cast) -> int:
    return cast.organ_ids["MZJ"]


@pytest.fixture
def admin(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.administrator, TODAY)


@pytest.fixture
def system(ctx_for: ContextFor) -> Context:
    ctx = ctx_for(SYSTEM, TODAY)
    return replace(ctx, adapters=replace(ctx.adapters, links=Links("https://tracker.test")))


@pytest.fixture
def case_id(cast: Cast, ctx_for: ContextFor, organ_id: int, admin: Context) -> int:
    """A case of an organ that has a DingTalk robot."""
    set_robot(admin, organ_id, DINGTALK, expected_version=0)
    return received_case(ctx_for(cast.clerk, TODAY), organ_id, date(2026, 9, 10))


def told(
    ctx: Context, cast: Cast, case_id: int, kind: AlertKind = AlertKind.DUE_SOON, on: date = DUE
) -> None:
    people = [cast.clerk.account_id, cast.disclosure_head.account_id]
    tell(ctx, people, kind, on=on, case=ctx.session.get_one(Case, case_id), clock=REPLY, params={"left": 1})


def posts(session: Session) -> list[OutboxMessage]:
    session.rollback()
    wanted = OutboxMessage.channel.in_(["dingtalk", "wecom"])
    return list(session.scalars(select(OutboxMessage).where(wanted).order_by(OutboxMessage.id)))


def later(ctx: Context, minutes: int) -> Context:
    return ctx.on(ctx.today, ctx.now + timedelta(minutes=minutes))


def test_keys_are_sealed_and_never_shown(admin: Context, organ_id: int, session: Session) -> None:
    set_robot(admin, organ_id, DINGTALK, expected_version=0)
    session.rollback()
    row = session.get_one(AlertPolicy, organ_id)
    assert row.robot_cipher is not None
    assert b"t0ken" not in row.robot_cipher and b"SECabc" not in row.robot_cipher
    known = read_robot(admin, organ_id)
    assert (known.channel, known.host, known.signs, known.version) == (
        Channel.DINGTALK,
        "oapi.dingtalk.com",
        True,
        1,
    )
    assert kept_policy(session, organ_id).policy == DEFAULT_POLICY


def test_policy_and_robot_do_not_undo_each_other(admin: Context, organ_id: int, session: Session) -> None:
    early = replace(DEFAULT_POLICY, ahead=(9,))
    change_policy(admin, organ_id, early, expected_version=0)
    set_robot(admin, organ_id, WECOM, expected_version=1)
    assert kept_policy(session, organ_id).policy == early
    session.rollback()
    change_policy(admin, organ_id, DEFAULT_POLICY, expected_version=2)
    assert read_robot(admin, organ_id).channel is Channel.WECOM
    remove_robot(admin, organ_id, expected_version=3)
    assert read_robot(admin, organ_id).channel is None


@pytest.mark.parametrize(
    ("robot", "field"),
    [
        (replace(DINGTALK, address="http://oapi.dingtalk.com/robot/send?access_token=t"), "address"),
        (replace(DINGTALK, address="https://evil.test/robot/send?access_token=t"), "address"),
        (replace(DINGTALK, address="https://oapi.dingtalk.com/robot/send"), "address"),
        (replace(DINGTALK, address=DINGTALK.address + "x" * 500), "address"),
        (replace(WECOM, address=DINGTALK.address), "address"),
        (replace(WECOM, channel=Channel.EMAIL), "channel"),
    ],
)
def test_what_cannot_be_a_robot(admin: Context, organ_id: int, robot: Robot, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        set_robot(admin, organ_id, robot, expected_version=0)
    assert list(caught.value.fields) == [field]


def test_who_may_and_what_must_be_there(
    admin: Context, organ_id: int, cast: Cast, ctx_for: ContextFor
) -> None:
    head = ctx_for(cast.disclosure_head, TODAY)
    for act in (
        lambda: set_robot(head, organ_id, WECOM, expected_version=0),
        lambda: remove_robot(head, organ_id, expected_version=0),
        lambda: send_test(head, organ_id),
        lambda: read_robot(head, organ_id),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(NotFound):
        set_robot(admin, 4711, WECOM, expected_version=0)
    with pytest.raises(NotFound):
        send_test(admin, organ_id)
    with pytest.raises(Conflict):
        set_robot(admin, organ_id, WECOM, expected_version=7)


def test_a_group_is_told_once_what_two_people_are_told(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    told(system, cast, case_id)
    assert len(session.scalars(select(Alert)).all()) == 2
    assert [(post.channel, post.recipient_id) for post in posts(session)] == [("dingtalk", None)]
    assert (deliver(system).sent, deliver(later(system, 9)).sent) == (1, 0)
    (post,) = robots.sent
    number = session.get_one(Case, case_id).number
    assert (post.robot, post.title) == (DINGTALK, f"【临期】{number}")
    assert post.text.split("\n\n") == [
        f"**【临期】{number}**",
        "答复期限临近：2026年10月14日（周三）到期，还剩 1 个工作日。",
        "椒江区民政局，待初审",
        f"[办理](https://tracker.test/cases/{case_id})",
    ]


@pytest.mark.parametrize("kind", [AlertKind.DUE_CHANGED, AlertKind.EXTENSION_ASKED])
def test_what_concerns_one_person_is_not_told_to_a_group(
    system: Context, cast: Cast, case_id: int, session: Session, kind: AlertKind
) -> None:
    told(system, cast, case_id, kind)
    assert posts(session) == []


def test_quiet_hours_hold_all_but_what_is_overdue_and_the_test(
    system: Context,
    admin: Context,
    cast: Cast,
    organ_id: int,
    case_id: int,
    session: Session,
    robots: MemoryRobots,
) -> None:
    friday_night = datetime(2026, 10, 16, 13, 30, tzinfo=UTC)
    night = system.on(date(2026, 10, 16), friday_night)
    told(night, cast, case_id)
    told(night, cast, case_id, AlertKind.OVERDUE)
    assert deliver(night).sent == 1
    assert robots.sent[0].title.startswith("【超期】")
    send_test(admin.on(night.today, night.now), organ_id)
    assert robots.sent[1].title == "测试消息"
    monday = datetime(2026, 10, 19, 0, 0, tzinfo=UTC)
    assert deliver(night.on(date(2026, 10, 19), monday - timedelta(minutes=1))).sent == 0
    assert deliver(night.on(date(2026, 10, 19), monday)).sent == 1
    assert robots.sent[2].title.startswith("【临期】")


def test_a_new_attempt_does_not_leave_in_quiet_hours(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    told(system, cast, case_id)
    robots.failures.append(DeliveryError("away"))
    evening = system.on(TODAY, datetime(2026, 10, 13, 11, 59, tzinfo=UTC))
    assert deliver(evening).failed == 1
    assert deliver(later(evening, 5)).sent == 0
    (held,) = posts(session)
    assert (held.attempts, held.next_attempt_at) == (1, datetime(2026, 10, 14, 0, 0, tzinfo=UTC))
    assert deliver(system.on(DUE, held.next_attempt_at)).sent == 1


def test_a_robot_given_too_much_is_left_alone_for_ten_minutes(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    told(system, cast, case_id)
    robots.failures.append(TooFast("errcode 130101: send too fast"))
    assert deliver(system).failed == 1
    (waiting,) = posts(session)
    assert (waiting.state, waiting.next_attempt_at - system.now) == ("pending", timedelta(minutes=10))
    assert deliver(later(system, 9)).sent == 0
    assert deliver(later(system, 10)).sent == 1


def test_a_flood_of_one_organ_waits_alone(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    for days in range(A_MINUTE + 3):
        told(system, cast, case_id, on=DUE + timedelta(days=days))
    assert [deliver(later(system, n)).sent for n in range(3)] == [A_MINUTE, 3, 0]


def test_in_vain_it_is_listed_with_its_organ_and_its_way(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    told(system, cast, case_id)
    robots.failures.append(RefusedForGood("errcode 310000: sign not match"))
    assert deliver(system).dead == 1
    session.rollback()
    (row,) = list_outbox(session, OutboxState.DEAD).rows
    assert (row.recipient, row.channel, row.kind) == ("椒江区民政局", Channel.DINGTALK, AlertKind.DUE_SOON)
    assert row.last_error == "errcode 310000: sign not match"


def test_ten_attempts_and_no_more(
    system: Context, cast: Cast, case_id: int, session: Session, robots: MemoryRobots
) -> None:
    told(system, cast, case_id, AlertKind.OVERDUE)
    robots.failures += [TooFast("130101")] * MOST_ATTEMPTS
    for n in range(MOST_ATTEMPTS + 2):
        deliver(later(system, n * 10))
    (post,) = posts(session)
    assert (post.state, post.attempts) == ("dead", MOST_ATTEMPTS)


def test_what_has_changed_since_it_was_written(
    system: Context,
    admin: Context,
    cast: Cast,
    organ_id: int,
    case_id: int,
    session: Session,
    robots: MemoryRobots,
) -> None:
    told(system, cast, case_id)
    set_robot(admin, organ_id, WECOM, expected_version=1)
    assert deliver(system).sent == 1
    assert (robots.sent[0].robot, posts(session)[0].channel) == (WECOM, "wecom")
    told(system, cast, case_id, AlertKind.OVERDUE)
    remove_robot(admin, organ_id, expected_version=2)
    deliver(system)
    assert posts(session)[1].state == "cancelled"


def test_a_key_that_no_longer_opens_stops_one_post_and_no_mail(
    system: Context, admin: Context, cast: Cast, organ_id: int, case_id: int, session: Session
) -> None:
    told(system, cast, case_id)
    other = replace(system, adapters=replace(system.adapters, cipher=AesCipher("o" * 64)))
    deliver(other)
    (post,) = posts(session)
    assert post.state == "dead" and "data key" in (post.last_error or "")
    known = read_robot(replace(admin, adapters=other.adapters), organ_id)
    assert (known.channel, known.host) == (Channel.DINGTALK, "")


def test_without_an_allowed_host_nothing_is_written(
    system: Context, cast: Cast, case_id: int, session: Session
) -> None:
    told(replace(system, adapters=replace(system.adapters, robots=NoRobots())), cast, case_id)
    assert posts(session) == []
