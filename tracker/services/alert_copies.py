"""Alerts that somebody holds, told to another person as well: what handovers and stand-ins have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.orm import Session

from tracker.domain.alerts import OF_A_CLOCK, AlertKind, OutboxState
from tracker.models import Alert, OutboxMessage
from tracker.services.alerts import NewAlert, write_alerts
from tracker.services.context import Context

TO_BE_DONE = (*OF_A_CLOCK, AlertKind.CHASED, AlertKind.LAPSE_PROPOSED, AlertKind.PROOF_MISSING)
"""What is still to be done goes to the other person read or not; news only while it is unread."""

_COLUMNS: tuple[Any, ...] = (
    Alert.id,
    Alert.kind,
    Alert.case_id,
    Alert.clock_kind,
    Alert.run,
    Alert.ref,
    Alert.step,
    Alert.due_on,
    Alert.params,
    Alert.read_at,
)


def held_alerts(session: Session, account_id: int, cases: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """What a person was told of these cases (a condition on ``Alert``) and still holds."""
    held = select(*_COLUMNS).where(Alert.recipient_id == account_id, Alert.resolved_at.is_(None), cases)
    return session.execute(held).all()


def tell_as_well(
    ctx: Context, held: Iterable[Row[Any]], recipient: int, organ_id: int, *, stands_for_id: int | None = None
) -> None:
    """Tell the other person; what that person had been told once already holds again."""
    copies = [
        NewAlert(
            recipient_id=recipient,
            kind=AlertKind(told.kind),
            on=told.due_on,
            case_id=told.case_id,
            organ_id=organ_id,
            clock_kind=told.clock_kind,
            run=told.run,
            ref=told.ref,
            step=told.step,
            params=told.params,
            stands_for_id=stands_for_id,
        )
        for told in held
        if told.read_at is None or AlertKind(told.kind) in TO_BE_DONE
    ]
    _hold_again(ctx, ctx.session, recipient, copies)
    write_alerts(ctx, ctx.session, copies)


def mark_seen(ctx: Context, which: ColumnElement[bool]) -> None:
    """What somebody else has to do now need not be read by the one who had to do it."""
    ctx.session.execute(
        update(Alert)
        .where(which, Alert.read_at.is_(None))
        .values(read_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


def _hold_again(ctx: Context, session: Session, recipient: int, copies: Sequence[NewAlert]) -> None:
    """The key lets nobody be told twice, so the row that was told once holds anew."""
    wanted = {_key(alert.case_id, alert) for alert in copies}
    known = session.execute(
        select(*_COLUMNS).where(
            Alert.recipient_id == recipient,
            Alert.case_id.in_({alert.case_id for alert in copies}),
            Alert.resolved_at.is_not(None),
        )
    ).all()
    again = [row.id for row in known if _stored_key(row) in wanted]
    if not again:
        return
    session.execute(
        update(Alert)
        .where(Alert.id.in_(again))
        .values(resolved_at=None, read_at=None, created_at=ctx.now)
        .execution_options(synchronize_session=False)
    )
    cancelled = OutboxMessage.state == str(OutboxState.CANCELLED)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.alert_id.in_(again), cancelled)
        .values(state=str(OutboxState.PENDING), next_attempt_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


def _key(case_id: int | None, alert: NewAlert) -> tuple[Any, ...]:
    return (case_id, str(alert.kind), alert.clock_kind, alert.run, alert.ref, alert.step, alert.on)


def _stored_key(row: Any) -> tuple[Any, ...]:
    return (row.case_id, row.kind, row.clock_kind, row.run, row.ref, row.step, row.due_on)
