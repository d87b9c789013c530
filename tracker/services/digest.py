"""每日提醒: one message a working morning to each person for whom something is due, waits or is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.domain.alerts import Channel, OutboxState
from tracker.models import Account, Alert, OutboxMessage
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

MOST_LINES = 200
"""More than anybody reads; the centre has the rest."""


def write_digests(ctx: Context) -> int:
    """Write today's digests; run again, or by a second runner, it writes none anew. Returns how many were new."""
    with transaction(ctx) as session:
        if not ctx.adapters.mailer.ready or not current_calendar(session).is_workday(ctx.today):
            return 0
        held = _held(
            session.execute(
                select(Alert.recipient_id, Alert.id)
                .join(Account, Account.id == Alert.recipient_id)
                .where(
                    Alert.resolved_at.is_(None),
                    Account.active,
                    Account.mail_digest,
                    Account.email.is_not(None),
                )
                .order_by(Alert.recipient_id, Alert.due_on, Alert.id)
            )
        )
        if not held:
            return 0
        new = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        written = session.execute(
            new(OutboxMessage).on_conflict_do_nothing().returning(OutboxMessage.id),
            [_values(ctx, person, ids) for person, ids in held.items()],
        )
        return len(written.all())


def _held(rows: Iterable[Any]) -> dict[int, list[int]]:
    held: dict[int, list[int]] = {}
    for recipient_id, alert_id in rows:
        held.setdefault(recipient_id, []).append(alert_id)
    return held


def _values(ctx: Context, recipient_id: int, alerts: list[int]) -> dict[str, Any]:
    return {
        "message_id": str(uuid4()),
        "channel": str(Channel.EMAIL),
        "recipient_id": recipient_id,
        "digest_on": ctx.today,
        "payload": {"alerts": alerts[:MOST_LINES]},
        "urgent": False,
        "state": str(OutboxState.PENDING),
        "attempts": 0,
        "created_at": ctx.now,
        "next_attempt_at": ctx.now,
    }
