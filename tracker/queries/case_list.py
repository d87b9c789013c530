"""申请件: the register of cases one may see, filtered, ordered, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.stages import Stage
from tracker.domain.urgency import Urgency
from tracker.models import Applicant, Case, Clock, Organ, Receipt
from tracker.queries.annual_table import Cell, in_cell
from tracker.queries.case_conditions import (
    Due,
    Outcome,
    answered_in,
    chased_in,
    chased_late_in,
    due_on_day,
    in_register,
    lost_in,
    received_in,
    returned_in,
    stands,
    unarchived_in,
)
from tracker.queries.case_rows import CaseRow, Handler, base_query, is_open, light_of, rows_of
from tracker.queries.paging import Page
from tracker.queries.scope import visible_cases
from tracker.queries.statistics import Counted, is_counted


class Status(StrEnum):
    """Whether the reply is still owed."""

    OPEN = "open"
    ENDED = "ended"
    LATE = "late"
    ALL = "all"


class Order(StrEnum):
    """Columns the register can be ordered by."""

    DUE = "due"
    NUMBER = "number"
    RECEIVED = "received"
    ORGAN = "organ"
    STAGE = "stage"
    HANDLER = "handler"
    ANSWERED = "answered"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to show; empty fields do not narrow. ``fingerprints`` are keyed hashes of what was typed, so that a number
    of an identity document or a telephone finds its case. The last fields are those that figures of supervision link
    with: how a case stands to its due date, the very due date, and the periods in which it was received, answered
    (``outcome``: how) or had a draft returned; ``cell``: the cell of the annual table that counts it; ``counted``: the
    figure of 统计分析 that does; ``register``: the year whose register (台账) it stands in."""

    status: Status = Status.OPEN
    stage: Stage | None = None
    organ_id: int | None = None
    light: Urgency | None = None
    channel: str = ""
    year: int | None = None
    handler_id: int | None = None
    unassigned: bool = False
    text: str = ""
    fingerprints: tuple[str, ...] = ()
    due: Due | None = None
    due_on: date | None = None
    received: ReportingPeriod | None = None
    answered: ReportingPeriod | None = None
    outcome: Outcome | None = None
    returned: ReportingPeriod | None = None
    unarchived: ReportingPeriod | None = None
    lost: ReportingPeriod | None = None
    chased: ReportingPeriod | None = None
    chased_late: ReportingPeriod | None = None
    cell: Cell | None = None
    counted: Counted | None = None
    register: int | None = None


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases each filter would show: by status, and of those still open by light."""

    by_status: dict[Status, int]
    by_light: dict[Urgency, int]


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters of the register can be set to, for this person."""

    organs: Sequence[tuple[int, str]]
    years: Sequence[int]
    handlers: Sequence[tuple[int, str]]


def list_case_ids(
    session: Session,
    actor: Actor,
    wanted: CaseFilter,
    calendar: WorkCalendar,
    today: date,
    *,
    order: Order = Order.DUE,
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> Page[int]:
    """As ``list_cases``, for who reads something else of the cases than a list shows."""
    conditions = _conditions(session, actor, wanted, calendar, today)
    total = session.scalar(_counting().where(*conditions)) or 0
    number = min(page, max(1, -(-total // size)))
    query = (
        base_query(Case.id)
        .where(*conditions)
        .order_by(*_ordering(order, descending), Case.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(session.scalars(query).all(), total, number, size)


def list_cases(
    session: Session,
    actor: Actor,
    wanted: CaseFilter,
    calendar: WorkCalendar,
    today: date,
    *,
    order: Order = Order.DUE,
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> Page[CaseRow]:
    """One page of the register. A page beyond the end shows the last one."""
    conditions = _conditions(session, actor, wanted, calendar, today)
    total = session.scalar(_counting().where(*conditions)) or 0
    number = min(page, max(1, -(-total // size)))
    query = (
        base_query()
        .where(*conditions)
        .order_by(*_ordering(order, descending), Case.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(rows_of(session, query, calendar, today), total, number, size)


def count_cases(
    session: Session, actor: Actor, wanted: CaseFilter, calendar: WorkCalendar, today: date
) -> CaseCounts:
    """Counts for the chips, under the other filters as they are set."""
    others = replace(wanted, status=Status.ALL, light=None)
    light = light_of(session, calendar, today)
    late = func.coalesce(Case.on_time, True)
    rows = session.execute(
        base_query(light, late, func.count())
        .where(*_conditions(session, actor, others, calendar, today))
        .group_by(light, late)
    ).all()
    by_light = {urgency: sum(r[2] for r in rows if r[0] == str(urgency)) for urgency in Urgency}
    total = sum(r[2] for r in rows)
    opened = sum(by_light.values())
    answered_late = sum(r[2] for r in rows if r[0] == "" and not r[1])
    by_status = {
        Status.OPEN: opened,
        Status.ENDED: total - opened,
        Status.LATE: answered_late + by_light[Urgency.RED],
        Status.ALL: total,
    }
    return CaseCounts(by_status, by_light)


def filter_choices(session: Session, actor: Actor) -> FilterChoices:
    """Organs, years and handlers that occur among the cases the person may see."""
    seen = visible_cases(actor)
    found = union_all(
        select(literal("organ").label("kind"), Organ.id, Organ.name.label("name")).where(
            Organ.id.in_(select(Case.organ_id).where(seen))
        ),
        select(literal("handler").label("kind"), Handler.id, Handler.name.label("name")).where(
            Handler.id.in_(select(Case.handler_id).where(seen))
        ),
        select(literal("year").label("kind"), Case.year, literal("").label("name")).where(seen).distinct(),
    )
    rows: list[tuple[str, int, str]] = sorted((row[0], row[1], row[2]) for row in session.execute(found))

    def named(wanted: str) -> list[tuple[int, str]]:
        return [(number, name) for kind, number, name in rows if kind == wanted]

    return FilterChoices(named("organ"), [year for year, _name in reversed(named("year"))], named("handler"))


def _counting() -> Select[Any]:
    return base_query(func.count())


def _of_assessment(wanted: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.unarchived:
        conditions.append(unarchived_in(wanted.unarchived))
    if wanted.lost:
        conditions.append(lost_in(wanted.lost))
    if wanted.chased:
        conditions.append(chased_in(wanted.chased))
    if wanted.chased_late:
        conditions.append(chased_late_in(wanted.chased_late, today))
    return conditions


def _conditions(
    session: Session, actor: Actor, wanted: CaseFilter, calendar: WorkCalendar, today: date
) -> list[ColumnElement[bool]]:
    conditions = [visible_cases(actor), *_status(wanted.status, today)]
    if wanted.stage:
        conditions.append(Case.stage == str(wanted.stage))
    if wanted.organ_id:
        conditions.append(Case.organ_id == wanted.organ_id)
    if wanted.channel:
        conditions.append(Case.channel == wanted.channel)
    if wanted.year:
        conditions.append(Case.year == wanted.year)
    if wanted.handler_id:
        conditions.append(Case.handler_id == wanted.handler_id)
    if wanted.light:
        conditions.append(light_of(session, calendar, today) == str(wanted.light))
    if wanted.text:
        conditions.append(_matches(wanted.text, wanted.fingerprints))
    if wanted.register:
        conditions.append(in_register(wanted.register))
    return [*conditions, *_of_figures(actor, wanted, calendar, today)]


def _of_figures(
    actor: Actor, wanted: CaseFilter, calendar: WorkCalendar, today: date
) -> list[ColumnElement[bool]]:
    """What the figures of supervision and the cells of the annual table count by."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.unassigned:
        conditions.append(Case.handler_id.is_(None))
    if wanted.due:
        conditions.append(stands(wanted.due, calendar, today))
    if wanted.due_on:
        conditions.append(due_on_day(wanted.due_on))
    if wanted.received:
        conditions.append(received_in(wanted.received))
    if wanted.answered:
        conditions.append(answered_in(wanted.answered, wanted.outcome))
    if wanted.returned:
        conditions.append(returned_in(wanted.returned))
    conditions += _of_assessment(wanted, today)
    if wanted.cell:
        conditions.append(in_cell(actor, wanted.cell))
    if wanted.counted:
        conditions.append(is_counted(wanted.counted, calendar, today))
    return conditions


def _status(status: Status, today: date) -> list[ColumnElement[bool]]:
    if status is Status.OPEN:
        return [is_open()]
    if status is Status.ENDED:
        return [~is_open()]
    if status is Status.LATE:
        return [or_(Case.on_time.is_(False), is_open() & (Clock.due_on < today))]
    return []


def _matches(text: str, fingerprints: tuple[str, ...]) -> ColumnElement[bool]:
    person = [Applicant.name.contains(text, autoescape=True)]
    if fingerprints:
        person += [
            Applicant.identity_number_hash.in_(fingerprints),
            Applicant.phone_hash.in_(fingerprints),
            Applicant.phone_tail_hash.in_(fingerprints),
        ]
    return or_(
        Case.number.contains(text, autoescape=True),
        Case.description.contains(text, autoescape=True),
        Case.id.in_(select(Applicant.case_id).where(or_(*person))),
        Case.id.in_(select(Receipt.case_id).where(Receipt.mail_number == text)),
    )


def _ordering(order: Order, descending: bool) -> list[Any]:
    def turned(column: Any) -> Any:
        return column.desc() if descending else column.asc()

    by_due = Clock.due_on.asc().nulls_last()
    if order is Order.DUE:
        return [~is_open(), turned(Clock.due_on).nulls_last(), turned(Case.received_on)]
    if order is Order.NUMBER:
        return [turned(Case.year), turned(Case.organ_id), turned(Case.serial)]
    if order is Order.RECEIVED:
        return [turned(Case.received_on)]
    if order is Order.ORGAN:
        return [turned(Case.organ_id), by_due]
    if order is Order.STAGE:
        return [turned(Case.stage), by_due]
    if order is Order.ANSWERED:
        return [turned(Case.stopped_on).nulls_last(), turned(Case.received_on)]
    if order is Order.OUTCOME:
        return [turned(Case.disposition).nulls_last(), turned(Case.received_on)]
    return [turned(Handler.name).nulls_last(), by_due]
