"""What the calendar asks of a person today: a year to load, proposals to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import GRANTS, Permission
from tracker.domain.year_checks import year_to_load
from tracker.models import Account, CalendarEdition, RoleHolding
from tracker.queries.calendar_proposals import ProposalFacts, list_proposals


@dataclass(frozen=True, slots=True)
class CalendarDuties:
    """``missing_year``: one that should be loaded and that nobody has proposed yet; ``waiting``: proposals of others
    that the person may confirm; ``own``: those of the person that wait for somebody else."""

    missing_year: int | None
    waiting: Sequence[ProposalFacts]
    own: Sequence[ProposalFacts]

    def __bool__(self) -> bool:
        return bool(self.missing_year or self.waiting or self.own)


def calendar_duties(session: Session, actor: Actor, today: date) -> CalendarDuties | None:
    """Duties of whoever keeps or confirms calendars; None for everybody else, and where there is nothing to do."""
    keeps = actor.may_somewhere(Permission.CALENDAR_MANAGE)
    if not keeps and not actor.may_somewhere(Permission.CALENDAR_CONFIRM):
        return None
    proposals = list_proposals(session, only_open=True)
    missing = missing_year(session, today) if keeps else None
    found = CalendarDuties(
        missing_year=None if any(p.edition.year == missing for p in proposals) else missing,
        waiting=[p for p in proposals if p.proposed_by_id != actor.account_id],
        own=[p for p in proposals if p.proposed_by_id == actor.account_id],
    )
    return found or None


def missing_year(session: Session, today: date) -> int | None:
    """The year that should be loaded by today and is not."""
    return year_to_load(today, set(session.scalars(select(CalendarEdition.year).distinct())))


def calendar_keepers(session: Session) -> Sequence[int]:
    """Accounts in use whose role may load a year."""
    roles = [str(role) for role, granted in GRANTS.items() if Permission.CALENDAR_MANAGE in granted]
    return session.scalars(
        select(Account.id)
        .join(RoleHolding, RoleHolding.account_id == Account.id)
        .where(Account.active.is_(True), RoleHolding.role.in_(roles))
        .distinct()
        .order_by(Account.id)
    ).all()
