"""机器人设置: the group robot of an organ, or of the whole district (``organ_id`` None), sealed like personal
data, and a message to try it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.cipher import Cipher, DataUnreadable
from tracker.adapters.delivery import DeliveryError, RefusedForGood
from tracker.adapters.robots import Post, Robot
from tracker.domain.alert_policy import DEFAULT_POLICY
from tracker.domain.alerts import Channel
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.robots import DISTRICT, ROBOT_CHANNELS, has_key, host_of
from tracker.domain.vocabulary import N_
from tracker.models import AlertPolicy, DistrictRobot, Organ
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST = 500


@dataclass(frozen=True, slots=True)
class KnownRobot:
    """What may be shown of a robot: never its key. ``host`` is empty where the key cannot be opened any more;
    ``signs``: whether it has a secret; ``version`` 0: nothing set."""

    channel: Channel | None
    host: str
    signs: bool
    version: int


def read_robot(ctx: Context, organ_id: int | None) -> KnownRobot:
    """The robot for its page. Raises ``Forbidden``."""
    _require(ctx)
    row = held_robot(ctx.session, organ_id)
    if row is None or row.robot_channel is None:
        return KnownRobot(None, "", False, row.version_id if row else 0)
    channel, version = Channel(row.robot_channel), row.version_id
    try:
        robot = robot_of(row, ctx.adapters.cipher)
    except DeliveryError:
        robot = None
    if robot is None:
        return KnownRobot(channel, "", False, version)
    return KnownRobot(robot.channel, host_of(robot.address) or "", bool(robot.secret), version)


def held_robot(session: Session, organ_id: int | None) -> AlertPolicy | DistrictRobot | None:
    """Where the robot of the organ, or of the district, is kept."""
    if organ_id is None:
        return session.get(DistrictRobot, DISTRICT)
    return session.get(AlertPolicy, organ_id)


def robot_of(row: AlertPolicy | DistrictRobot, cipher: Cipher) -> Robot | None:
    """Open what is sealed; None where no robot is set. Raises ``RefusedForGood`` when it does not open."""
    if row.robot_channel is None or row.robot_cipher is None:
        return None
    try:
        held = json.loads(cipher.open(row.robot_cipher))
    except DataUnreadable as error:
        raise RefusedForGood("the robot's key cannot be opened with this data key") from error
    return Robot(Channel(row.robot_channel), held["address"], held["secret"])


def set_robot(ctx: Context, organ_id: int | None, robot: Robot, *, expected_version: int) -> None:
    """Store a robot; what waits to be sent goes to the new one. Raises ``Invalid``, ``Conflict``."""
    _require(ctx)
    faults = _faults_of(ctx, robot)
    if faults:
        raise Invalid(faults)
    held = json.dumps({"address": robot.address, "secret": robot.secret})
    with transaction(ctx) as session:
        row = _row(session, organ_id, expected_version)
        row.robot_channel, row.robot_cipher = str(robot.channel), ctx.adapters.cipher.seal(held)


def remove_robot(ctx: Context, organ_id: int | None, *, expected_version: int) -> None:
    """Forget a robot; what waits for it is cancelled when its time comes. Raises ``Conflict``."""
    _require(ctx)
    with transaction(ctx) as session:
        row = _row(session, organ_id, expected_version)
        row.robot_channel = row.robot_cipher = None


def send_test(ctx: Context, organ_id: int | None) -> None:
    """Send a message that says it is a test, at once, quiet hours or not, past the outbox. Raises ``NotFound`` where
    there is no robot and ``DeliveryError`` with what the other side said."""
    _require(ctx)
    row = held_robot(ctx.session, organ_id)
    robot = robot_of(row, ctx.adapters.cipher) if row else None
    if robot is None:
        raise NotFound(N_("还没有设置机器人，请先填写并保存。"))
    whose = (
        "全区各机关的超期提醒和督办单"
        if organ_id is None
        else f"{ctx.session.get_one(Organ, organ_id).name}的提醒"
    )
    text = f"**测试消息**\n\n{whose}将发到本群。只写受理号、环节和日期，不写个人信息。"
    ctx.session.rollback()
    ctx.adapters.robots.send(Post(robot, "测试消息", text), ctx.now)


def _require(ctx: Context) -> None:
    if not ctx.actor.may_somewhere(Permission.ORGAN_MANAGE):
        raise Forbidden(N_("只有管理员可以修改机关设置。"))


def _row(session: Session, organ_id: int | None, expected_version: int) -> AlertPolicy | DistrictRobot:
    if organ_id is None:
        return _district_row(session, expected_version)
    if session.scalar(select(Organ.id).where(Organ.id == organ_id).with_for_update(of=Organ)) is None:
        raise NotFound(N_("没有找到这个机关。"))
    row = session.get(AlertPolicy, organ_id)
    if (row.version_id if row else 0) != expected_version:
        raise Conflict(N_("这个机关的提醒设置刚被他人修改，请核对最新内容后再提交；您填写的内容已保留。"))
    if row is None:
        row = AlertPolicy(
            organ_id=organ_id, **{**asdict(DEFAULT_POLICY), "ahead": list(DEFAULT_POLICY.ahead)}
        )
        session.add(row)
    return row


def _district_row(session: Session, expected_version: int) -> DistrictRobot:
    row = session.get(DistrictRobot, DISTRICT, with_for_update=True)
    if (row.version_id if row else 0) != expected_version:
        raise Conflict(N_("全区机器人刚被他人修改，请核对最新内容后再提交；您填写的内容已保留。"))
    if row is None:
        row = DistrictRobot(name=DISTRICT)
        session.add(row)
    return row


def _faults_of(ctx: Context, robot: Robot) -> dict[str, list[str]]:
    if robot.channel not in ROBOT_CHANNELS:
        return {"channel": [N_("请选择钉钉机器人或企业微信机器人。")]}
    host = host_of(robot.address)
    if host is None or len(robot.address) > LONGEST:
        return {"address": [N_("请粘贴机器人的完整地址，以 https:// 开头。")]}
    if host not in ctx.adapters.robots.hosts:
        return {"address": [N_("运维人员没有允许向这个主机发送，请核对地址，或请运维人员加入允许清单。")]}
    if not has_key(robot.channel, robot.address):
        return {"address": [N_("地址里缺少机器人的密钥，请从群机器人的设置页复制完整地址。")]}
    return {}
