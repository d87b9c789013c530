"""Refusals under Art 14–16 and when each is reviewed again (Art 18), within the person's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.dispositions import Disposition
from tracker.domain.permissions import Permission
from tracker.domain.refusal_reviews import LAST, ReviewResult, due_since, next_review_on
from tracker.models import Account, Case, Organ, RefusalReview
from tracker.models.case import refused_codes
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases

PAGE_SIZE = 50
SOON_DAYS = 31
MOST_COUNTED = 1_000


class Wanted(StrEnum):
    """Which refusals a list shows: due by today, due within a month from now, or all that are still reviewed."""

    DUE = "due"
    SOON = "soon"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A refusal with the day of its next review; ``last_*``: of the last review of this reply, where there was one."""

    case_id: int
    number: str
    organ: str
    description: str
    disposition: Disposition
    replied_on: date
    last_on: date | None
    last_result: ReviewResult | None

    @property
    def due_on(self) -> date | None:
        """None once there is nothing left to review."""
        if self.last_result in LAST:
            return None
        return next_review_on(self.last_on or self.replied_on)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """One review on record."""

    reviewed_on: date
    result: ReviewResult
    note: str
    by: str


def list_refusals(
    session: Session,
    actor: Actor,
    today: date,
    wanted: Wanted = Wanted.DUE,
    *,
    organ_id: int | None = None,
    page: int = 1,
) -> Page[RefusalRow]:
    """Those the person may see, the longest due first."""
    query = _refusals().where(visible_cases(actor), *_within(wanted, today))
    if organ_id is not None:
        query = query.where(Case.organ_id == organ_id)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    rows = session.execute(
        query.order_by(_since(), Case.id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    )
    return Page([_row(row) for row in rows], total, number, PAGE_SIZE)


def find_refusal(session: Session, case: Case) -> RefusalRow | None:
    """How it stands with a case the caller has fetched through the scope; None when nothing was refused."""
    row = session.execute(_refusals().where(Case.id == case.id)).first()
    return _row(row) if row else None


def count_due_refusals(session: Session, actor: Actor, today: date) -> int:
    """How many are due today or before, for who reviews them and for who watches the district; ``MOST_COUNTED`` and
    more are not told apart."""
    watches = actor.may_somewhere(Permission.CASE_CHASE)
    organs = actor.organs_where(Permission.REFUSAL_REVIEW)
    if not watches and not organs:
        return 0
    scope = [] if watches else [Case.organ_id.in_(organs)]
    query = _refusals().where(visible_cases(actor), *scope, *_within(Wanted.DUE, today)).limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def list_reviews(session: Session, case_id: int) -> Sequence[ReviewFacts]:
    """Reviews of a case the caller has fetched through the scope, the last first."""
    rows = session.execute(
        select(RefusalReview, Account.name)
        .join(Account, Account.id == RefusalReview.reviewed_by_id)
        .where(RefusalReview.case_id == case_id)
        .order_by(RefusalReview.reviewed_on.desc(), RefusalReview.id.desc())
    )
    return [ReviewFacts(row.reviewed_on, ReviewResult(row.result), row.note, by) for row, by in rows]


def _refusals() -> Select[Any]:
    later = (
        select(func.max(RefusalReview.id))
        .where(RefusalReview.case_id == Case.id, RefusalReview.reviewed_on >= Case.stopped_on)
        .correlate(Case)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Case.id,
        Case.number,
        Organ.name.label("organ"),
        Case.description,
        Case.disposition,
        Case.stopped_on,
        RefusalReview.reviewed_on,
        RefusalReview.result,
    )
    return (
        select(*columns)
        .join(Organ, Organ.id == Case.organ_id)
        .outerjoin(RefusalReview, and_(RefusalReview.case_id == Case.id, RefusalReview.id == later))
        .where(refused_codes(), Case.stopped_on.is_not(None), Case.destroyed_on.is_(None))
    )


def _since() -> ColumnElement[date]:
    """The day from which the next review is counted."""
    return func.coalesce(RefusalReview.reviewed_on, Case.stopped_on)


def _within(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    open_ones = or_(RefusalReview.id.is_(None), RefusalReview.result.not_in([str(each) for each in LAST]))
    if wanted is Wanted.ALL:
        return [open_ones]
    until = due_since(today if wanted is Wanted.DUE else today + timedelta(days=SOON_DAYS))
    # Whoever was reviewed since was answered before that: the reply's day alone narrows by the index.
    return [open_ones, Case.stopped_on <= until, _since() <= until]


def _row(row: Any) -> RefusalRow:
    return RefusalRow(
        case_id=row.id,
        number=row.number,
        organ=row.organ,
        description=row.description,
        disposition=Disposition(row.disposition),
        replied_on=row.stopped_on,
        last_on=row.reviewed_on,
        last_result=ReviewResult(row.result) if row.result else None,
    )
