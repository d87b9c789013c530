"""Keeps the tallies of table 3 with the cases: what a flush changes is tallied by the same transaction.

It hangs on the session and not on the verbs, so that no verb, present or future, can forget it. Statements that go past
the session (bulk inserts, updates, deletes) are framed by ``tally_out`` and ``tally_in``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Integer, Select, and_, event, extract, func, insert, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from tracker.models.applicant import Applicant
from tracker.models.case import Case
from tracker.models.tally import CaseTally

KEY = ("organ_id", "report_kind", "received_year", "result_year", "disposition")
_OF_A_CASE = ("organ_id", "received_on", "needs_completion", "first_result_on", "first_disposition")
_OF_AN_APPLICANT = ("case_id", "position", "report_kind")
_CHANGED = "cases_whose_tallies_change"
_AT_A_TIME = 5_000
_Key = tuple[Any, ...]


def key_of_cases() -> Select[Any]:
    """The key of every complete registration; a stub saved from the envelope has none."""
    key: tuple[Any, ...] = (
        Case.organ_id,
        Applicant.report_kind,
        sql_cast(extract("year", Case.received_on), Integer),
        sql_cast(extract("year", Case.first_result_on), Integer),
        Case.first_disposition,
    )
    return (
        select(*(part.label(name) for name, part in zip(KEY, key, strict=True)))
        .select_from(Case)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.position == 1))
        .where(Case.needs_completion.is_(False))
    )


def tally_in(session: Session, case_ids: Collection[int]) -> None:
    """Count these cases as they stand now: call it after statements that inserted or changed them and their first
    applicants, once for all of them. Those that were there before must have been taken out first."""
    session.flush()
    _add(session.connection(), case_ids, 1)


def tally_out(session: Session, case_ids: Collection[int]) -> None:
    """Count these cases no more: call it before statements that delete or change them. They stay locked, so that
    nobody else changes what they were counted as."""
    session.flush()
    connection = session.connection()
    for some in _some(case_ids):
        _hold(connection, some)
    _add(connection, case_ids, -1)


def _add(connection: Connection, case_ids: Collection[int], sign: int) -> None:
    for some in _some(case_ids):
        keys = key_of_cases().where(Case.id.in_(some)).subquery()
        columns = [keys.c[name] for name in KEY]
        counted = select(*columns, sign * func.count()).group_by(*columns)
        connection.execute(insert(CaseTally).from_select([*KEY, "number"], counted))


def _some(case_ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(set(case_ids))
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]


@dataclass(slots=True)
class _Changed:
    """What one flush changes: cases there before it, with what they were counted as, and objects whose ids the flush
    gives or moves."""

    ids: set[int] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    applicants: list[Applicant] = field(default_factory=list)
    before: Counter[_Key] = field(default_factory=Counter)


@event.listens_for(Session, "before_flush")
def _remember(session: Session, _context: object, _objects: object) -> None:
    session.info.pop(_CHANGED, None)
    changed = _Changed()
    for held in (*session.new, *session.dirty, *session.deleted):
        if isinstance(held, Case):
            _look_at_case(changed, held, session)
        elif isinstance(held, Applicant):
            _look_at_applicant(changed, held, session)
    if changed.ids or changed.cases or changed.applicants:
        connection = session.connection()
        for some in _some(changed.ids):
            _hold(connection, some)
        changed.before = _keys(connection, changed.ids)
        session.info[_CHANGED] = changed


@event.listens_for(Session, "after_flush")
def _tally(session: Session, _context: object) -> None:
    changed = cast("_Changed | None", session.info.pop(_CHANGED, None))
    if changed is None:
        return
    changed.ids.update(case.id for case in changed.cases)
    changed.ids.update(applicant.case_id for applicant in changed.applicants)
    connection = session.connection()
    now = _keys(connection, changed.ids)
    now.subtract(changed.before)
    rows = [dict(zip(KEY, key, strict=True)) | {"number": number} for key, number in now.items() if number]
    if rows:
        connection.execute(insert(CaseTally), rows)


def _look_at_case(changed: _Changed, case: Case, session: Session) -> None:
    if case in session.new:
        changed.cases.append(case)
    elif case in session.deleted or _differs(case, _OF_A_CASE):
        changed.ids.add(case.id)


def _look_at_applicant(changed: _Changed, applicant: Applicant, session: Session) -> None:
    if applicant in session.new or applicant in session.deleted or _differs(applicant, _OF_AN_APPLICANT):
        changed.applicants.append(applicant)
        moved = get_history(applicant, "case_id", PassiveFlag.PASSIVE_NO_INITIALIZE)
        changed.ids.update(case_id for case_id in moved.sum() if case_id is not None)


def _differs(held: Case | Applicant, names: Sequence[str]) -> bool:
    return any(get_history(held, name, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes() for name in names)


def _hold(connection: Connection, case_ids: Sequence[int]) -> None:
    """Two who each change one part of a key must not both read the other part as it was. (SQLite has one writer.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update())


def _keys(connection: Connection, case_ids: Collection[int]) -> Counter[_Key]:
    found: Counter[_Key] = Counter()
    for some in _some(case_ids):
        found.update(tuple(row) for row in connection.execute(key_of_cases().where(Case.id.in_(some))))
    return found
