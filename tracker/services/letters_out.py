"""What a message on its way out says, read from what holds at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.mail_texts import mail_text
from tracker.adapters.mailer import Mail
from tracker.adapters.robots import Post
from tracker.domain.alert_topics import is_wanted
from tracker.domain.alerts import ALERT_NAMES, AlertKind
from tracker.models import Account, Alert, Case, OutboxMessage
from tracker.services.context import Context
from tracker.services.mail_words import Unneeded, said, written_day
from tracker.services.robot_posts import is_post, post_of

SYSTEM_NAME = "政府信息依申请公开办理系统"

DIGEST_PARTS: tuple[tuple[str, frozenset[AlertKind]], ...] = (
    ("已超期", frozenset({AlertKind.OVERDUE})),
    ("临近到期", frozenset({AlertKind.DUE_TODAY, AlertKind.DUE_SOON})),
    ("等待处理", frozenset(AlertKind) - {AlertKind.OVERDUE, AlertKind.DUE_TODAY, AlertKind.DUE_SOON}),
)
"""The parts of a morning's digest, the worst first."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to be carried; ``attempts`` counts this one."""

    id: int
    attempts: int
    content: Mail | Post


def packed(ctx: Context, session: Session, message: OutboxMessage) -> Parcel:
    """Read address and words now, in the transaction that claims the message. Raises ``Unneeded``."""
    content = post_of(ctx, session, message) if is_post(message) else _mail(ctx, session, message)
    return Parcel(message.id, message.attempts, content)


def carry(ctx: Context, parcel: Parcel) -> None:
    """Hand it to the adapter. Raises ``DeliveryError``."""
    if isinstance(parcel.content, Post):
        ctx.adapters.robots.send(parcel.content, ctx.now)
    else:
        ctx.adapters.mailer.send(parcel.content)


def _mail(ctx: Context, session: Session, message: OutboxMessage) -> Mail:
    if not ctx.adapters.mailer.ready:
        raise Unneeded("no mail server is set up")
    person = session.get(Account, message.recipient_id) if message.recipient_id else None
    if person is None or not person.active or not person.email:
        raise Unneeded("the person has left or has no address")
    subject, text = (
        _digest(ctx, session, person, message)
        if message.digest_on is not None
        else _alert(ctx, session, person, message)
    )
    return Mail(person.email, subject, text, message.message_id, message.created_at)


def _alert(ctx: Context, session: Session, person: Account, message: OutboxMessage) -> tuple[str, str]:
    rows = _holding(session, [message.alert_id])
    if not rows:
        raise Unneeded("the alert no longer holds")
    (row,) = rows
    if not is_wanted(AlertKind(row.kind), person.mail_muted):
        raise Unneeded("the person has switched these mails off")
    link = ctx.adapters.links.case(row.case_id) if row.case_id else ctx.adapters.links.centre()
    subject = f"【{ALERT_NAMES[AlertKind(row.kind)]}】{row.number or SYSTEM_NAME}"
    text = mail_text(
        "alert", name=person.name, number=row.number or "", text=said(row), link=link, system=SYSTEM_NAME
    )
    return subject, text


def _digest(ctx: Context, session: Session, person: Account, message: OutboxMessage) -> tuple[str, str]:
    rows = _holding(session, message.payload.get("alerts", []))
    if not rows or message.digest_on is None:
        raise Unneeded("nothing of the digest holds any more")
    parts = []
    for title, kinds in DIGEST_PARTS:
        lines = [
            f"{row.number or ''}　{said(row)}".strip("　") for row in rows if AlertKind(row.kind) in kinds
        ]
        if lines:
            parts.append((title, lines))
    day = written_day(message.digest_on)
    text = mail_text(
        "digest", name=person.name, day=day, parts=parts, link=ctx.adapters.links.centre(), system=SYSTEM_NAME
    )
    return f"【每日提醒】{message.digest_on.isoformat()}，共 {len(rows)} 项", text


def _holding(session: Session, ids: list[Any]) -> list[Any]:
    return list(
        session.execute(
            select(Alert.kind, Alert.clock_kind, Alert.due_on, Alert.params, Alert.case_id, Case.number)
            .outerjoin(Case, Case.id == Alert.case_id)
            .where(Alert.id.in_(ids), Alert.resolved_at.is_(None))
            .order_by(Alert.due_on, Alert.id)
        )
    )
