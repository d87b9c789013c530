"""Loaded years with their notice and who brought them in, for the pages that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.errors import NotFound
from tracker.domain.vocabulary import N_
from tracker.domain.year_edition import SpecialDay
from tracker.models import Account, CalendarDay, CalendarEdition, CalendarProposal

Loader, Proposer = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One edition of a year. ``notice_number`` None: 未核. ``loaded_by`` is who confirmed it; None where it came with
    the program or from the command line, which ``cases_moved`` tells apart: None where nothing could move yet."""

    version: int
    year: int
    notice_number: str | None
    notice_on: date | None
    loaded_at: datetime
    loaded_by: str | None
    cases_moved: int | None
    proposed_by: str | None
    reason: str | None
    proposal_id: int | None


def list_editions(session: Session) -> Sequence[EditionFacts]:
    """The newest edition of each year, oldest year first."""
    newest = select(func.max(CalendarEdition.id)).group_by(CalendarEdition.year)
    rows = session.execute(_query().where(CalendarEdition.id.in_(newest)).order_by(CalendarEdition.year))
    return [EditionFacts(*row) for row in rows]


def list_every_edition(session: Session, limit: int = 200) -> Sequence[EditionFacts]:
    """All editions, the newest first."""
    rows = session.execute(_query().order_by(CalendarEdition.id.desc()).limit(limit))
    return [EditionFacts(*row) for row in rows]


def get_edition(session: Session, version: int) -> EditionFacts:
    """One edition. Raises ``NotFound``."""
    row = session.execute(_query().where(CalendarEdition.id == version)).first()
    if row is None:
        raise NotFound(N_("没有找到这一版工作日历。"))
    return EditionFacts(*row)


def days_of_edition(session: Session, version: int) -> tuple[SpecialDay, ...]:
    """The days an edition names, in order."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.kind, CalendarDay.name)
        .where(CalendarDay.edition_id == version)
        .order_by(CalendarDay.day)
    )
    return tuple(SpecialDay(day, kind == "work", name) for day, kind, name in rows)


def version_before(session: Session, version: int, year: int) -> int | None:
    """The edition of the year that this one superseded; None where it was the first."""
    return session.scalar(
        select(func.max(CalendarEdition.id)).where(CalendarEdition.year == year, CalendarEdition.id < version)
    )


def _query() -> Select[Any]:
    columns: tuple[Any, ...] = (
        CalendarEdition.id,
        CalendarEdition.year,
        CalendarEdition.notice_number,
        CalendarEdition.notice_on,
        CalendarEdition.loaded_at,
        Loader.name,
        CalendarEdition.cases_moved,
        Proposer.name,
        CalendarProposal.reason,
        CalendarProposal.id,
    )
    return (
        select(*columns)
        .select_from(CalendarEdition)
        .outerjoin(Loader, Loader.id == CalendarEdition.loaded_by_id)
        .outerjoin(CalendarProposal, CalendarProposal.edition_id == CalendarEdition.id)
        .outerjoin(Proposer, Proposer.id == CalendarProposal.proposed_by_id)
    )
