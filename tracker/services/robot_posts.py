"""What a group robot says: number, organ, station, dates and a link; never a name, never what was asked for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.robots import Post
from tracker.domain.alerts import ALERT_NAMES, AlertKind, Channel
from tracker.domain.stages import STAGE_NAMES, Stage
from tracker.models import Alert, Case, Organ, OutboxMessage
from tracker.services.context import Context
from tracker.services.mail_words import Unneeded, said
from tracker.services.robot_settings import held_robot, robot_of


def post_of(ctx: Context, session: Session, message: OutboxMessage) -> Post:
    """Read robot and words as they are now. Raises ``Unneeded``."""
    if not ctx.adapters.robots.ready:
        raise Unneeded("no host of robots is allowed")
    row = held_robot(session, None if message.of_district else message.organ_id)
    robot = robot_of(row, ctx.adapters.cipher) if row else None
    if robot is None:
        raise Unneeded("there is no robot any more")
    # The group may have changed its kind of robot since the message was written.
    message.channel = str(robot.channel)
    told = session.execute(
        select(
            Alert.kind,
            Alert.clock_kind,
            Alert.due_on,
            Alert.params,
            Alert.case_id,
            Case.number,
            Case.stage,
            Organ.name.label("organ"),
        )
        .join(Case, Case.id == Alert.case_id)
        .join(Organ, Organ.id == Case.organ_id)
        .where(Alert.id == message.alert_id, Alert.resolved_at.is_(None))
    ).first()
    if told is None:
        raise Unneeded("the alert no longer holds")
    title = f"【{ALERT_NAMES[AlertKind(told.kind)]}】{told.number}"
    lines = [f"**{title}**", said(told), f"{told.organ}，{STAGE_NAMES[Stage(told.stage)]}"]
    link = ctx.adapters.links.case(told.case_id)
    if link:
        lines.append(f"[办理]({link})")
    return Post(robot, title, "\n\n".join(lines))


def is_post(message: OutboxMessage) -> bool:
    """Whether a robot carries it."""
    return message.channel in (str(Channel.DINGTALK), str(Channel.WECOM))
