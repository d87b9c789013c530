"""申请件: the register of cases one may see, filtered, ordered, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, exists, false, func, literal, or_, select, union_all
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
from tracker.queries.case_rows import (
    CaseRow,
    Handler,
    base_query,
    has_stopped,
    is_live,
    is_open,
    is_reply_clock,
    light_of,
    rows_of_parts,
)
from tracker.queries.paging import Page
from tracker.queries.planner import tables_of
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


COUNTED_UP_TO = 10_000
"""How far cases that have ended are counted for a page: beyond it a list says that there are more."""


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases each filter would show: by status, and of those still open by light. Cases whose clock has stopped
    are counted up to ``COUNTED_UP_TO``; ``more`` holds the statuses of which there are more. ``live`` counts those by
    status whose clock has not stopped."""

    by_status: dict[Status, int]
    by_light: dict[Urgency, int]
    live: dict[Status, int]
    more: frozenset[Status]

    def shown(self, status: Status) -> str:
        """The count as a page tells it, with a plus where it goes on."""
        return f"{COUNTED_UP_TO}+" if status in self.more else str(self.by_status[status])

    def extent(self, status: Status) -> Extent:
        """How long the list of a status is, as far as it was counted."""
        return Extent(self.by_status[status], self.live[status], status in self.more)


@dataclass(frozen=True, slots=True)
class Extent:
    """Length of a list, how many of its cases have a clock that has not stopped, whether it goes on uncounted."""

    total: int
    live: int
    more: bool = False


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
    counts: CaseCounts | None = None,
) -> Page[int]:
    """As ``list_cases``, for who reads something else of the cases than a list shows."""
    conditions = _conditions(session, actor, wanted, calendar, today)
    extent = _extent(session, wanted, conditions, counts)
    parts, number = _parts(base_query(Case.id), conditions, order, descending, extent, page, size)
    found = [case_id for part in parts for case_id in session.scalars(part)]
    return Page(found, extent.total, number, size, extent.more)


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
    counts: CaseCounts | None = None,
) -> Page[CaseRow]:
    """One page of the register. A page beyond the end shows the last one. With ``counts`` of the same filter the list
    is as long as they say; without them it is counted to its end."""
    conditions = _conditions(session, actor, wanted, calendar, today)
    extent = _extent(session, wanted, conditions, counts)
    parts, number = _parts(base_query(), conditions, order, descending, extent, page, size)
    return Page(rows_of_parts(session, parts, calendar, today), extent.total, number, size, extent.more)


def count_cases(
    session: Session, actor: Actor, wanted: CaseFilter, calendar: WorkCalendar, today: date
) -> CaseCounts:
    """Counts for the chips, under the other filters as they are set; one statement."""
    light = light_of(session, calendar, today)
    late = Case.on_time.is_(False)
    others = _conditions(session, actor, replace(wanted, status=Status.ALL, light=None), calendar, today)
    live = _of_cases([light, late, func.count()], [is_live(), *others])
    rows = session.execute(
        union_all(
            live.group_by(light, late),
            _up_to("stopped", [has_stopped(), *others]),
            _up_to("stopped_late", [has_stopped(by_index=False), late, *others]),
        )
    ).all()
    stopped, stopped_late = (
        sum(n for kind, _, n in rows if kind == name) for name in ("stopped", "stopped_late")
    )
    by_light = {urgency: sum(n for kind, _, n in rows if kind == str(urgency)) for urgency in Urgency}
    waiting = sum(n for kind, _, n in rows if kind == "")
    opened = sum(by_light.values())
    open_late = sum(n for kind, told, n in rows if kind == str(Urgency.RED) or (told and kind in by_light))
    of_live = {
        Status.OPEN: opened,
        Status.ENDED: waiting,
        Status.LATE: open_late,
        Status.ALL: opened + waiting,
    }
    of_stopped = {Status.OPEN: 0, Status.ENDED: stopped, Status.LATE: stopped_late, Status.ALL: stopped}
    return CaseCounts(
        {status: of_live[status] + min(of_stopped[status], COUNTED_UP_TO) for status in Status},
        by_light,
        of_live,
        frozenset(status for status in Status if of_stopped[status] > COUNTED_UP_TO),
    )


def _up_to(name: str, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    some = _of_cases([Case.id], conditions).limit(COUNTED_UP_TO + 1).subquery()
    told: list[Any] = [literal(name), false(), func.count()]
    return select(*told).select_from(some)


def filter_choices(session: Session, actor: Actor) -> FilterChoices:
    """Organs and handlers that occur among the cases the person may see, and the years from their first to their last:
    each found by an index, however many cases there are."""
    seen = visible_cases(actor)
    ours = Case.organ_id == Organ.id

    def year_of(end: ColumnElement[int]) -> ColumnElement[int]:
        # The bound is true of every year: by it SQLite takes the index that has the organ and the year.
        found = select(Case.year).where(ours, Case.year > 0).order_by(end).limit(1)
        return found.correlate(Organ).scalar_subquery()

    nobody = literal(None, Integer)
    found = union_all(
        select(
            literal("organ").label("kind"),
            Organ.id,
            Organ.name.label("name"),
            year_of(Case.year.asc()).label("first"),
            year_of(Case.year.desc()).label("last"),
        ).where(exists().where(ours, seen).correlate(Organ)),
        select(
            literal("handler").label("kind"), Handler.id, Handler.name.label("name"), nobody, nobody
        ).where(exists().where(Case.handler_id == Handler.id, seen).correlate(Handler)),
    )
    rows = session.execute(found).all()

    def named(wanted: str) -> list[tuple[int, str]]:
        return sorted((number, name) for kind, number, name, *_years in rows if kind == wanted)

    years = {year for *_row, first, last in rows if first is not None for year in range(first, last + 1)}
    return FilterChoices(named("organ"), sorted(years, reverse=True), named("handler"))


def _of_cases(columns: Sequence[Any], conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Cases under these conditions, joined with organ and clock only where a condition or column asks for them."""
    tables = {table for each in (*conditions, *columns) for table in tables_of(each)}
    query = select(*columns).select_from(Case)
    if Organ.__tablename__ in tables:
        query = query.join(Organ, Organ.id == Case.organ_id)
    if Clock.__tablename__ in tables:
        query = query.outerjoin(Clock, is_reply_clock())
    return query.where(*conditions)


def _extent(
    session: Session,
    wanted: CaseFilter,
    conditions: Sequence[ColumnElement[bool]],
    counts: CaseCounts | None,
) -> Extent:
    """From the counts where they count the same list, else counted to the end."""
    if counts is not None and wanted.light is None:
        return counts.extent(wanted.status)
    live = _of_cases([func.count()], [*conditions, is_live()])
    stopped = _of_cases([func.count()], [*conditions, has_stopped()])
    counted = session.execute(select(live.scalar_subquery(), stopped.scalar_subquery())).one()
    return Extent(sum(counted), counted[0])


def _parts(
    query: Select[Any],
    conditions: Sequence[ColumnElement[bool]],
    order: Order,
    descending: bool,
    extent: Extent,
    page: int,
    size: int,
) -> tuple[list[Select[Any]], int]:
    """What to read for a page, and which page that is. By due date the cases whose clock has not stopped stand first
    and are read on their own: they are few. Those whose clock has stopped follow, the last first, along an index."""
    number = min(page, max(1, -(-extent.total // size)))
    query = query.where(*conditions)
    first = (number - 1) * size
    size = min(size, extent.total - first)
    if order is not Order.DUE:
        return [query.order_by(*_ordering(order, descending), Case.id).limit(size).offset(first)], number
    parts = []
    if first < extent.live:
        live = query.where(is_live()).order_by(*_ordering(order, descending))
        parts.append(live.limit(size).offset(first))
    left = min(size, first + size - extent.live)
    if left > 0:
        stopped = query.where(has_stopped(by_index=False))
        turned = (Case.stopped_on, Case.id) if descending else (Case.stopped_on.desc(), Case.id.desc())
        parts.append(stopped.order_by(*turned).limit(left).offset(max(0, first - extent.live)))
    return parts, number


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
        return [~is_open(), turned(Clock.due_on).nulls_last(), turned(Case.received_on), turned(Case.id)]
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
