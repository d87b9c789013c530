"""What a handover does to alerts: those that hold go over with the cases, and those concerned are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.alerts import OF_A_CLOCK, AlertKind, OutboxState
from tracker.domain.permissions import Role
from tracker.models import Alert, Case, Handover, OutboxMessage
from tracker.queries.recipients import read_roster
from tracker.services.alerts import NewAlert, resolve_alerts, write_alerts
from tracker.services.context import Context

_TO_BE_DONE = (*OF_A_CLOCK, AlertKind.CHASED, AlertKind.LAPSE_PROPOSED, AlertKind.PROOF_MISSING)


def tell_of_handover(
    ctx: Context, handover: Handover, kind: AlertKind, recipients: Iterable[int], count: int
) -> None:
    """Tell those concerned, except whoever did it."""
    wanted = [
        NewAlert(
            recipient_id=recipient,
            kind=kind,
            on=ctx.today,
            organ_id=handover.organ_id,
            ref=_ref(handover),
            params={"handover": handover.id, "count": count},
        )
        for recipient in dict.fromkeys(recipients)
        if recipient != ctx.actor.account_id or kind is AlertKind.HANDOVER_OFFERED
    ]
    write_alerts(ctx, ctx.session, wanted)


def resolve_offer(ctx: Context, handover: Handover) -> None:
    """The receiver has answered, or need not any more."""
    offered = Alert.kind == str(AlertKind.HANDOVER_OFFERED)
    resolve_alerts(ctx, ctx.session, offered & (Alert.ref == _ref(handover)) & Alert.resolved_at.is_(None))


def give_alerts(ctx: Context, handover: Handover, cases: Sequence[Case]) -> None:
    """What the old handler was told of these cases and still holds is told to the new one, and holds for the old one
    no longer, unless they head the disclosure office too and are told as such.

    News that was read already stays behind; what is still to be done goes over, read or not.
    """
    session, ids = ctx.session, [case.id for case in cases]
    holding = session.execute(
        select(*_COLUMNS).where(
            Alert.recipient_id == handover.from_id, Alert.case_id.in_(ids), Alert.resolved_at.is_(None)
        )
    ).all()
    copies = [
        NewAlert(
            recipient_id=handover.to_id,
            kind=AlertKind(told.kind),
            on=told.due_on,
            case_id=told.case_id,
            organ_id=handover.organ_id,
            clock_kind=told.clock_kind,
            run=told.run,
            ref=told.ref,
            step=told.step,
            params=told.params,
        )
        for told in holding
        if told.read_at is None or AlertKind(told.kind) in _TO_BE_DONE
    ]
    _hold_again(ctx, session, handover.to_id, copies)
    write_alerts(ctx, session, copies)
    if handover.from_id not in read_roster(session).of(Role.DISCLOSURE_HEAD, handover.organ_id):
        over = [told.id for told in holding]
        if over:
            resolve_alerts(ctx, session, Alert.id.in_(over))
            _see(ctx, over)


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


def _hold_again(ctx: Context, session: Session, recipient: int, copies: Sequence[NewAlert]) -> None:
    """A case that comes back to somebody brings back what they had been told of it once: the key lets nobody be told
    twice, so the row itself holds anew."""
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


def _see(ctx: Context, ids: Sequence[int]) -> None:
    """What somebody else has to do now need not be read by the one who had to do it."""
    ctx.session.execute(
        update(Alert)
        .where(Alert.id.in_(ids), Alert.read_at.is_(None))
        .values(read_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


def _key(case_id: int | None, alert: NewAlert) -> tuple[Any, ...]:
    return (case_id, str(alert.kind), alert.clock_kind, alert.run, alert.ref, alert.step, alert.on)


def _stored_key(row: Any) -> tuple[Any, ...]:
    return (row.case_id, row.kind, row.clock_kind, row.run, row.ref, row.step, row.due_on)


def _ref(handover: Handover) -> str:
    return f"handover-{handover.id}"
