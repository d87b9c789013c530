"""By what statistics divide: for each dimension one expression, by which figures are grouped and lists selected.

What stands outside the case (applicant, review, challenge) is asked for in a scalar query about that case, so that a
case has exactly one key however many reviews or challenges it had.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    case,
    cast,
    extract,
    func,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.domain.case_log import EntryType
from tracker.domain.reporting_period import Days, ReportingPeriod, read_period
from tracker.domain.statistics import NAMED_PREFIX, NONE, OF_TIME, Dimension, Measure
from tracker.models import Applicant, Case, CaseSubject, Challenge, Organ, StoredEntry

OrganOfCase = aliased(Organ)
Key = ColumnElement[Any]
_REVIEWED = (str(EntryType.REVIEW_APPROVED), str(EntryType.REVIEW_RETURNED))


def counted_on(measure: Measure, period: Days) -> Key:
    """The day by which a case counted by the measure belongs to a month. One that was returned, or challenged,
    several times within the period belongs to the first of these days."""
    if measure in (Measure.ANSWERED, Measure.ANSWERED_LATE):
        return _plain(Case.stopped_on)
    if measure is Measure.RETURNED:
        return _first_return(StoredEntry.happened_on, period)
    if measure is Measure.CHALLENGED:
        return (
            select(func.min(Challenge.received_on))
            .where(
                Challenge.case_id == Case.id,
                Challenge.voided.is_(False),
                Challenge.received_on.between(period.first_on, period.last_on),
            )
            .correlate(Case)
            .scalar_subquery()
        )
    return _plain(Case.received_on)


def key_of(dimension: Dimension, measure: Measure, period: Days) -> Key:
    """The key by which the case is grouped; ``written`` turns what the database gives into the text of the key."""
    if dimension in OF_TIME:
        return _part_of(dimension, counted_on(measure, period))
    if dimension is Dimension.ADVISOR and measure is Measure.RETURNED:
        return _first_return(_reviewer(), period)
    return _KEYS[dimension]()


def has_key(dimension: Dimension, key: str, measure: Measure, period: Days) -> ColumnElement[bool]:
    """Condition: the case is grouped under this key."""
    if dimension in OF_TIME:
        of = read_period(key)
        day = counted_on(measure, period)
        return day.between(of.first_on, of.last_on) if of else day.is_(None)
    expression = key_of(dimension, measure, period)
    if key == NONE:
        return expression.is_(None)
    return expression == (int(key) if dimension in (Dimension.ORGAN, Dimension.SUBJECT) else key)


def written(dimension: Dimension | None, found: int | str | None) -> str:
    """The text of a key as the database gave it: empty where nothing is divided."""
    if dimension is None:
        return ""
    if found is None:
        return NONE
    return _period_text(dimension, int(found)) if dimension in OF_TIME else str(found)


def _part_of(dimension: Dimension, day: Key) -> Key:
    """Year and month as one number, which both databases compute alike; quarters are folded from months."""
    year = cast(extract("year", day), Integer)
    if dimension is Dimension.YEAR:
        return year
    month = cast(extract("month", day), Integer)
    return year * 100 + (month if dimension is Dimension.MONTH else (month + 2) // 3)


def _period_text(dimension: Dimension, number: int) -> str:
    if dimension is Dimension.YEAR:
        return str(ReportingPeriod(number))
    year, part = divmod(number, 100)
    if dimension is Dimension.MONTH:
        return str(ReportingPeriod(year, month=part))
    return str(ReportingPeriod(year, quarter=part))


def _plain(column: InstrumentedAttribute[Any]) -> Key:
    return column.expression


def _of_case(query: Any) -> ScalarSelect[Any]:
    found: ScalarSelect[Any] = query.correlate(Case).scalar_subquery()
    return found


def _organ_kind() -> Key:
    return _of_case(select(OrganOfCase.kind).where(OrganOfCase.id == Case.organ_id))


def _applicant_kind() -> Key:
    first = select(Applicant.report_kind).where(Applicant.case_id == Case.id, Applicant.position == 1)
    return _of_case(first)


def _subject() -> Key:
    return _of_case(select(CaseSubject.subject_id).where(CaseSubject.case_id == Case.id))


def _handler() -> Key:
    return case(
        (Case.handler_id.is_not(None), cast(Case.handler_id, String)),
        (Case.handler_name != "", literal(NAMED_PREFIX[Dimension.HANDLER]) + Case.handler_name),
        else_=None,
    )


def _reviewer() -> Key:
    """Who reviewed: an account, or a person of an earlier register by the number under which it is known."""
    named = literal(NAMED_PREFIX[Dimension.ADVISOR]) + cast(StoredEntry.named_person_id, String)
    return case((StoredEntry.named_person_id.is_not(None), named), else_=cast(StoredEntry.actor_id, String))


def _advisor() -> Key:
    """Who reviewed the case last; an organ that needs no review has no advisor."""
    skipped = func.coalesce(StoredEntry.details["not_required"].as_boolean(), False)
    return _of_case(
        select(_reviewer())
        .where(StoredEntry.case_id == Case.id, StoredEntry.type.in_(_REVIEWED), skipped.is_(False))
        .order_by(StoredEntry.seq.desc())
        .limit(1)
    )


def _first_return(wanted: Any, period: Days) -> Key:
    return _of_case(
        select(wanted)
        .where(
            StoredEntry.case_id == Case.id,
            StoredEntry.type == str(EntryType.REVIEW_RETURNED),
            StoredEntry.happened_on.between(period.first_on, period.last_on),
        )
        .order_by(StoredEntry.happened_on, StoredEntry.seq)
        .limit(1)
    )


_KEYS: dict[Dimension, Callable[[], Key]] = {
    Dimension.ORGAN: lambda: _plain(Case.organ_id),
    Dimension.ORGAN_KIND: _organ_kind,
    Dimension.CHANNEL: lambda: _plain(Case.channel),
    Dimension.APPLICANT_KIND: _applicant_kind,
    Dimension.OUTCOME: lambda: _plain(Case.disposition),
    Dimension.STAGE: lambda: _plain(Case.stage),
    Dimension.SUBJECT: _subject,
    Dimension.HANDLER: _handler,
    Dimension.ADVISOR: _advisor,
}
