"""Conditions on cases that figures and lists share, so that a figure is always the length of its list.

Overdue begins on the day after the due date; before that a case is near its date at most (临期). Open cases are
overdue, due soon, running, or standing still: exactly one of these.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.challenges import ANSWER_CLOCKS, ChallengeResult
from tracker.domain.reading import ClockState
from tracker.domain.reporting_period import Days, ReportingPeriod
from tracker.domain.stages import Stage
from tracker.models import Case, Challenge, Chase, Clock, StoredEntry
from tracker.queries.case_rows import is_open

SOON_DAYS = 5
"""Working days left at and below which a case counts as due soon (临期) for the whole district."""


class Due(StrEnum):
    """How an open case stands to its due date. ``COUNTED`` takes the first three together."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    STILL = "still"
    COUNTED = "counted"


class Outcome(StrEnum):
    """How a request was answered."""

    ON_TIME = "on_time"
    LATE = "late"


def stands(due: Due, calendar: WorkCalendar, today: date) -> ColumnElement[bool]:
    """Open and overdue; with no more than five working days left; with more; without a due date because the clock
    stands still (waiting for a correction, a payment, an opinion); or with any due date."""
    beyond = calendar.nth_workday(today, SOON_DAYS + 1)
    conditions: dict[Due, ColumnElement[bool]] = {
        Due.OVERDUE: Clock.due_on < today,
        Due.SOON: and_(Clock.due_on >= today, Clock.due_on < beyond),
        Due.LATER: Clock.due_on >= beyond,
        Due.STILL: Clock.due_on.is_(None),
        Due.COUNTED: Clock.due_on.is_not(None),
    }
    return and_(is_open(), conditions[due])


def due_on_day(day: date) -> ColumnElement[bool]:
    """Open and due on that very day."""
    return and_(is_open(), Clock.due_on == day)


def received_in(period: Days) -> ColumnElement[bool]:
    """Received within the period."""
    return Case.received_on.between(period.first_on, period.last_on)


def in_register(year: int) -> ColumnElement[bool]:
    """In the register (台账) of a year: new in it, or carried into it because it had no result before. A registration
    saved from the envelope alone is in none; a new reply ordered later brings no request back."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    no_result_before = or_(Case.first_result_on.is_(None), Case.first_result_on >= first)
    return and_(
        Case.needs_completion.is_(False),
        Case.received_on <= last,
        or_(Case.received_on >= first, no_result_before),
    )


def answered_in(period: Days, outcome: Outcome | None = None) -> ColumnElement[bool]:
    """Answered within the period (by the day that stopped the clock), in time or late where that is asked."""
    within = Case.stopped_on.between(period.first_on, period.last_on)
    verdict = Case.on_time.is_not(None) if outcome is None else Case.on_time.is_(outcome is Outcome.ON_TIME)
    return and_(within, verdict)


def unarchived_in(period: Days) -> ColumnElement[bool]:
    """Answered within the period, the file not closed yet."""
    return and_(answered_in(period), Case.stage != str(Stage.ARCHIVED))


def returned_in(period: Days) -> ColumnElement[bool]:
    """Had a draft returned by the legal advisor within the period."""
    return Case.id.in_(
        select(StoredEntry.case_id).where(
            StoredEntry.type == str(EntryType.REVIEW_RETURNED),
            StoredEntry.happened_on.between(period.first_on, period.last_on),
        )
    )


def challenged_in(period: Days) -> ColumnElement[bool]:
    """The copy of a reconsideration or a suit about it reached the organ within the period."""
    return Case.id.in_(
        select(Challenge.case_id).where(
            Challenge.voided.is_(False), Challenge.received_on.between(period.first_on, period.last_on)
        )
    )


def answers_challenge() -> ColumnElement[bool]:
    """The organ has still to answer a reconsideration or a suit about it: a period runs though the reply is out."""
    return Case.id.in_(
        select(Clock.case_id).where(
            Clock.kind.in_([str(kind) for kind in ANSWER_CLOCKS]), Clock.state == str(ClockState.RUNNING)
        )
    )


def corrected_in(period: ReportingPeriod) -> ColumnElement[bool]:
    """Lost a reconsideration or a suit (结果纠正) decided within the period."""
    return Case.id.in_(
        select(Challenge.case_id).where(
            Challenge.voided.is_(False),
            Challenge.result == str(ChallengeResult.CORRECTED),
            Challenge.result_on.between(period.first_on, period.last_on),
        )
    )


def lost_in(period: ReportingPeriod) -> ColumnElement[bool]:
    """A reconsideration or suit about it ended within the period with the reply set right (结果纠正)."""
    return Case.id.in_(
        select(Challenge.case_id).where(
            Challenge.result == str(ChallengeResult.CORRECTED),
            Challenge.voided.is_(False),
            Challenge.result_on.between(period.first_on, period.last_on),
        )
    )


def chased_in(period: ReportingPeriod) -> ColumnElement[bool]:
    """A 督办单 about it was issued within the period."""
    return Case.id.in_(_chases(period))


def chased_late_in(period: ReportingPeriod, today: date) -> ColumnElement[bool]:
    """A 督办单 issued within the period was answered after its term, or has not been although the term is over."""
    return Case.id.in_(_chases(period).where(func.coalesce(Chase.answered_on, today) > Chase.answer_by_on))


def _chases(period: ReportingPeriod) -> Select[int]:
    return select(Chase.case_id).where(Chase.issued_on.between(period.first_on, period.last_on))
