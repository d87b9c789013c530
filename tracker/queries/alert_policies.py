"""What organs have set for their alerts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy
from tracker.models import AlertPolicy as StoredPolicy


def policies_of(session: Session, organ_ids: Iterable[int]) -> dict[int, AlertPolicy]:
    """The policy of each organ; those that set nothing follow the default."""
    wanted = set(organ_ids)
    found = dict.fromkeys(wanted, DEFAULT_POLICY)
    for row in session.scalars(select(StoredPolicy).where(StoredPolicy.organ_id.in_(wanted))):
        found[row.organ_id] = as_policy(row)
    return found


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """An organ's policy for its page; ``version`` is 0 while it has set nothing."""

    policy: AlertPolicy
    version: int


def kept_policy(session: Session, organ_id: int) -> KeptPolicy:
    """What one organ has set, else the district's default."""
    row = session.get(StoredPolicy, organ_id)
    return KeptPolicy(as_policy(row), row.version_id) if row else KeptPolicy(DEFAULT_POLICY, 0)


def as_policy(row: StoredPolicy) -> AlertPolicy:
    """The stored settings as the domain knows them."""
    return AlertPolicy(
        ahead=tuple(int(days) for days in row.ahead),
        overdue_every=row.overdue_every,
        review_days=row.review_days,
        sign_off_days=row.sign_off_days,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        quiet_days_off=row.quiet_days_off,
    )
