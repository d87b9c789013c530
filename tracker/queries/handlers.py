"""Who may handle the requests of an organ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.permissions import GRANTS, Permission
from tracker.models import Account, RoleHolding

_HANDLING = [str(role) for role, granted in GRANTS.items() if Permission.CASE_HANDLE in granted]


@dataclass(frozen=True, slots=True)
class HandlerChoice:
    """A person a case can be given to."""

    id: int
    name: str


def list_handlers(session: Session, organ_id: int) -> Sequence[HandlerChoice]:
    """Active people with a handling role in the organ, by name."""
    rows = session.execute(
        select(Account.id, Account.name)
        .where(
            Account.active,
            Account.id.in_(
                select(RoleHolding.account_id).where(
                    RoleHolding.organ_id == organ_id, RoleHolding.role.in_(_HANDLING)
                )
            ),
        )
        .order_by(Account.name, Account.id)
    )
    return [HandlerChoice(row.id, row.name) for row in rows]
