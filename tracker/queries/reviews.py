"""Decisions of review in a period, of the organs a person may see figures of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.office_days import day_begins, office_day
from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.return_reasons import known_reasons
from tracker.domain.review_figures import Reviewed, ReviewOutcome
from tracker.models import Account, Case, LegalReview, Letter, Organ
from tracker.queries.calendars import current_calendar
from tracker.queries.scope import permitted_cases, visible_cases


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One decision as a list shows it; ``told`` as it is counted."""

    letter_id: int
    case_number: str
    description: str
    organ: str
    advisor: str
    submitted_on: date | None
    opinion: str
    told: Reviewed


def list_reviews(session: Session, actor: Actor, period: ReportingPeriod) -> Sequence[ReviewRow]:
    """Decisions of the period, the latest first."""
    if not actor.may_somewhere(Permission.REVIEW_FIGURES):
        return ()
    rows = session.execute(
        select(
            LegalReview,
            Letter.id,
            Letter.organ_id,
            Case.number,
            Case.description,
            Organ.name,
            Account.name,
        )
        .join(Letter, Letter.id == LegalReview.letter_id)
        .join(Case, Case.id == Letter.case_id)
        .join(Organ, Organ.id == Letter.organ_id)
        .outerjoin(Account, Account.id == LegalReview.reviewer_id)
        .where(
            LegalReview.step == "review",
            LegalReview.decided_at >= day_begins(period.first_on),
            LegalReview.decided_at < day_begins(period.last_on + timedelta(days=1)),
            visible_cases(actor),
            _counted(actor),
        )
        .order_by(LegalReview.decided_at.desc(), LegalReview.id.desc())
    )
    calendar = current_calendar(session)
    return [_row(row, calendar) for row in rows]


def _counted(actor: Actor) -> ColumnElement[bool]:
    """The whole district for those who read it, else the organs in which a role grants the figures."""
    return true() if actor.reads_whole_district else permitted_cases(actor, Permission.REVIEW_FIGURES)


def _row(row: Any, calendar: WorkCalendar) -> ReviewRow:
    review: LegalReview = row[0]
    decided_on = office_day(review.decided_at)
    submitted_on = office_day(review.submitted_at) if review.submitted_at else None
    outcome = ReviewOutcome.RETURNED if review.verdict == "returned" else ReviewOutcome(review.manner)
    own = review.paper_name is None and outcome is not ReviewOutcome.WAIVED
    days = calendar.count(submitted_on, decided_on) if submitted_on is not None and own else None
    told = Reviewed(
        organ=row[2],
        advisor=review.reviewer_id or 0,
        on=decided_on,
        outcome=outcome,
        reasons=known_reasons(review.reasons),
        days=days,
    )
    return ReviewRow(
        letter_id=row[1],
        case_number=row[3],
        description=row[4],
        organ=row[5],
        advisor=row[6] or review.paper_name or "",
        submitted_on=submitted_on,
        opinion=review.opinion,
        told=told,
    )
