"""Messages on their way out, for the administrator and for monitoring: addresses and counts, no contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.alerts import AlertKind, Channel, OutboxState
from tracker.models import Account, Alert, Clock, Organ, OutboxMessage
from tracker.queries.paging import Page


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message to a person, or to the robot of an organ or (``of_district``) of all; ``kind`` is None for a
    digest."""

    id: int
    channel: Channel
    state: OutboxState
    recipient: str
    recipient_id: int | None
    organ_id: int | None
    of_district: bool
    kind: AlertKind | None
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class AlertFigures:
    """``owed``: clocks whose day to be looked at has come; ``oldest_due_at``: since when a message should have left."""

    owed: int
    written: int
    by_state: dict[OutboxState, int]
    oldest_due_at: datetime | None


def list_outbox(session: Session, state: OutboxState, *, page: int = 1, size: int = 50) -> Page[OutboxRow]:
    """Messages in one state, the newest first. A page beyond the end shows the last one."""
    held = OutboxMessage.state == str(state)
    total = session.scalar(select(func.count()).select_from(OutboxMessage).where(held)) or 0
    number = min(page, max(1, -(-total // size)))
    rows = session.execute(
        select(OutboxMessage, func.coalesce(Account.name, Organ.name), Alert.kind)
        .outerjoin(Account, Account.id == OutboxMessage.recipient_id)
        .outerjoin(Organ, Organ.id == OutboxMessage.organ_id)
        .outerjoin(Alert, Alert.id == OutboxMessage.alert_id)
        .where(held)
        .order_by(OutboxMessage.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([_as_row(*row) for row in rows], total, number, size)


def count_outbox(session: Session) -> dict[OutboxState, int]:
    """How many messages stand where."""
    rows = session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)).all()
    found = {OutboxState(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in OutboxState}


def alert_figures(session: Session, today: date) -> AlertFigures:
    """What monitoring asks."""
    owed = select(func.count()).select_from(Clock).where(Clock.next_alert_on <= today)
    oldest = select(func.min(OutboxMessage.next_attempt_at)).where(
        OutboxMessage.state == str(OutboxState.PENDING)
    )
    return AlertFigures(
        owed=session.scalar(owed) or 0,
        written=session.scalar(select(func.count()).select_from(Alert)) or 0,
        by_state=count_outbox(session),
        oldest_due_at=session.scalar(oldest),
    )


def _as_row(message: OutboxMessage, recipient: str | None, kind: str | None) -> OutboxRow:
    return OutboxRow(
        id=message.id,
        channel=Channel(message.channel),
        state=OutboxState(message.state),
        recipient=recipient or "",
        recipient_id=message.recipient_id,
        organ_id=message.organ_id,
        of_district=message.of_district,
        kind=AlertKind(kind) if kind else None,
        attempts=message.attempts,
        created_at=message.created_at,
        next_attempt_at=message.next_attempt_at,
        sent_at=message.sent_at,
        last_error=message.last_error,
    )
