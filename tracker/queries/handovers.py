"""移交: whose cases may be handed over, what waits for whom, and one handover with its cases, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.errors import NotFound
from tracker.domain.handovers import HandedCase, HandoverState
from tracker.domain.permissions import Permission
from tracker.domain.reading import ClockState
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.models import Account, Case, Clock, Handover, HandoverCase, Organ
from tracker.queries.case_rows import CaseRow, base_query, is_open, rows_of
from tracker.queries.scope import visible_cases

_Giver, _Receiver, _Offerer = aliased(Account), aliased(Account), aliased(Account)
_WAITING = str(HandedCase.WAITING)


@dataclass(frozen=True, slots=True)
class Giver:
    """A person whose cases in one organ may be handed over, and how many that are."""

    organ_id: int
    organ: str
    id: int
    name: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """One handover; ``count`` are the cases it names."""

    id: int
    organ_id: int
    organ: str
    from_id: int
    giver: str
    to_id: int
    receiver: str
    offered_by_id: int
    offered_by: str
    offered_on: date
    reason: str
    state: HandoverState
    decided_on: date | None
    decision_reason: str | None
    version: int
    count: int

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state is HandoverState.OFFERED

    def concerns(self, account_id: int | None) -> bool:
        """Whether the person gives, receives or offered it."""
        return account_id in (self.from_id, self.to_id, self.offered_by_id)


def in_hand_of(account_id: int, organ_id: int) -> ColumnElement[bool]:
    """Condition: the person's cases in the organ on which something may still be done."""
    return and_(Case.organ_id == organ_id, Case.handler_id == account_id, has_work_left())


def has_work_left() -> ColumnElement[bool]:
    """Condition: not archived, or archived with a period that still runs (an answer owed to a reviewing organ or a
    court)."""
    running = select(Clock.case_id).where(Clock.state == str(ClockState.RUNNING), Clock.current.is_(True))
    return or_(Case.stage != str(Stage.ARCHIVED), Case.id.in_(running))


def already_offered() -> ColumnElement[bool]:
    """Condition: the case waits in a handover."""
    return Case.id.in_(select(HandoverCase.case_id).where(HandoverCase.outcome == _WAITING))


def list_givers(session: Session, actor: Actor) -> Sequence[Giver]:
    """Oneself, and everybody in organs whose disclosure office one heads, as far as they have cases in hand that wait
    in no handover; those who have left first."""
    own = and_(
        Case.organ_id.in_(actor.organs_where(Permission.HANDOVER_OFFER)), Case.handler_id == actor.account_id
    )
    arranged = Case.organ_id.in_(actor.organs_where(Permission.HANDOVER_ARRANGE))
    rows = session.execute(
        select(Organ.id, Organ.name, Account.id, Account.name, Account.active, func.count())
        .select_from(Case)
        .join(Organ, Organ.id == Case.organ_id)
        .join(Account, Account.id == Case.handler_id)
        .where(or_(own, arranged), has_work_left(), ~already_offered(), visible_cases(actor))
        .group_by(Organ.id, Organ.name, Account.id, Account.name, Account.active)
        .order_by(Account.active, Organ.id, Account.name, Account.id)
    )
    return [Giver(*row) for row in rows]


def list_offerable(
    session: Session, actor: Actor, giver: Giver, calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    """The cases that may be handed over, most urgent first."""
    wanted = (visible_cases(actor), in_hand_of(giver.id, giver.organ_id), ~already_offered())
    return rows_of(session, _by_urgency(base_query().where(*wanted)), calendar, today)


def list_handovers(
    session: Session, actor: Actor, *, only_waiting: bool = False, organ_id: int | None = None
) -> Sequence[HandoverFacts]:
    """Handovers that concern the person or an organ whose disclosure office they head, waiting ones first, then the
    newest."""
    conditions = [_seen(actor)]
    if only_waiting:
        conditions.append(Handover.state == str(HandoverState.OFFERED))
    if organ_id is not None:
        conditions.append(Handover.organ_id == organ_id)
    newest = _facts(*conditions).order_by(Handover.decided_on.is_not(None), Handover.id.desc()).limit(200)
    return [_as_facts(row) for row in session.execute(newest)]


def get_handover(session: Session, actor: Actor, handover_id: int) -> HandoverFacts:
    """One handover. Raises ``NotFound`` for whom it does not concern."""
    row = session.execute(_facts(_seen(actor), Handover.id == handover_id)).first()
    if row is None:
        raise NotFound(N_("没有找到这份移交，或者它与您无关。"))
    return _as_facts(row)


def cases_of(
    session: Session, actor: Actor, handover_id: int, calendar: WorkCalendar, today: date
) -> list[CaseRow]:
    """The cases of a handover as they stand now, most urgent first."""
    named = Case.id.in_(select(HandoverCase.case_id).where(HandoverCase.handover_id == handover_id))
    return rows_of(session, _by_urgency(base_query().where(visible_cases(actor), named)), calendar, today)


def outcomes_of(session: Session, handover_id: int) -> Mapping[int, HandedCase]:
    """What became of each case, by the case's id."""
    rows = session.execute(
        select(HandoverCase.case_id, HandoverCase.outcome).where(HandoverCase.handover_id == handover_id)
    )
    return {case_id: HandedCase(outcome) for case_id, outcome in rows}


def _by_urgency(query: Select[Any]) -> Select[Any]:
    return query.order_by(~is_open(), Clock.due_on.asc().nulls_last(), Case.received_on, Case.id)


def _seen(actor: Actor) -> ColumnElement[bool]:
    if actor.account_id is None:
        return false()
    mine = or_(
        Handover.from_id == actor.account_id,
        Handover.to_id == actor.account_id,
        Handover.offered_by_id == actor.account_id,
    )
    read = Handover.organ_id.in_(actor.organs_where(Permission.HANDOVER_OFFER))
    return or_(and_(mine, read), Handover.organ_id.in_(actor.organs_where(Permission.HANDOVER_ARRANGE)))


def _facts(*where: ColumnElement[bool]) -> Select[Any]:
    count = (
        select(func.count())
        .where(HandoverCase.handover_id == Handover.id)
        .correlate(Handover)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Handover.id,
        Handover.organ_id,
        Organ.name,
        Handover.from_id,
        _Giver.name,
        Handover.to_id,
        _Receiver.name,
        Handover.offered_by_id,
        _Offerer.name,
        Handover.offered_on,
        Handover.reason,
        Handover.state,
        Handover.decided_on,
        Handover.decision_reason,
        Handover.version_id,
        count,
    )
    return (
        select(*columns)
        .join(Organ, Organ.id == Handover.organ_id)
        .join(_Giver, _Giver.id == Handover.from_id)
        .join(_Receiver, _Receiver.id == Handover.to_id)
        .join(_Offerer, _Offerer.id == Handover.offered_by_id)
        .where(*where)
    )


def _as_facts(row: Any) -> HandoverFacts:
    values = list(row)
    values[11] = HandoverState(values[11])
    return HandoverFacts(*values)
