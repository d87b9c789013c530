"""Cases found through the search index, newest first, within what the person may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, or_, select, table, text
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models import Case, CaseSearch, Receipt
from tracker.models.case_search import token_name
from tracker.queries.scope import visible_cases

Group = Sequence[Collection[int]]
"""Alternatives of which one must hold: all the tokens of one of them."""
_READ_AT_FIRST, _READ_AT_MOST, _A_TENTH = 5_000, 30_000, 10
"""Rows of the index read one by one before GIN is asked: some 1.5 µs each."""
_FTS = table("case_search_fts", column("rowid"), column("case_search_fts"))


@dataclass(frozen=True, slots=True)
class Places:
    """Which part of the index to look in: places from ``first`` to before ``end``; None: no limit."""

    first: int | None = None
    end: int | None = None


def find_places(session: Session, groups: Sequence[Group], within: Places, most: int) -> list[int]:
    """Places of the newest cases that have, of every group, all the tokens of one alternative; ``most`` at most.

    The scope is the caller's: it adds the group of the organs read, and reads what it shows through ``visible_cases``.
    """
    if session.get_bind().dialect.name != "postgresql":
        return list(session.scalars(_on_sqlite(groups, within).limit(most)))
    return _on_postgresql(session, groups, within, most)


def _on_sqlite(groups: Sequence[Group], within: Places) -> Select[int]:
    wanted = " AND ".join(f"({' OR '.join(map(_all_of, group))})" for group in groups)
    place = _FTS.c.rowid
    conditions: list[ColumnElement[bool]] = [
        _FTS.c.case_search_fts.op("MATCH")(wanted),
        *_bounds(place, within),
    ]
    return select(place).where(*conditions).order_by(place.desc())


def _all_of(tokens: Collection[int]) -> str:
    quoted = (f'"{token_name(token)}"' for token in sorted(tokens))
    return f"({' AND '.join(quoted)})"


def _on_postgresql(session: Session, groups: Sequence[Group], within: Places, most: int) -> list[int]:
    """Words that are everywhere are found by reading the newest rows one by one, others through GIN, in the newest
    tenth before all. Left to itself the planner takes the one way where the other is right, for it does not know which
    words come together; how many were met among the newest tells."""
    read = _READ_AT_FIRST
    found = list(session.scalars(_read_through(groups, within, read).limit(most)))
    if len(found) < most and len(found) * _READ_AT_MOST > most * read:
        found = list(session.scalars(_read_through(groups, within, _READ_AT_MOST).limit(most)))
    if len(found) >= most:
        return found
    place = CaseSearch.place
    first, last = session.execute(
        select(func.min(place), func.max(place)).where(*_bounds(place, within))
    ).one()
    if first is None:
        return []
    session.execute(text("SET LOCAL enable_indexscan = off"))
    for start in (last - (last - first) // _A_TENTH, first):
        query = _through_index(groups, within, start)
        found = list(session.scalars(query.limit(most)))
        if len(found) >= most:
            break
    session.execute(text("SET LOCAL enable_indexscan = on"))
    return found


def _read_through(groups: Sequence[Group], within: Places, rows: int) -> Select[int]:
    place = CaseSearch.place
    newest = (
        select(place, CaseSearch.tokens).where(*_bounds(place, within)).order_by(place.desc()).limit(rows)
    )
    few = newest.subquery()
    return select(few.c.place).where(*_holding(few.c.tokens, groups)).order_by(few.c.place.desc())


def _through_index(groups: Sequence[Group], within: Places, start: int) -> Select[int]:
    place = CaseSearch.place
    conditions = (*_holding(CaseSearch.tokens, groups), place >= start, *_bounds(place, within))
    found = select(place).where(*conditions).cte("found").prefix_with("MATERIALIZED")
    return select(found.c.place).order_by(found.c.place.desc())


def _holding(tokens: Any, groups: Sequence[Group]) -> list[ColumnElement[bool]]:
    return [or_(*(tokens.op("@>")(sorted(alternative)) for alternative in group)) for group in groups]


def _bounds(place: Any, within: Places) -> list[ColumnElement[bool]]:
    bounds = []
    if within.first is not None:
        bounds.append(place >= within.first)
    if within.end is not None:
        bounds.append(place < within.end)
    return bounds


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be what is looked for, with what it is ranked by."""

    case_id: int
    place: int
    number: str
    description: str
    mail_number: str | None


def read_candidates(session: Session, actor: Actor, places: Sequence[int]) -> dict[int, Candidate]:
    """What stands at these places and is for these eyes, by place."""
    rows = session.execute(
        select(Case.id, CaseSearch.place, Case.number, Case.description, Receipt.mail_number)
        .join(CaseSearch, CaseSearch.case_id == Case.id)
        .outerjoin(Receipt, Receipt.case_id == Case.id)
        .where(CaseSearch.place.in_(places), visible_cases(actor))
    )
    return {row.place: Candidate(*row) for row in rows}


def count_indexed(session: Session) -> int:
    """Cases in the index."""
    return session.scalar(select(func.count()).select_from(CaseSearch)) or 0
