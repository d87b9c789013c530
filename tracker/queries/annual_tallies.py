"""Table 3 from its tallies: the conditions of ``annual_table`` on years instead of days."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from tracker.models import CaseTally


def tallied(year: int, which: ColumnElement[bool], *, by_organ: bool = False) -> Select[Any]:
    """Kind of applicant, whether new, whether over, outcome and number of the requests in hand in the year among the
    tallies chosen; with the organ's id last where asked for."""
    is_new = case((CaseTally.received_year >= year, 1), else_=0)
    over = case((CaseTally.result_year <= year, 1), else_=0)
    alike: tuple[Any, ...] = (CaseTally.report_kind, is_new, over, CaseTally.disposition)
    whose: tuple[Any, ...] = (CaseTally.organ_id,) if by_organ else ()
    number = func.sum(CaseTally.number)
    return (
        select(*alike, number, *whose)
        .where(
            which,
            CaseTally.received_year <= year,
            or_(CaseTally.result_year.is_(None), CaseTally.result_year >= year),
        )
        .group_by(*alike, *whose)
        .having(number != 0)
    )


def years_tallied(which: ColumnElement[bool]) -> Select[Any]:
    """The first and the last year in which any of the requests tallied was received."""
    by_year = (
        select(CaseTally.received_year)
        .where(which)
        .group_by(CaseTally.received_year)
        .having(func.sum(CaseTally.number) != 0)
        .subquery()
    )
    return select(func.min(by_year.c.received_year), func.max(by_year.c.received_year))
