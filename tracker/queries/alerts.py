"""Alerts as their recipient reads them, and those of a case that quoted a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.alerts import AlertKind
from tracker.domain.vocabulary import N_
from tracker.models import Account, Alert, Case, Organ
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases


class Reading(StrEnum):
    """Which alerts to list."""

    UNREAD = "unread"
    HOLDING = "holding"
    ALL = "all"


READING_NAMES: dict[Reading, str] = {
    Reading.UNREAD: N_("未读"),
    Reading.HOLDING: N_("仍待办理"),
    Reading.ALL: N_("全部"),
}


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert. ``case_id``, ``number`` and ``organ`` are None for alerts about the installation; ``stands_for``: told
    in the place of that person, who is away."""

    id: int
    kind: AlertKind
    clock_kind: str
    due_on: date
    params: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None
    resolved_at: datetime | None
    case_id: int | None
    number: str | None
    organ: str | None
    stands_for: str | None


def list_alerts(
    session: Session,
    actor: Actor,
    *,
    reading: Reading = Reading.ALL,
    kind: AlertKind | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[AlertRow]:
    """A person's own alerts, unread first, then the newest, of one moment the earliest date first.

    A page beyond the end shows the last one.
    """
    conditions = [_own(actor), *_narrowed(reading, kind)]
    total = session.scalar(select(func.count()).select_from(Alert).where(*conditions)) or 0
    number = min(page, max(1, -(-total // size)))
    rows = session.execute(
        _columns()
        .where(*conditions)
        .order_by(Alert.read_at.is_not(None), Alert.created_at.desc(), Alert.due_on, Alert.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([_as_row(row) for row in rows], total, number, size)


def unread(actor: Actor) -> Select[int]:
    """How many alerts the person has not seen, to be asked together with other figures."""
    return select(func.count()).select_from(Alert).where(_own(actor), Alert.read_at.is_(None))


def count_unread(session: Session, actor: Actor) -> int:
    """How many alerts the person has not seen."""
    return session.scalar(unread(actor)) or 0


def count_by_reading(session: Session, actor: Actor) -> dict[Reading, int]:
    """How many each choice would list."""
    row = session.execute(
        select(
            func.count(),
            func.count().filter(Alert.read_at.is_(None)),
            func.count().filter(Alert.resolved_at.is_(None)),
        ).where(_own(actor))
    ).one()
    return {Reading.ALL: row[0], Reading.UNREAD: row[1], Reading.HOLDING: row[2]}


def list_kinds(session: Session, actor: Actor) -> list[AlertKind]:
    """The kinds the person has been told of, in the order of ``AlertKind``."""
    found = set(session.scalars(select(Alert.kind).where(_own(actor)).distinct()))
    return [kind for kind in AlertKind if str(kind) in found]


def find_alert(session: Session, actor: Actor, alert_id: int) -> AlertRow | None:
    """One of the person's own alerts."""
    row = session.execute(_columns().where(_own(actor), Alert.id == alert_id)).first()
    return _as_row(row) if row else None


def list_quoting(session: Session, actor: Actor, case_id: int, due_on: date) -> Sequence[AlertRow]:
    """Alerts of a case that told somebody of this due date, oldest first."""
    rows = session.execute(
        _columns()
        .where(Alert.case_id == case_id, Alert.due_on == due_on, visible_cases(actor))
        .order_by(Alert.created_at, Alert.id)
    )
    return [_as_row(row) for row in rows]


def _columns() -> Any:
    return (
        select(
            Alert.id,
            Alert.kind,
            Alert.clock_kind,
            Alert.due_on,
            Alert.params,
            Alert.created_at,
            Alert.read_at,
            Alert.resolved_at,
            Alert.case_id,
            Case.number,
            Organ.name.label("organ"),
            Account.name.label("stands_for"),
        )
        .outerjoin(Case, Case.id == Alert.case_id)
        .outerjoin(Organ, Organ.id == Case.organ_id)
        .outerjoin(Account, Account.id == Alert.stands_for_id)
    )


def _own(actor: Actor) -> ColumnElement[bool]:
    """Told to this person, about a case still within their sight."""
    mine = Alert.recipient_id == actor.account_id
    if actor.reads_whole_district:
        return mine
    seen = select(Case.id).where(visible_cases(actor))
    return mine & or_(Alert.case_id.is_(None), Alert.case_id.in_(seen))


def _narrowed(reading: Reading, kind: AlertKind | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if reading is Reading.UNREAD:
        conditions.append(Alert.read_at.is_(None))
    if reading is Reading.HOLDING:
        conditions.append(Alert.resolved_at.is_(None))
    if kind is not None:
        conditions.append(Alert.kind == str(kind))
    return conditions


def _as_row(row: Any) -> AlertRow:
    return AlertRow(
        id=row.id,
        kind=AlertKind(row.kind),
        clock_kind=row.clock_kind,
        due_on=row.due_on,
        params=row.params,
        created_at=row.created_at,
        read_at=row.read_at,
        resolved_at=row.resolved_at,
        case_id=row.case_id,
        number=row.number,
        organ=row.organ,
        stands_for=row.stands_for,
    )
