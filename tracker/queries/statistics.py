"""统计分析: cases counted by up to two dimensions, and the cases behind each figure: one condition for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, null, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.statistics import Dimension, Measure, Table
from tracker.domain.statistics_period import Settled
from tracker.models import Case, Clock
from tracker.queries.case_conditions import (
    Due,
    Outcome,
    answered_in,
    challenged_in,
    received_in,
    returned_in,
    stands,
)
from tracker.queries.case_rows import is_open
from tracker.queries.planner import not_by_index
from tracker.queries.scope import visible_cases
from tracker.queries.statistic_keys import has_key, key_of, written


@dataclass(frozen=True, slots=True)
class Counted:
    """What one figure counts: cases of the measure in these days that have all these keys."""

    measure: Measure
    period: Settled
    where: Mapping[Dimension, str] = field(default_factory=dict)


def read_table(
    session: Session,
    actor: Actor,
    counted: Counted,
    divided: tuple[Dimension, Dimension | None],
    calendar: WorkCalendar,
    today: date,
) -> Table:
    """The figures by row and column of the cases the actor may see; one statement.

    Keys are computed within and counted without, so that no database is asked to recognise an expression twice.
    """
    rows, columns = divided
    keys = [
        key_of(dimension, counted.measure, counted.period).label(name) if dimension else null().label(name)
        for name, dimension in (("row", rows), ("col", columns))
    ]
    found = (
        select(*keys)
        .select_from(Case)
        .outerjoin(
            Clock,
            (Clock.case_id == Case.id) & (not_by_index(Clock.kind) == "reply") & Clock.current.is_(True),
        )
        .where(visible_cases(actor), is_counted(counted, calendar, today))
        .subquery()
    )
    by = [found.c.row, *([found.c.col] if columns else [])]
    counts: dict[tuple[str, str], int] = {}
    for counted_row in session.execute(select(*by, func.count()).group_by(*by)):
        key = (written(rows, counted_row[0]), written(columns, counted_row[1]) if columns else "")
        counts[key] = counts.get(key, 0) + counted_row[-1]
    return Table(counts)


def is_counted(counted: Counted, calendar: WorkCalendar, today: date) -> ColumnElement[bool]:
    """Condition on a case joined with its current reply clock: the figure counts it."""
    keys = [
        has_key(dimension, key, counted.measure, counted.period) for dimension, key in counted.where.items()
    ]
    return and_(_of_measure(counted, calendar, today), *keys)


def _of_measure(counted: Counted, calendar: WorkCalendar, today: date) -> ColumnElement[bool]:
    period = counted.period
    conditions: dict[Measure, ColumnElement[bool]] = {
        Measure.RECEIVED: received_in(period),
        Measure.ANSWERED: answered_in(period),
        Measure.ANSWERED_LATE: answered_in(period, Outcome.LATE),
        Measure.IN_HAND: is_open(),
        Measure.OVERDUE: stands(Due.OVERDUE, calendar, today),
        Measure.RETURNED: returned_in(period),
        Measure.CHALLENGED: challenged_in(period),
    }
    return conditions[counted.measure]
