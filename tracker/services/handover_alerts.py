"""What a handover does to alerts: those that hold go over with the cases, and those concerned are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, update

from tracker.domain.alerts import AlertKind
from tracker.domain.permissions import Role
from tracker.models import Alert, Case, Handover
from tracker.queries.recipients import read_roster
from tracker.services.alert_copies import held_alerts, mark_seen, tell_as_well
from tracker.services.alerts import NewAlert, resolve_alerts, write_alerts
from tracker.services.context import Context


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
    and whoever stands in for them no longer, unless they head the disclosure office too and are told as such.

    News that was read already stays behind; what is still to be done goes over, read or not.
    """
    session = ctx.session
    these = Alert.case_id.in_([case.id for case in cases])
    held = held_alerts(session, handover.from_id, these)
    as_stand_in = these & (Alert.stands_for_id == handover.from_id)
    session.execute(
        update(Alert)
        .where(as_stand_in, Alert.recipient_id == handover.to_id)
        .values(stands_for_id=None)
        .execution_options(synchronize_session=False)
    )
    tell_as_well(ctx, held, handover.to_id, handover.organ_id)
    heads = read_roster(session).of(Role.DISCLOSURE_HEAD, handover.organ_id)
    own = [told.id for told in held] if handover.from_id not in heads else []
    over = or_(as_stand_in, Alert.id.in_(own))
    resolve_alerts(ctx, session, over & Alert.resolved_at.is_(None))
    mark_seen(ctx, over)


def _ref(handover: Handover) -> str:
    return f"handover-{handover.id}"
