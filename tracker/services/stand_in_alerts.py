"""What an absence does to alerts: on its first day those that hold reach the stand-in too, after it they are over for
the stand-in, and those concerned are told that it was arranged or ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import not_, or_, select, update

from tracker.domain.alerts import AlertKind
from tracker.models import Alert, Case, StandIn
from tracker.queries.stand_ins import in_force
from tracker.services.alert_copies import held_alerts, mark_seen, tell_as_well
from tracker.services.alerts import NewAlert, resolve_alerts, write_alerts
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def keep_up_stand_ins(ctx: Context) -> None:
    """Let absences that have begun reach the stand-in, and those that are over end; doing it again changes nothing."""
    with transaction(ctx) as session:
        shared = StandIn.shared_at.is_not(None) & StandIn.taken_back_at.is_(None)
        runs = in_force(ctx.today)
        changed = select(StandIn, shared).where(or_(runs & not_(shared), shared & not_(runs)))
        for stand_in, is_over in session.execute(changed.with_for_update(of=StandIn)).all():
            if is_over:
                take_alerts_back(ctx, stand_in)
            else:
                share_alerts(ctx, stand_in)


def share_alerts(ctx: Context, stand_in: StandIn) -> None:
    """What the person away was told of cases of the organ and still holds is told to the stand-in."""
    stand_in.shared_at, stand_in.taken_back_at = ctx.now, None
    cases = Alert.case_id.in_(select(Case.id).where(Case.organ_id == stand_in.organ_id))
    held = held_alerts(ctx.session, stand_in.away_id, cases)
    tell_as_well(ctx, held, stand_in.stand_in_id, stand_in.organ_id, stands_for_id=stand_in.away_id)


def take_alerts_back(ctx: Context, stand_in: StandIn) -> None:
    """What the stand-in was told as such holds for them no longer; of cases they handle themselves by now it does."""
    stand_in.taken_back_at = ctx.now
    of_organ = select(Case.id).where(Case.organ_id == stand_in.organ_id)
    own = of_organ.where(Case.handler_id == stand_in.stand_in_id)
    told = (Alert.recipient_id == stand_in.stand_in_id) & (Alert.stands_for_id == stand_in.away_id)
    ctx.session.execute(
        update(Alert)
        .where(told, Alert.case_id.in_(own))
        .values(stands_for_id=None)
        .execution_options(synchronize_session=False)
    )
    over = told & Alert.case_id.in_(of_organ)
    resolve_alerts(ctx, ctx.session, over & Alert.resolved_at.is_(None))
    mark_seen(ctx, over)


def tell_of_stand_in(ctx: Context, stand_in: StandIn, kind: AlertKind) -> None:
    """Tell both, except whoever did it."""
    both: Iterable[int] = (stand_in.away_id, stand_in.stand_in_id)
    wanted = [
        NewAlert(
            recipient_id=recipient,
            kind=kind,
            on=stand_in.to_on,
            organ_id=stand_in.organ_id,
            ref=f"stand-in-{stand_in.id}",
            params={"stand_in": stand_in.id, "since": stand_in.from_on.isoformat()},
        )
        for recipient in both
        if recipient != ctx.actor.account_id
    ]
    write_alerts(ctx, ctx.session, wanted)


def settle_naming(ctx: Context, stand_in: StandIn) -> None:
    """That it was arranged is no news any more once it was ended."""
    named = (Alert.kind == str(AlertKind.STAND_IN_NAMED)) & (Alert.ref == f"stand-in-{stand_in.id}")
    resolve_alerts(ctx, ctx.session, named & Alert.resolved_at.is_(None))
