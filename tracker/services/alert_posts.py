"""Posts to the robots of organs and of the district for new alerts, and when a message may leave at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, earliest_leave
from tracker.domain.alerts import URGENT, AlertKind, Channel, OutboxState
from tracker.domain.robots import DISTRICT, TOLD_BY_ROBOT, TOLD_TO_DISTRICT
from tracker.models import Alert, DistrictRobot, OutboxMessage
from tracker.models import AlertPolicy as StoredPolicy
from tracker.models.among import among
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context


def write_posts(
    ctx: Context, session: Session, fresh: Sequence[Any], organs: Mapping[int | None, int | None]
) -> None:
    """One post for what several people of an organ are told at once: the group is one reader. The group of the district
    is told beside it. ``fresh``: alerts just written, with ``id``, ``kind`` and ``case_id``; ``organs``: the organ of
    each case."""
    told = [row for row in fresh if row.kind in TOLD_BY_ROBOT | TOLD_TO_DISTRICT and organs[row.case_id]]
    if not told or not ctx.adapters.robots.ready:
        return
    rows = [*_to_organs(ctx, session, told, organs), *_to_district(ctx, session, told)]
    if rows:
        session.execute(insert(OutboxMessage), rows)


def _to_organs(
    ctx: Context, session: Session, told: Sequence[Any], organs: Mapping[int | None, int | None]
) -> Iterator[dict[str, Any]]:
    told = [row for row in told if row.kind in TOLD_BY_ROBOT]
    channels = _robots_of(session, {organs[row.case_id] for row in told})
    ids = [row.id for row in told if organs[row.case_id] in channels]
    if not ids:
        return
    policies = policies_of(session, channels)
    leave = Leaving(ctx, session)
    for alert_id, case_id, kind in _one_each(session, ids):
        organ_id = organs[case_id] or 0
        at = leave.at(policies[organ_id])
        yield {
            **_post(ctx, alert_id, kind, channels[organ_id], at),
            "organ_id": organ_id,
            "of_district": False,
        }


def _to_district(ctx: Context, session: Session, told: Sequence[Any]) -> Iterator[dict[str, Any]]:
    ids = [row.id for row in told if row.kind in TOLD_TO_DISTRICT]
    robot = session.get(DistrictRobot, DISTRICT) if ids else None
    if robot is None or robot.robot_channel is None:
        return
    at = Leaving(ctx, session).at(DEFAULT_POLICY)
    for alert_id, _case_id, kind in _one_each(session, ids):
        post = _post(ctx, alert_id, kind, Channel(robot.robot_channel), at)
        yield {**post, "organ_id": None, "of_district": True}


def _post(ctx: Context, alert_id: int, kind: str, channel: Channel, leaves: datetime) -> dict[str, Any]:
    urgent = AlertKind(kind) in URGENT
    return {
        "message_id": str(uuid4()),
        "channel": str(channel),
        "alert_id": alert_id,
        "payload": {},
        "urgent": urgent,
        "state": str(OutboxState.PENDING),
        "attempts": 0,
        "created_at": ctx.now,
        "next_attempt_at": ctx.now if urgent else leaves,
    }


def _one_each(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """The first alert of each thing that is told, with its case and kind."""
    seen: set[tuple[Any, ...]] = set()
    rows = session.execute(
        select(
            Alert.id,
            Alert.case_id,
            Alert.kind,
            Alert.clock_kind,
            Alert.run,
            Alert.ref,
            Alert.step,
            Alert.due_on,
        )
        .where(among(Alert.id, ids))
        .order_by(Alert.id)
    )
    for row in rows:
        if tuple(row[1:]) not in seen:
            seen.add(tuple(row[1:]))
            yield row.id, row.case_id, row.kind


def _robots_of(session: Session, organ_ids: Collection[int | None]) -> dict[int, Channel]:
    rows = session.execute(
        select(StoredPolicy.organ_id, StoredPolicy.robot_channel).where(
            StoredPolicy.organ_id.in_(organ_ids), StoredPolicy.robot_channel.is_not(None)
        )
    )
    return {organ_id: Channel(channel) for organ_id, channel in rows if channel}


class Leaving:
    """When a message may leave from now on, worked out once for each policy."""

    def __init__(self, ctx: Context, session: Session) -> None:
        self._now = ctx.now
        self._calendar = current_calendar(session)
        self._known: dict[AlertPolicy, datetime] = {}

    def at(self, policy: AlertPolicy) -> datetime:
        """The first moment outside the quiet hours of this policy."""
        if policy not in self._known:
            local = self._now.astimezone(SHANGHAI)
            self._known[policy] = earliest_leave(local, policy, self._calendar.is_workday)
        return self._known[policy]
