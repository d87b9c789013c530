"""Table 3 read from the tallies or counted from the cases, and the cases behind each of its cells.

A request is new in the year of its receipt; its result belongs to the year in which its clock first stopped; until
then it is carried over at each turn of the year. A registration saved from the envelope alone is not counted yet.
The tallies keep those years, so the same conditions hold for both (decision 024).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.annual_frozen import Place
from tracker.domain.annual_table import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    NUMBER_OF_OUTCOME,
    OUTCOME_OF_NUMBER,
    RESULTS,
    ROW_OF_NUMBER,
    TOTAL,
    AnnualTable,
    CellName,
    RowKind,
)
from tracker.domain.organs import OrganKind
from tracker.domain.permissions import Permission
from tracker.models import Applicant, Case, CaseTally, Organ
from tracker.queries.annual_tallies import tallied, years_tallied
from tracker.queries.scope import visible_cases, visible_tallies


@dataclass(frozen=True, slots=True)
class OrganGroup:
    """Whose cases count: organs by code, or all of a kind; neither means the whole district."""

    codes: tuple[str, ...] = ()
    kind: OrganKind | None = None


DISTRICT = OrganGroup()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one year's table of one group."""

    year: int
    name: CellName
    group: OrganGroup = DISTRICT


def read_annual_table(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> AnnualTable:
    """The table of a year of the cases the actor reports on, from the tallies; one statement."""
    return _table(session, tallied(year, reported_tallies(actor, group)))


def count_annual_table(
    session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT
) -> AnnualTable:
    """The same counted from the cases themselves; one statement."""
    return _table(session, _counted(actor, year, group))


def read_tables_by_organ(session: Session, actor: Actor, year: int) -> dict[int, AnnualTable]:
    """The table of each organ that has cases in it, by the organ's id; one statement."""
    found: dict[int, dict[CellName, int]] = {}
    query = tallied(year, reported_tallies(actor, DISTRICT), by_organ=True)
    for kind, new, over, outcome, number, organ_id in session.execute(query):
        _add(found.setdefault(organ_id, {}), kind, new, over, outcome, number)
    return {organ_id: AnnualTable(cells) for organ_id, cells in found.items()}


def read_places(session: Session, actor: Actor, year: int, group: OrganGroup) -> tuple[Place, ...]:
    """Each request of the table by itself; they add up to ``read_annual_table``."""
    query = (
        select(
            Case.id,
            Case.number,
            Applicant.report_kind,
            _is_new(year),
            _ended_in(year),
            Case.first_disposition,
        )
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.position == 1))
        .where(reported_cases(actor, group), _in_hand(year))
        .order_by(Case.id)
    )
    return tuple(
        Place(case_id, number, kind, _rows_of(new, over, outcome))
        for case_id, number, kind, new, over, outcome in session.execute(query)
    )


def _table(session: Session, query: Select[Any] | CompoundSelect[Any]) -> AnnualTable:
    cells: dict[CellName, int] = {}
    for counted in session.execute(query):
        _add(cells, *counted)
    return AnnualTable(cells)


def _counted(actor: Actor, year: int, group: OrganGroup) -> Select[Any]:
    is_new, over = _is_new(year), _ended_in(year)
    columns: tuple[Any, ...] = (Applicant.report_kind, is_new, over, Case.first_disposition, func.count())
    return (
        select(*columns)
        .select_from(Case)
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.position == 1))
        .where(reported_cases(actor, group), _in_hand(year))
        .group_by(Applicant.report_kind, is_new, over, Case.first_disposition)
    )


def _is_new(year: int) -> ColumnElement[bool]:
    return Case.received_on >= date(year, 1, 1)


def _rows_of(new: bool, over: bool, outcome: str | None) -> tuple[str, ...]:
    """The rows that count a request: one for how it came, and those for how it ended."""
    leaf = NUMBER_OF_OUTCOME.get(outcome or "") if over else None
    return (NEW if new else CARRIED_IN, RESULTS if over else CARRIED_OUT, *((leaf,) if leaf else ()))


def _add(
    cells: dict[CellName, int], kind: str | None, new: bool, over: bool, outcome: str | None, number: int
) -> None:
    for name in Place(0, "", kind, _rows_of(new, over, outcome)).cells():
        cells[name] = cells.get(name, 0) + number


def reported_cases(actor: Actor, group: OrganGroup = DISTRICT) -> ColumnElement[bool]:
    """Cases of the group among those the actor reports on; complete registrations only."""
    return and_(
        Case.needs_completion.is_(False), _reported(actor, group, Case.organ_id, visible_cases(actor))
    )


def reported_tallies(actor: Actor, group: OrganGroup = DISTRICT) -> ColumnElement[bool]:
    """Tallies of those cases."""
    return _reported(actor, group, CaseTally.organ_id, visible_tallies(actor))


def _reported(
    actor: Actor, group: OrganGroup, organ_id: InstrumentedAttribute[int], visible: ColumnElement[bool]
) -> ColumnElement[bool]:
    mine: list[ColumnElement[bool]] = []
    if actor != SYSTEM:
        mine.append(visible)
        if not actor.reads_whole_district:
            mine.append(organ_id.in_(actor.organs_where(Permission.REPORT_READ)))
    if group.codes:
        mine.append(organ_id.in_(select(Organ.id).where(Organ.code.in_(group.codes))))
    if group.kind is not None:
        mine.append(organ_id.in_(select(Organ.id).where(Organ.kind == str(group.kind))))
    return and_(true(), *mine)


def in_cell(actor: Actor, cell: Cell) -> ColumnElement[bool]:
    """Condition: the case is one of those the cell counts."""
    column: ColumnElement[bool] = true()
    if cell.name.column != TOTAL:
        column = Case.id.in_(
            select(Applicant.case_id).where(
                Applicant.position == 1, Applicant.report_kind == cell.name.column
            )
        )
    return and_(reported_cases(actor, cell.group), _in_row(cell.name.row, cell.year), column)


def count_incomplete(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> int:
    """Registrations of the year that nobody has completed: they are in no cell yet."""
    condition = and_(
        visible_cases(actor),
        Case.needs_completion.is_(True),
        Case.received_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    query = select(func.count()).select_from(Case).join(Organ, Organ.id == Case.organ_id).where(condition)
    if group.codes:
        query = query.where(Organ.code.in_(group.codes))
    if group.kind is not None:
        query = query.where(Organ.kind == str(group.kind))
    return session.scalar(query) or 0


def reported_years(session: Session, actor: Actor) -> tuple[int, ...]:
    """Years from that of the first request received to that of the last, newest first."""
    first, last = session.execute(years_tallied(reported_tallies(actor))).one()
    return tuple(range(last, first - 1, -1)) if first and last else ()


def _in_hand(year: int) -> ColumnElement[bool]:
    """Received by the end of the year and not ended before it began."""
    return and_(
        Case.received_on <= date(year, 12, 31),
        or_(Case.first_result_on.is_(None), Case.first_result_on >= date(year, 1, 1)),
    )


def _ended_in(year: int) -> ColumnElement[bool]:
    """Ended within the year, as far as requests in hand in it are concerned."""
    return and_(Case.first_result_on.is_not(None), Case.first_result_on <= date(year, 12, 31))


def _in_row(number: str, year: int) -> ColumnElement[bool]:
    row = ROW_OF_NUMBER[number]
    first = date(year, 1, 1)
    conditions: dict[RowKind, ColumnElement[bool]] = {
        RowKind.NEW: Case.received_on >= first,
        RowKind.CARRIED_IN: Case.received_on < first,
        RowKind.RESULTS: _ended_in(year),
        RowKind.OUTCOME: and_(_ended_in(year), Case.first_disposition == OUTCOME_OF_NUMBER.get(number)),
        RowKind.CARRIED_OUT: or_(Case.first_result_on.is_(None), Case.first_result_on > date(year, 12, 31)),
    }
    return and_(_in_hand(year), conditions[row.kind])
