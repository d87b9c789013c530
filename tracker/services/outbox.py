"""待发消息: carry messages out after the commit that wrote them, at least once, never the same one in silence twice.

A message is claimed in a transaction of its own, carried without any, and noted as sent in a third. Killed before the
note, it goes again with the same Message-ID: that window, between the server's yes and our commit, is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.adapters.delivery import DeliveryError, RefusedForGood, TooFast
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy
from tracker.domain.alerts import Channel, OutboxState
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.robots import A_MINUTE
from tracker.domain.vocabulary import N_
from tracker.models import Alert, Case, OutboxMessage
from tracker.queries.alert_policies import policies_of
from tracker.services.alert_posts import Leaving
from tracker.services.context import Context
from tracker.services.letters_out import Parcel, carry, packed
from tracker.services.mail_words import Unneeded
from tracker.services.unit_of_work import transaction

MOST_ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=6)
LEFT_ALONE = timedelta(minutes=10)
"""How long a robot that was given too much takes nothing."""

A_RUN = 200
"""Messages carried in one run of the job; what is left waits a minute."""

LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one run."""

    sent: int = 0
    failed: int = 0
    dead: int = 0


def deliver(ctx: Context) -> Delivered:
    """Carry what is due; a message that fails waits twice as long each time, and is dead after ten attempts."""
    counts = {OutboxState.SENT: 0, OutboxState.PENDING: 0, OutboxState.DEAD: 0, OutboxState.CANCELLED: 0}
    for message_id in _due(ctx):
        parcel = _claim(ctx, message_id)
        if parcel is not None:
            counts[_carry(ctx, parcel)] += 1
    return Delivered(counts[OutboxState.SENT], counts[OutboxState.PENDING], counts[OutboxState.DEAD])


def resend(ctx: Context, message_id: int) -> None:
    """重发: give a dead message its attempts anew. Raises ``Forbidden``, ``NotFound``."""
    if not _revive(ctx, OutboxMessage.id == message_id):
        raise NotFound(N_("没有找到这条发送失败的消息，它可能已经重发。"))


def resend_all(ctx: Context, *, through_id: int) -> int:
    """全部重发: every dead message up to the newest on the page; returns how many. What no longer holds is cancelled
    when its turn comes. Raises ``Forbidden``."""
    return _revive(ctx, OutboxMessage.id <= through_id)


def _revive(ctx: Context, which: ColumnElement[bool]) -> int:
    if not ctx.actor.may_somewhere(Permission.ACCOUNT_MANAGE):
        raise Forbidden(N_("只有管理员可以重发消息。"))
    with transaction(ctx) as session:
        found = session.scalars(
            update(OutboxMessage)
            .where(which, OutboxMessage.state == str(OutboxState.DEAD))
            .values(state=str(OutboxState.PENDING), attempts=0, next_attempt_at=ctx.now)
            .returning(OutboxMessage.id)
            .execution_options(synchronize_session=False)
        )
        return len(found.all())


def next_attempt(now: datetime, attempts: int) -> datetime:
    """When to try again after so many attempts: 2, 4, 8 … minutes, at most six hours."""
    return now + min(timedelta(minutes=2 ** min(attempts, 20)), LONGEST_WAIT)


def _due(ctx: Context) -> list[int]:
    """The oldest first; of each robot no more than it takes in a minute, so that a flood of one organ waits alone."""
    oldest = (OutboxMessage.next_attempt_at, OutboxMessage.id)
    due = (
        select(
            *oldest,
            OutboxMessage.channel,
            func.row_number()
            .over(partition_by=(OutboxMessage.channel, OutboxMessage.organ_id), order_by=oldest)
            .label("place"),
        )
        .where(OutboxMessage.state == str(OutboxState.PENDING), OutboxMessage.next_attempt_at <= ctx.now)
        .subquery()
    )
    return list(
        ctx.session.scalars(
            select(due.c.id)
            .where(or_(due.c.channel == str(Channel.EMAIL), due.c.place <= A_MINUTE))
            .order_by(due.c.next_attempt_at, due.c.id)
            .limit(A_RUN)
        )
    )


def _claim(ctx: Context, message_id: int) -> Parcel | None:
    """Count the attempt before it is made, so that another runner leaves the message alone; None when it need not or
    must not go any more."""
    with transaction(ctx) as session:
        message = session.scalar(
            select(OutboxMessage)
            .where(
                OutboxMessage.id == message_id,
                OutboxMessage.state == str(OutboxState.PENDING),
                OutboxMessage.next_attempt_at <= ctx.now,
            )
            .with_for_update(skip_locked=True)
        )
        if message is None:
            return None
        later = _quiet_until(ctx, session, message)
        if later is not None:
            message.next_attempt_at = later
            return None
        message.attempts += 1
        message.next_attempt_at = next_attempt(ctx.now, message.attempts)
        try:
            return packed(ctx, session, message)
        except Unneeded as reason:
            message.state = str(OutboxState.CANCELLED)
            message.last_error = str(reason) or None
            return None
        except RefusedForGood as reason:
            message.state = str(OutboxState.DEAD)
            message.last_error = str(reason)
            return None


def _quiet_until(ctx: Context, session: Session, message: OutboxMessage) -> datetime | None:
    """When a message may leave that comes into quiet hours by waiting, by a new attempt or by a setting changed since;
    None when it may leave now. A digest has its own hour."""
    if message.urgent or message.alert_id is None:
        return None
    leaves = Leaving(ctx, session).at(_policy_for(session, message))
    return leaves if leaves > ctx.now else None


def _policy_for(session: Session, message: OutboxMessage) -> AlertPolicy:
    """That of the organ the case is of; the district's own for its group and where there is no case."""
    if message.of_district:
        return DEFAULT_POLICY
    organ_id = session.scalar(
        select(Case.organ_id).join(Alert, Alert.case_id == Case.id).where(Alert.id == message.alert_id)
    )
    return policies_of(session, [organ_id])[organ_id] if organ_id is not None else DEFAULT_POLICY


def _carry(ctx: Context, parcel: Parcel) -> OutboxState:
    try:
        carry(ctx, parcel)
    except RefusedForGood as error:
        return _note(ctx, parcel, OutboxState.DEAD, str(error))
    except DeliveryError as error:
        over = parcel.attempts >= MOST_ATTEMPTS
        again_at = ctx.now + LEFT_ALONE if isinstance(error, TooFast) else None
        return _note(ctx, parcel, OutboxState.DEAD if over else OutboxState.PENDING, str(error), again_at)
    return _note(ctx, parcel, OutboxState.SENT, None)


def _note(
    ctx: Context, parcel: Parcel, state: OutboxState, error: str | None, again_at: datetime | None = None
) -> OutboxState:
    with transaction(ctx) as session:
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == parcel.id)
            .values(
                state=str(state),
                last_error=error[:LONGEST_ERROR] if error else None,
                sent_at=ctx.now if state is OutboxState.SENT else None,
                **({"next_attempt_at": again_at} if again_at else {}),
            )
            .execution_options(synchronize_session=False)
        )
    return state
