"""What the picture of a year counts beside the tables: months, channels, answers in time, by organ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, case, cast, extract, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.report_picture import NO_MONTHS, PictureCounts
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.request_terms import Channel
from tracker.models import Case
from tracker.queries.annual_table import DISTRICT, OrganGroup, reported_cases
from tracker.queries.case_conditions import answered_in, received_in


def read_picture_counts(
    session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT
) -> PictureCounts:
    """Of the organs the actor reports on, together; two statements."""
    return sum(read_picture_counts_by_organ(session, actor, year, group).values(), PictureCounts())


def read_picture_counts_by_organ(
    session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT
) -> dict[int, PictureCounts]:
    """Of each organ that has any, by its id; two statements."""
    period = ReportingPeriod(year)
    month: Any = cast(extract("month", Case.received_on), Integer)
    found: dict[int, PictureCounts] = {}
    for organ_id, number, channel, count in session.execute(
        select(Case.organ_id, month, Case.channel, func.count())
        .where(reported_cases(actor, group), received_in(period))
        .group_by(Case.organ_id, month, Case.channel)
    ):
        months = tuple(count if at == number else 0 for at in period.months)
        counted = PictureCounts(months, {Channel(channel): count})
        found[organ_id] = found.get(organ_id, PictureCounts()) + counted
    for organ_id, answered, on_time in session.execute(
        select(Case.organ_id, func.count(), func.sum(case((Case.on_time.is_(True), 1), else_=0)))
        .where(reported_cases(actor, group), answered_in(period))
        .group_by(Case.organ_id)
    ):
        counted = PictureCounts(NO_MONTHS, {}, answered, int(on_time))
        found[organ_id] = found.get(organ_id, PictureCounts()) + counted
    return found
