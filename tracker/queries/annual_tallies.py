"""Table 3 from its tallies: the conditions of ``annual_table`` on years instead of days."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    null,
    select,
    union_all,
)

from tracker.models import CaseTally


def tallied(year: int, which: ColumnElement[bool], *, by_organ: bool = False) -> CompoundSelect[Any]:
    """Kind of applicant, whether new, whether over, outcome if so, and number of the requests in hand in the year among
    the tallies chosen; with the organ's id last where asked for. What is alike may come in several rows."""
    came = CaseTally.received_year <= year
    return union_all(
        _added_up(year, and_(which, CaseTally.result_year == year), by_organ, over=True),
        _added_up(year, and_(which, CaseTally.result_year > year, came), by_organ, over=False),
        _added_up(year, and_(which, CaseTally.result_year.is_(None), came), by_organ, over=False),
    )


def _added_up(year: int, which: ColumnElement[bool], by_organ: bool, *, over: bool) -> Select[Any]:
    """One part of the requests, added up in the order of the index, so that nothing has to be sorted."""
    outcome = CaseTally.disposition if over else null()
    is_new = CaseTally.received_year >= year
    number = func.sum(CaseTally.number)
    columns: list[Any] = [CaseTally.report_kind, is_new, literal(over), outcome, number]
    order: list[Any] = [CaseTally.result_year, CaseTally.received_year, CaseTally.report_kind]
    if over:
        order.append(CaseTally.disposition)
    if by_organ:
        columns.append(CaseTally.organ_id)
        order.append(CaseTally.organ_id)
    return select(*columns).where(which).group_by(*order).having(number != 0)


def years_tallied(which: ColumnElement[bool]) -> Select[Any]:
    """The first and the last year in which any of the requests tallied was received; each read up to the first year
    that has any."""
    year = CaseTally.received_year
    with_requests = select(year).where(which).group_by(year).having(func.sum(CaseTally.number) != 0).limit(1)
    return select(
        with_requests.order_by(year).scalar_subquery(), with_requests.order_by(year.desc()).scalar_subquery()
    )
