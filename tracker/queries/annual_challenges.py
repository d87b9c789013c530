"""Table 4 counted from the challenges, and those behind each of its cells: one condition for both."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.challenge_table import ChallengeColumn, ChallengeTable, table_of
from tracker.domain.challenges import ChallengeKind
from tracker.domain.frozen_report import ChallengePlace
from tracker.models import Case, Challenge
from tracker.queries.annual_table import DISTRICT, OrganGroup, reported_cases


def read_challenge_table(
    session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT
) -> ChallengeTable:
    """Table 4 of a year from the challenges of cases the actor reports on; one statement."""
    return table_of(
        (ChallengeKind(kind), ChallengeColumn(column), number)
        for kind, column, number in session.execute(_counted(actor, year, group))
    )


def read_challenge_tables_by_organ(session: Session, actor: Actor, year: int) -> dict[int, ChallengeTable]:
    """Table 4 of each organ that has challenges in it, by the organ's id; one statement."""
    found: dict[int, list[tuple[ChallengeKind, ChallengeColumn, int]]] = {}
    query = _counted(actor, year, DISTRICT).add_columns(Case.organ_id).group_by(Case.organ_id)
    for kind, column, number, organ_id in session.execute(query):
        found.setdefault(organ_id, []).append((ChallengeKind(kind), ChallengeColumn(column), number))
    return {organ_id: table_of(counted) for organ_id, counted in found.items()}


def read_challenge_places(
    session: Session, actor: Actor, year: int, group: OrganGroup
) -> tuple[ChallengePlace, ...]:
    """Each challenge of the table by itself; they add up to ``read_challenge_table``."""
    query = (
        select(Challenge.id, Case.id, Case.number, Challenge.kind, _column(year))
        .select_from(Challenge)
        .join(Case, Case.id == Challenge.case_id)
        .where(in_challenge_cell(actor, year, group))
        .order_by(Challenge.id)
    )
    return tuple(
        ChallengePlace(challenge_id, (case_id, number), ChallengeKind(kind), ChallengeColumn(column))
        for challenge_id, case_id, number, kind, column in session.execute(query)
    )


def in_challenge_cell(
    actor: Actor,
    year: int,
    group: OrganGroup = DISTRICT,
    kind: ChallengeKind | None = None,
    column: ChallengeColumn = ChallengeColumn.TOTAL,
) -> ColumnElement[bool]:
    """Condition on a challenge joined to its case: it is one of those the cell counts; of every group without
    ``kind``."""
    conditions = [reported_cases(actor, group), Challenge.voided.is_(False), _in_column(column, year)]
    if kind is not None:
        conditions.append(Challenge.kind == str(kind))
    return and_(*conditions)


def _counted(actor: Actor, year: int, group: OrganGroup) -> Select[Any]:
    column = _column(year)
    columns: tuple[Any, ...] = (Challenge.kind, column, func.count())
    return (
        select(*columns)
        .select_from(Challenge)
        .join(Case, Case.id == Challenge.case_id)
        .where(in_challenge_cell(actor, year, group))
        .group_by(Challenge.kind, column)
    )


def _column(year: int) -> Any:
    return case((_decided_in(year), Challenge.result), else_=str(ChallengeColumn.PENDING))


def _in_column(column: ChallengeColumn, year: int) -> ColumnElement[bool]:
    if column is ChallengeColumn.TOTAL:
        return or_(_decided_in(year), _pending_at_the_end_of(year))
    if column is ChallengeColumn.PENDING:
        return _pending_at_the_end_of(year)
    return and_(_decided_in(year), Challenge.result == str(column))


def _decided_in(year: int) -> ColumnElement[bool]:
    return Challenge.result_on.between(date(year, 1, 1), date(year, 12, 31))


def _pending_at_the_end_of(year: int) -> ColumnElement[bool]:
    last = date(year, 12, 31)
    return and_(Challenge.received_on <= last, or_(Challenge.result_on.is_(None), Challenge.result_on > last))
