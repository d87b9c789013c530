"""The search index as a whole: made anew, or compared with what it is made of, portion by portion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Case
from tracker.services.context import Context
from tracker.services.search_index import AT_ONCE, differing_cases, index_cases
from tracker.services.unit_of_work import transaction

Advance = Callable[[int], None]


def rebuild_index(ctx: Context, advance: Advance = lambda _done: None) -> int:
    """Index every case whose row is missing or differs; how many. People may work meanwhile."""
    changed = last = 0
    while True:
        with transaction(ctx) as session:
            case_ids = _next(session, last)
            changed += index_cases(session, ctx.adapters.cipher, case_ids)
        if not case_ids:
            return changed
        last = case_ids[-1]
        advance(len(case_ids))


def verify_index(ctx: Context, advance: Advance = lambda _done: None) -> Iterator[str]:
    """Numbers of cases whose row is missing or differs from what stands in the case."""
    session = ctx.session
    last = 0
    while case_ids := _next(session, last):
        found = list(differing_cases(session, ctx.adapters.cipher, case_ids))
        if found:
            yield from session.scalars(select(Case.number).where(Case.id.in_(found)).order_by(Case.id))
        last = case_ids[-1]
        advance(len(case_ids))
        session.rollback()


def _next(session: Session, after: int) -> list[int]:
    query = select(Case.id).where(Case.id > after).order_by(Case.id).limit(AT_ONCE)
    return list(session.scalars(query))
