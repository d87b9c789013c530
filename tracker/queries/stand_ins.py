"""代岗: who stands in for whom on a day, who may, and the arrangements a person may look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor, StoodInFor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import DISTRICT_WIDE, STANDING_IN, Permission, Role, permissions_of
from tracker.domain.stand_ins import Absence, StandInState
from tracker.domain.vocabulary import N_
from tracker.models import Account, Organ, RoleHolding, StandIn

_Away, _StandsIn, _Namer, _Ender = aliased(Account), aliased(Account), aliased(Account), aliased(Account)
_OFFICE = [str(role) for role in STANDING_IN]
MOST_PAST = 50


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of an organ with the roles held there."""

    id: int
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class StandInFacts:
    """One arrangement, with the names people know each other by."""

    id: int
    organ_id: int
    organ: str
    away_id: int
    away: str
    stand_in_id: int
    stand_in: str
    named_by: str
    named_at: datetime
    from_on: date
    to_on: date
    ended_at: datetime | None
    ended_by: str | None

    def state_on(self, day: date) -> StandInState:
        """Where it stands on a day."""
        return Absence(self.from_on, self.to_on).state_on(day, ended=self.ended_at is not None)


def stand_ins_on(session: Session, today: date) -> dict[tuple[int | None, int], int]:
    """Who stands in on that day, by organ and person away; read once for many alerts."""
    rows = session.execute(
        select(StandIn.organ_id, StandIn.away_id, StandIn.stand_in_id).where(in_force(today))
    )
    return {(organ_id, away_id): stand_in_id for organ_id, away_id, stand_in_id in rows}


def standing_in(session: Session, actor: Actor, today: date) -> Actor:
    """The person with those they stand in for on that day: handlers alone, for nothing else is lent."""
    rows = session.execute(_stood_in_for(), {"stand_in_id": actor.account_id, "today": today})
    return replace(actor, standing_in=frozenset(StoodInFor(*row) for row in rows))


@cache
def _stood_in_for() -> Select[int, int]:
    """Written once: every page asks it."""
    return select(StandIn.away_id, StandIn.organ_id).where(
        StandIn.stand_in_id == bindparam("stand_in_id"),
        in_force(bindparam("today", type_=Date())),
        _holds(StandIn.away_id, [str(Role.CLERK)]),
    )


def in_force(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Condition on ``StandIn``: it runs on that day, between two people who still work in the organ."""
    return and_(
        StandIn.from_on <= today,
        StandIn.to_on >= today,
        StandIn.ended_at.is_(None),
        _BOTH_WORK_THERE,
    )


def list_colleagues(session: Session, organ_id: int) -> Sequence[Colleague]:
    """Active people of the organ who may be stood in for and stand in, by name."""
    rows = session.execute(
        select(Account.id, Account.name, RoleHolding.role)
        .join(RoleHolding, RoleHolding.account_id == Account.id)
        .where(Account.active, RoleHolding.organ_id == organ_id, RoleHolding.role.in_(_OFFICE))
        .order_by(Account.name, Account.id, RoleHolding.id)
    )
    found: dict[int, Colleague] = {}
    for account_id, name, role in rows:
        known = found.get(account_id, Colleague(account_id, name, ()))
        found[account_id] = replace(known, roles=(*known.roles, Role(role)))
    return list(found.values())


def list_organs_to_arrange(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """Organs in which the person may name a stand-in, for themselves or for others."""
    own = Organ.id.in_(actor.organs_where(Permission.STAND_IN_NAME) - _district_organs(actor))
    staffed = Organ.id.in_(select(RoleHolding.organ_id).where(RoleHolding.role.in_(_OFFICE)))
    rows = session.execute(
        select(Organ.id, Organ.name)
        .where(Organ.active, or_(own, and_(_everywhere(actor), staffed)))
        .order_by(Organ.id)
    )
    return [(row.id, row.name) for row in rows]


def list_stand_ins(session: Session, actor: Actor, today: date) -> Sequence[StandInFacts]:
    """Arrangements of one's own and of the organs one arranges for that run or are to come, the nearest first."""
    living = and_(StandIn.ended_at.is_(None), StandIn.to_on >= today)
    return _read(session, _facts(_seen(actor), living).order_by(StandIn.from_on, StandIn.id))


def list_past_stand_ins(session: Session, actor: Actor, today: date) -> Sequence[StandInFacts]:
    """Those that are over or were ended, the latest first."""
    past = or_(StandIn.ended_at.is_not(None), StandIn.to_on < today)
    newest = _facts(_seen(actor), past).order_by(StandIn.to_on.desc(), StandIn.id.desc())
    return _read(session, newest.limit(MOST_PAST))


def list_own_stand_ins(session: Session, actor: Actor, today: date) -> Sequence[StandInFacts]:
    """Those that run today and concern the person: away, or standing in."""
    own = or_(StandIn.away_id == actor.account_id, StandIn.stand_in_id == actor.account_id)
    return _read(session, _facts(own, in_force(today)).order_by(StandIn.to_on, StandIn.id))


def get_stand_in(session: Session, actor: Actor, stand_in_id: int) -> StandInFacts:
    """One arrangement. Raises ``NotFound`` for whom it does not concern."""
    found = _read(session, _facts(_seen(actor), StandIn.id == stand_in_id))
    if not found:
        raise NotFound(N_("没有找到这项代岗安排，或者它与您无关。"))
    return found[0]


def _holds(account: ColumnElement[int] | Any, roles: list[str]) -> ColumnElement[bool]:
    held, person = aliased(RoleHolding), aliased(Account)
    return (
        select(held.id)
        .join(person, person.id == held.account_id)
        .where(
            held.account_id == account,
            held.organ_id == StandIn.organ_id,
            held.role.in_(roles),
            person.active,
        )
        .correlate(StandIn)
        .exists()
    )


_BOTH_WORK_THERE = and_(_holds(StandIn.away_id, _OFFICE), _holds(StandIn.stand_in_id, _OFFICE))
"""Made once: alerts ask for it at every turn."""


def _everywhere(actor: Actor) -> ColumnElement[bool]:
    return true() if _district_organs(actor) else false()


def _district_organs(actor: Actor) -> frozenset[int]:
    """Organs of the roles by which the person arranges for the whole district."""
    return frozenset(
        held.organ_id
        for held in actor.holdings
        if held.role in DISTRICT_WIDE and Permission.STAND_IN_ARRANGE in permissions_of(held.role)
    )


def _seen(actor: Actor) -> ColumnElement[bool]:
    if actor.account_id is None:
        return false()
    return or_(
        StandIn.away_id == actor.account_id,
        StandIn.stand_in_id == actor.account_id,
        StandIn.named_by_id == actor.account_id,
        StandIn.organ_id.in_(actor.organs_where(Permission.STAND_IN_ARRANGE)),
        _everywhere(actor),
    )


def _facts(*where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        StandIn.id,
        StandIn.organ_id,
        Organ.name,
        StandIn.away_id,
        _Away.name,
        StandIn.stand_in_id,
        _StandsIn.name,
        _Namer.name,
        StandIn.named_at,
        StandIn.from_on,
        StandIn.to_on,
        StandIn.ended_at,
        _Ender.name,
    )
    return (
        select(*columns)
        .join(Organ, Organ.id == StandIn.organ_id)
        .join(_Away, _Away.id == StandIn.away_id)
        .join(_StandsIn, _StandsIn.id == StandIn.stand_in_id)
        .join(_Namer, _Namer.id == StandIn.named_by_id)
        .outerjoin(_Ender, _Ender.id == StandIn.ended_by_id)
        .where(*where)
    )


def _read(session: Session, query: Select[Any]) -> Sequence[StandInFacts]:
    return [StandInFacts(*row) for row in session.execute(query)]
