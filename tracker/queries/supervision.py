"""督办看板: the figures of the district or of one organ, counted by the same conditions as the lists they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType
from tracker.domain.figures import AnswerCount
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.stages import Stage
from tracker.models import Case, Clock, Organ, StoredEntry
from tracker.queries.case_conditions import Due, received_in, stands
from tracker.queries.case_rows import Handler, is_open
from tracker.queries.planner import not_by_index
from tracker.queries.scope import visible_cases

HOLDERS = 10
BANDS = (Due.OVERDUE, Due.SOON, Due.LATER, Due.STILL)


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Open cases of one organ at one stage, by how they stand to their due dates (in the order of ``BANDS``)."""

    organ_id: int
    stage: Stage
    bands: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Requests received by one organ in one month."""

    organ_id: int
    month: int
    count: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Requests answered in one year, of one outcome and one number of days; organ and month are told for the year of
    the period alone (None: of another year, all organs and months together)."""

    year: int
    organ_id: int | None
    month: int | None
    counts: AnswerCount


@dataclass(frozen=True, slots=True)
class ReturnCount:
    """Cases of one organ of which the legal advisor returned a draft, and how often in all."""

    organ_id: int
    cases: int
    times: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A person (None: nobody yet) with what they hold in one organ, and the case that has stood longest at its
    stage. Cases whose clock stands still are not held by anybody."""

    organ_id: int
    handler_id: int | None
    name: str | None
    count: int
    case_id: int
    number: str
    stage: Stage
    since_on: date


def list_organs_watched(session: Session, organ_id: int | None) -> Sequence[tuple[int, str, str]]:
    """(id, code, name) of the organs a board shows: those in use, and those closed that still have cases."""
    has_cases = Organ.id.in_(select(Case.organ_id).distinct())
    wanted = Organ.id == organ_id if organ_id else Organ.active.is_(True) | has_cases
    rows = session.execute(select(Organ.id, Organ.code, Organ.name).where(wanted).order_by(Organ.id))
    return [(row.id, row.code, row.name) for row in rows]


def count_open(
    session: Session, actor: Actor, organ_id: int | None, calendar: WorkCalendar, today: date
) -> Sequence[OpenCount]:
    """在办, by organ, stage and how the cases stand to their due dates."""
    sums = [func.sum(case((stands(band, calendar, today), 1), else_=0)) for band in BANDS]
    rows = session.execute(
        _joined(Case.organ_id, Case.stage, *sums)
        .where(is_open(), *_scope(actor, organ_id))
        .group_by(Case.organ_id, Case.stage)
    )
    return [
        OpenCount(organ, Stage(stage), (int(over), int(soon), int(later), int(still)))
        for organ, stage, over, soon, later, still in rows
    ]


def count_overdue(session: Session, today: date) -> tuple[tuple[str, int], ...]:
    """逾期 by code of every organ in use, 0 where nothing is: for monitoring, which sees no case."""
    late = (
        _joined(Case.organ_id, func.count().label("number"))
        .where(is_open(), Clock.due_on < today)
        .group_by(Case.organ_id)
        .subquery()
    )
    number = func.coalesce(late.c.number, 0)
    rows = session.execute(
        select(Organ.code, number)
        .outerjoin(late, late.c.organ_id == Organ.id)
        .where(Organ.active.is_(True) | (number > 0))
        .order_by(Organ.code)
    )
    return tuple((code, count) for code, count in rows)


def count_received(
    session: Session, actor: Actor, organ_id: int | None, year: ReportingPeriod
) -> Sequence[MonthCount]:
    """收到, by organ and month of the year."""
    month = _part("month", Case.received_on)
    rows = session.execute(
        select(Case.organ_id, month, func.count())
        .where(received_in(year.whole_year), *_scope(actor, organ_id))
        .group_by(Case.organ_id, month)
    )
    return [MonthCount(organ, number, count) for organ, number, count in rows]


def count_answered(
    session: Session, actor: Actor, organ_id: int | None, period: ReportingPeriod, years: range
) -> Sequence[Answers]:
    """答复 of the years and of the period's year, by outcome and days used; in the period's year by organ and month."""
    whole = period.whole_year
    told = Case.stopped_on.between(whole.first_on, whole.last_on)
    year = _part("year", Case.stopped_on)
    organ = case((told, Case.organ_id), else_=None)
    month = case((told, _part("month", Case.stopped_on)), else_=None)
    first, last = min(years.start, period.year), max(years.stop - 1, period.year)
    rows = session.execute(
        select(year, organ, month, Case.on_time, Case.days_used, func.count())
        .where(
            Case.on_time.is_not(None),
            Case.stopped_on.between(date(first, 1, 1), date(last, 12, 31)),
            *_scope(actor, organ_id),
        )
        .group_by(year, organ, month, Case.on_time, Case.days_used)
    )
    return [
        Answers(of_year, of_organ, of_month, AnswerCount(bool(on_time), days, count))
        for of_year, of_organ, of_month, on_time, days, count in rows
    ]


def count_returned(
    session: Session, actor: Actor, organ_id: int | None, period: ReportingPeriod
) -> Sequence[ReturnCount]:
    """审查退回, by organ."""
    rows = session.execute(
        select(Case.organ_id, func.count(StoredEntry.case_id.distinct()), func.count())
        .select_from(StoredEntry)
        .join(Case, Case.id == StoredEntry.case_id)
        .where(
            StoredEntry.type == str(EntryType.REVIEW_RETURNED),
            StoredEntry.happened_on.between(period.first_on, period.last_on),
            *_scope(actor, organ_id),
        )
        .group_by(Case.organ_id)
    )
    return [ReturnCount(organ, cases, times) for organ, cases, times in rows]


def count_due_by_day(
    session: Session, actor: Actor, organ_id: int | None, first: date, last: date
) -> dict[date, int]:
    """何时到期: open cases by the day they are due, for the days from first to last that have any."""
    rows = session.execute(
        _joined(Clock.due_on, func.count())
        .where(is_open(), Clock.due_on.between(first, last), *_scope(actor, organ_id))
        .group_by(Clock.due_on)
    )
    return {row[0]: row[1] for row in rows}


def longest_holders(
    session: Session, actor: Actor, organ_id: int | None, calendar: WorkCalendar, today: date
) -> Sequence[Holder]:
    """谁手里最久: for each person the case that has stood longest at its stage, the longest of all first."""
    name = func.coalesce(Handler.name, Case.handler_name)
    mine = (Case.organ_id, Case.handler_id)
    since = func.coalesce(Case.stage_since_on, Case.received_on)
    ranked = (
        _joined(
            Case.organ_id,
            Case.handler_id,
            name.label("name"),
            func.count().over(partition_by=mine).label("held"),
            Case.id.label("case_id"),
            Case.number,
            Case.stage,
            since.label("since_on"),
            func.row_number()
            .over(partition_by=mine, order_by=(since, Case.received_on, Case.id))
            .label("rank"),
        )
        .outerjoin(Handler, Handler.id == Case.handler_id)
        .where(stands(Due.COUNTED, calendar, today), *_scope(actor, organ_id))
        .subquery()
    )
    rows = session.execute(
        select(ranked).where(ranked.c.rank == 1).order_by(ranked.c.since_on, ranked.c.case_id).limit(HOLDERS)
    )
    return [
        Holder(r.organ_id, r.handler_id, r.name, r.held, r.case_id, r.number, Stage(r.stage), r.since_on)
        for r in rows
    ]


def _joined(*columns: Any) -> Select[Any]:
    """Cases with their current reply clock, and nothing else that a count could pay for."""
    return (
        select(*columns)
        .select_from(Case)
        .outerjoin(
            Clock,
            (Clock.case_id == Case.id) & (not_by_index(Clock.kind) == "reply") & Clock.current.is_(True),
        )
    )


def _scope(actor: Actor, organ_id: int | None) -> list[ColumnElement[bool]]:
    return [visible_cases(actor), Case.organ_id == organ_id if organ_id else true()]


def _part(part: str, day: Any) -> ColumnElement[int]:
    return cast(extract(part, day), Integer)
