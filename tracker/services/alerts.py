"""提醒: tell people something once, in the transaction in which it came about.

The row of the centre and the messages that carry it out of the house are written together; a job delivers the messages
after the commit. Telling twice tells once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, earliest_leave
from tracker.domain.alerts import HOLDS_AT, OF_A_CLOCK, URGENT, AlertKind, Channel, OutboxState
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.models import Account, Alert, Case, Consultation, OutboxMessage
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_RUNNING = str(ClockState.RUNNING)


@dataclass(frozen=True, slots=True)
class ClockKey:
    """Which clock of a case an alert is about."""

    kind: str
    run: int
    ref: str = ""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """One thing to tell one person. ``on`` is the date it is about; with the rest it makes the alert once."""

    recipient_id: int
    kind: AlertKind
    on: date
    case_id: int | None = None
    organ_id: int | None = None
    clock_kind: str = ""
    run: int = 0
    ref: str = ""
    step: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)


def tell(
    ctx: Context,
    recipients: Iterable[int | None],
    kind: AlertKind,
    *,
    on: date,
    case: Case | None = None,
    clock: ClockKey | None = None,
    subject: str = "",
    params: Mapping[str, Any] | None = None,
) -> int:
    """Tell accounts something within the caller's transaction; returns how many did not know it yet.

    ``on`` is the date it is about; ``subject`` tells alerts of one kind and day apart. ``params`` are codes, numbers
    and dates as ``YYYY-MM-DD``, never personal data. Recipients that are None, or closed, are left out.
    """
    about = clock or ClockKey("", 0, subject)
    wanted = [
        NewAlert(
            recipient_id=account_id,
            kind=kind,
            on=on,
            case_id=case.id if case is not None else None,
            organ_id=case.organ_id if case is not None else None,
            clock_kind=about.kind,
            run=about.run,
            ref=about.ref,
            params=params or {},
        )
        for account_id in dict.fromkeys(recipients)
        if account_id is not None
    ]
    with transaction(ctx) as session:
        return write_alerts(ctx, session, wanted)


def write_alerts(ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> int:
    """Write those alerts that are not there yet, with their messages; returns how many were new."""
    if not wanted:
        return 0
    people = _people(session, {alert.recipient_id for alert in wanted})
    wanted = [alert for alert in wanted if alert.recipient_id in people]
    fresh = _insert_alerts(ctx, session, wanted)
    _insert_messages(ctx, session, fresh, people)
    return len(fresh)


def settle_alerts(ctx: Context, case: Case) -> None:
    """What was told of a clock that has stopped, of a date that has moved or of work that has gone on no longer holds,
    and is not sent any more."""
    session = ctx.session
    holding = session.execute(
        select(Alert.id, Alert.kind, Alert.clock_kind, Alert.run, Alert.ref, Alert.due_on).where(
            Alert.case_id == case.id, Alert.resolved_at.is_(None)
        )
    ).all()
    if not holding:
        return
    running = {(c.kind, c.run, c.ref, c.due_on) for c in case.clocks if c.current and c.state == _RUNNING}
    unproven = set(session.scalars(select(Consultation.ref).where(unproven_consultation(case.id))))
    over = []
    for told in holding:
        kind = AlertKind(told.kind)
        if kind in OF_A_CLOCK:
            holds = (told.clock_kind, told.run, told.ref, told.due_on) in running
        elif kind is AlertKind.PROOF_MISSING:
            holds = told.ref in unproven
        else:
            holds = kind not in HOLDS_AT or Stage(case.stage) in HOLDS_AT[kind]
        if not holds:
            over.append(told.id)
    if over:
        resolve_alerts(ctx, session, Alert.id.in_(over))


def unproven_consultation(case_id: int) -> ColumnElement[bool]:
    """Letters of a case that were sent and of which nothing has come back yet."""
    return (
        (Consultation.case_id == case_id)
        & Consultation.received_on.is_(None)
        & Consultation.returned_on.is_(None)
        & Consultation.answer.is_(None)
    )


def resolve_alerts(ctx: Context, session: Session, which: ColumnElement[bool]) -> None:
    """Note that alerts no longer hold, and take back those of their messages that have not left."""
    pending = OutboxMessage.state == str(OutboxState.PENDING)
    session.execute(
        update(OutboxMessage)
        .where(pending, OutboxMessage.alert_id.in_(select(Alert.id).where(which)))
        .values(state=str(OutboxState.CANCELLED))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Alert)
        .where(which, Alert.resolved_at.is_(None))
        .values(resolved_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


def mark_read(ctx: Context, alert_id: int) -> None:
    """The person has seen one of their alerts; seeing it again changes nothing."""
    _mark_read(ctx, Alert.id == alert_id)


def mark_all_read(ctx: Context, *, through_id: int) -> None:
    """The person has seen everything up to the newest alert on their page; what came since stays unread."""
    _mark_read(ctx, Alert.id <= through_id)


def _mark_read(ctx: Context, which: ColumnElement[bool]) -> None:
    with transaction(ctx) as session:
        session.execute(
            update(Alert)
            .where(which, Alert.recipient_id == ctx.actor.account_id, Alert.read_at.is_(None))
            .values(read_at=ctx.now)
            .execution_options(synchronize_session=False)
        )


@dataclass(frozen=True, slots=True)
class _Person:
    email: str | None
    mail_alerts: bool


def _people(session: Session, ids: set[int]) -> dict[int, _Person]:
    rows = session.execute(
        select(Account.id, Account.email, Account.mail_alerts).where(Account.id.in_(ids), Account.active)
    )
    return {row.id: _Person(row.email, row.mail_alerts) for row in rows}


def _insert_alerts(ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> list[tuple[int, NewAlert]]:
    if not wanted:
        return []
    new = (
        postgresql.insert(Alert) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(Alert)
    )
    returned = session.execute(
        new.on_conflict_do_nothing().returning(*_KEY, Alert.id),
        [_values(ctx, alert) for alert in {_key(alert): alert for alert in wanted}.values()],
    )
    ids: dict[tuple[Any, ...], Any] = {tuple(row[:-1]): row[-1] for row in returned}
    return [(ids[key], alert) for key, alert in {_key(a): a for a in wanted}.items() if key in ids]


_KEY = (
    Alert.recipient_id,
    Alert.case_id,
    Alert.kind,
    Alert.clock_kind,
    Alert.run,
    Alert.ref,
    Alert.step,
    Alert.due_on,
)


def _key(alert: NewAlert) -> tuple[Any, ...]:
    return (
        alert.recipient_id,
        alert.case_id,
        str(alert.kind),
        alert.clock_kind,
        alert.run,
        alert.ref,
        alert.step,
        alert.on,
    )


def _values(ctx: Context, alert: NewAlert) -> dict[str, Any]:
    values = dict(zip((column.key for column in _KEY), _key(alert), strict=True))
    return {**values, "params": dict(alert.params), "created_at": ctx.now}


def _insert_messages(
    ctx: Context, session: Session, fresh: Sequence[tuple[int, NewAlert]], people: Mapping[int, _Person]
) -> None:
    if not ctx.adapters.mailer.ready:
        return
    mailed = [(i, alert) for i, alert in fresh if _is_mailed(alert, people[alert.recipient_id])]
    if not mailed:
        return
    policies = policies_of(session, {a.organ_id for _, a in mailed if a.organ_id is not None})
    leave = _Leaving(ctx, session)
    rows = []
    for alert_id, alert in mailed:
        urgent = alert.kind in URGENT
        policy = policies.get(alert.organ_id, DEFAULT_POLICY) if alert.organ_id else DEFAULT_POLICY
        rows.append(
            {
                "message_id": str(uuid4()),
                "channel": str(Channel.EMAIL),
                "recipient_id": alert.recipient_id,
                "alert_id": alert_id,
                "payload": {},
                "urgent": urgent,
                "state": str(OutboxState.PENDING),
                "attempts": 0,
                "created_at": ctx.now,
                "next_attempt_at": ctx.now if urgent else leave.at(policy),
            }
        )
    session.execute(insert(OutboxMessage), rows)


def _is_mailed(alert: NewAlert, person: _Person) -> bool:
    return bool(person.email) and (person.mail_alerts or alert.kind in URGENT)


class _Leaving:
    """When a message written now may leave, worked out once for each policy."""

    def __init__(self, ctx: Context, session: Session) -> None:
        self._now = ctx.now
        self._calendar = current_calendar(session)
        self._known: dict[AlertPolicy, datetime] = {}

    def at(self, policy: AlertPolicy) -> datetime:
        if policy not in self._known:
            local = self._now.astimezone(SHANGHAI)
            self._known[policy] = earliest_leave(local, policy, self._calendar.is_workday)
        return self._known[policy]
