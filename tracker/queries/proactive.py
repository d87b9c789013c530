"""Table 2: one organ's as typed in with last year's beside it, and the sum of several organs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.domain.proactive import Figure, ProactiveTable, StockBreak, stock_breaks, sum_of
from tracker.domain.vocabulary import N_
from tracker.models import Organ, ProactiveFigures
from tracker.queries.annual_table import DISTRICT, OrganGroup
from tracker.queries.organs import OrganName, find_organ_by_code


@dataclass(frozen=True, slots=True)
class OrganProactive:
    """One organ's table 2; ``table`` is None, ``version`` 0 while nobody has typed it. ``last``: the year before."""

    organ: OrganName
    table: ProactiveTable | None
    last: ProactiveTable | None
    version: int
    saved_by: str
    saved_at: datetime | None

    @property
    def breaks(self) -> tuple[StockBreak, ...]:
        """Where 现行有效 does not follow from last year's."""
        return stock_breaks(self.table, self.last) if self.table else ()


@dataclass(frozen=True, slots=True)
class ProactiveSum:
    """The tables of a group of organs, by organ, and what they add up to; ``missing``: organs in use without one."""

    tables: Mapping[int, ProactiveTable]
    missing: Sequence[tuple[str, str]]
    filled: Sequence[tuple[str, str]]

    @property
    def table(self) -> ProactiveTable:
        """The sum."""
        return sum_of(self.tables.values())


def get_proactive(session: Session, actor: Actor, year: int, organ_code: str) -> OrganProactive:
    """The table of an organ the actor reports on. Raises ``NotFound``."""
    organ = find_organ_by_code(session, organ_code)
    if organ is None or not (actor == SYSTEM or actor.may(Permission.REPORT_READ, organ.id)):
        raise NotFound(N_("没有找到这个机关的年度报告，或者它不属于您所在的机关。"))
    rows = {
        row.year: row
        for row in session.scalars(
            select(ProactiveFigures)
            .where(ProactiveFigures.organ_id == organ.id, ProactiveFigures.year.in_((year - 1, year)))
            .options(joinedload(ProactiveFigures.saved_by))
        )
    }
    row, last = rows.get(year), rows.get(year - 1)
    return OrganProactive(
        organ,
        _table(row) if row else None,
        _table(last) if last else None,
        row.version_id if row else 0,
        row.saved_by.name if row else "",
        row.saved_at if row else None,
    )


def read_proactive(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> ProactiveSum:
    """The tables of a year of the organs the actor reports on; one statement."""
    query = (
        select(Organ, ProactiveFigures)
        .outerjoin(
            ProactiveFigures, (ProactiveFigures.organ_id == Organ.id) & (ProactiveFigures.year == year)
        )
        .order_by(Organ.id)
    )
    if actor != SYSTEM and not actor.reads_whole_district:
        query = query.where(Organ.id.in_(actor.organs_where(Permission.REPORT_READ)))
    if group.codes:
        query = query.where(Organ.code.in_(group.codes))
    if group.kind is not None:
        query = query.where(Organ.kind == str(group.kind))
    rows = session.execute(query).all()
    return ProactiveSum(
        {organ.id: _table(row) for organ, row in rows if row is not None},
        [(organ.code, organ.name) for organ, row in rows if row is None and organ.active],
        [(organ.code, organ.name) for organ, row in rows if row is not None],
    )


def _table(row: ProactiveFigures) -> ProactiveTable:
    return ProactiveTable({figure: int(row.figures.get(figure, 0)) for figure in Figure})
