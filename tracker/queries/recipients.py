"""Whom an alert about a case reaches: the people who hold the roles, and who stands in where nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.alert_schedule import Audience
from tracker.domain.permissions import Role
from tracker.models import Account, RoleHolding


@dataclass(frozen=True, slots=True)
class Roster:
    """Active people by role and organ, as they are in this transaction."""

    holders: dict[tuple[Role, int], tuple[int, ...]]
    district: dict[Role, tuple[int, ...]]

    def of(self, role: Role, organ_id: int) -> tuple[int, ...]:
        """Those who hold the role in the organ."""
        return self.holders.get((role, organ_id), ())

    def reached(self, audience: Audience, organ_id: int, handler_id: int | None) -> Sequence[int]:
        """Accounts an audience stands for; never empty while anybody at all is there to be told."""
        supervisors = self.district.get(Role.SUPERVISOR, ())
        if audience is Audience.SUPERVISOR:
            return supervisors or self.of(Role.DISCLOSURE_HEAD, organ_id)
        heads, clerks = self.of(Role.DISCLOSURE_HEAD, organ_id), self.of(Role.CLERK, organ_id)
        if audience is Audience.HANDLER and handler_id in clerks and handler_id is not None:
            return (handler_id,)
        return heads or clerks or supervisors


def read_roster(session: Session) -> Roster:
    """Everybody who may be told of a case. A district has some hundred people: read once for many cases."""
    rows = session.execute(
        select(RoleHolding.role, RoleHolding.organ_id, RoleHolding.account_id)
        .join(Account, Account.id == RoleHolding.account_id)
        .where(Account.active)
        .order_by(RoleHolding.account_id)
    )
    holders: dict[tuple[Role, int], tuple[int, ...]] = {}
    district: dict[Role, tuple[int, ...]] = {}
    for role, organ_id, account_id in rows:
        key = (Role(role), organ_id)
        holders[key] = (*holders.get(key, ()), account_id)
        if account_id not in district.get(Role(role), ()):
            district[Role(role)] = (*district.get(Role(role), ()), account_id)
    return Roster(holders, district)
