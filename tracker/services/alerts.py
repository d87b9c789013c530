"""提醒: tell people something once, in the transaction in which it came about.

The row of the centre and the messages that carry it out of the house are written together; a job delivers the messages
after the commit. Telling twice tells once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Insert, Table, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.domain.alert_policy import DEFAULT_POLICY
from tracker.domain.alert_topics import is_wanted
from tracker.domain.alerts import HOLDS_AT, OF_A_CLOCK, URGENT, AlertKind, Channel, OutboxState
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.models import Account, Alert, Case, Consultation, OutboxMessage
from tracker.models.among import among
from tracker.models.random_id import random_id
from tracker.queries.alert_policies import policies_of
from tracker.services.alert_posts import Leaving, write_posts
from tracker.services.alert_stand_ins import with_stand_ins
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
    """One thing to tell one person. ``on`` is the date it is about; with the rest it makes the alert once.
    ``stands_for_id``: whom the person stands in for."""

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
    stands_for_id: int | None = None


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
    return len(add_alerts(ctx, session, with_stand_ins(session, wanted, ctx.today)))


def add_alerts(ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> list[int]:
    """Write those of the alerts, stand-ins' too, that are not there yet, with their messages; returns the keys of
    the new rows."""
    if not wanted:
        return []
    people = _people(session, {alert.recipient_id for alert in wanted})
    wanted = [alert for alert in wanted if alert.recipient_id in people]
    fresh = _insert_alerts(ctx, session, wanted)
    organs = {alert.case_id: alert.organ_id for alert in wanted}
    _insert_messages(ctx, session, fresh, people, organs)
    write_posts(ctx, session, fresh, organs)
    return [row.id for row in fresh]


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
    muted: Sequence[str]


def _people(session: Session, ids: set[int]) -> dict[int, _Person]:
    rows = session.execute(
        select(Account.id, Account.email, Account.mail_muted).where(Account.id.in_(ids), Account.active)
    )
    return {row.id: _Person(row.email, row.mail_muted) for row in rows}


def _insert_alerts(ctx: Context, session: Session, wanted: Sequence[NewAlert]) -> Sequence[Any]:
    if not wanted:
        return []
    table = cast("Table", Alert.__table__)
    new = (
        postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
    )
    return session.execute(
        new.on_conflict_do_nothing().returning(
            table.c.id, table.c.recipient_id, table.c.kind, table.c.case_id
        ),
        [_values(ctx, alert) for alert in wanted],
    ).all()


def _values(ctx: Context, alert: NewAlert) -> dict[str, Any]:
    return {
        "recipient_id": alert.recipient_id,
        "stands_for_id": alert.stands_for_id,
        "case_id": alert.case_id,
        "kind": str(alert.kind),
        "clock_kind": alert.clock_kind,
        "run": alert.run,
        "ref": alert.ref,
        "step": alert.step,
        "due_on": alert.on,
        "params": alert.params,
        "created_at": ctx.now,
    }


def _insert_messages(
    ctx: Context,
    session: Session,
    fresh: Sequence[Any],
    people: Mapping[int, _Person],
    organs: Mapping[int | None, int | None],
) -> None:
    """One message for each new alert that is mailed, copied from the rows within the database: they are many."""
    if not ctx.adapters.mailer.ready:
        return
    mailed = [row for row in fresh if _is_mailed(row, people[row.recipient_id])]
    if not mailed:
        return
    policies = policies_of(session, {organ_id for organ_id in organs.values() if organ_id is not None})
    leave = Leaving(ctx, session)
    leaving: dict[tuple[bool, datetime], list[int]] = {}
    for row in mailed:
        urgent = row.kind in URGENT
        organ_id = organs[row.case_id]
        policy = policies.get(organ_id, DEFAULT_POLICY) if organ_id else DEFAULT_POLICY
        leaving.setdefault((urgent, ctx.now if urgent else leave.at(policy)), []).append(row.id)
    for (urgent, at), ids in leaving.items():
        session.execute(_messages_of(ids, urgent, ctx.now, at))


def _messages_of(ids: Sequence[int], urgent: bool, now: datetime, at: datetime) -> Insert:
    table, alerts = cast("Table", OutboxMessage.__table__), Alert.__table__.c
    values = {
        "message_id": random_id(),
        "channel": literal(str(Channel.EMAIL)),
        "recipient_id": alerts.recipient_id,
        "alert_id": alerts.id,
        "payload": literal({}, table.c.payload.type),
        "urgent": literal(urgent),
        "state": literal(str(OutboxState.PENDING)),
        "attempts": literal(0),
        "created_at": literal(now, table.c.created_at.type),
        "next_attempt_at": literal(at, table.c.next_attempt_at.type),
    }
    return insert(table).from_select(list(values), select(*values.values()).where(among(alerts.id, ids)))


def _is_mailed(alert: Any, person: _Person) -> bool:
    return bool(person.email) and is_wanted(AlertKind(alert.kind), person.muted)
