"""The text of an annual report as it is kept, last year's beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.actors import Actor
from tracker.domain.annual_report import HANDED_IN, ReportState
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.report_fields import report_values
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_parts import ReportPart
from tracker.domain.report_text import fill_report_text
from tracker.domain.vocabulary import N_
from tracker.models import AnnualReport, ReportText
from tracker.queries.organs import OrganName, find_organ_by_code


@dataclass(frozen=True, slots=True)
class KeptText:
    """The text of one report; ``organ`` is None for the district's, ``version`` 0 while nobody has saved it. ``last``:
    last year's text, empty where there is none."""

    organ: OrganName | None
    year: int
    parts: Mapping[ReportPart, str]
    last: Mapping[ReportPart, str]
    version: int
    saved_by: str
    saved_at: datetime | None
    state: ReportState

    @property
    def is_handed_in(self) -> bool:
        """Whether it may not be changed any more unless the report is returned."""
        return self.state in HANDED_IN


def get_report_text(session: Session, actor: Actor, year: int, organ_code: str | None) -> KeptText:
    """The text of an organ the actor reports on, or of the district without a code. Raises ``NotFound``, and
    ``Forbidden`` where the district is not the actor's."""
    organ = find_reported_organ(session, actor, organ_code)
    whose = ReportText.organ_id == organ.id if organ else ReportText.organ_id.is_(None)
    rows = {
        row.year: row
        for row in session.scalars(
            select(ReportText)
            .where(whose, ReportText.year.in_((year - 1, year)))
            .options(joinedload(ReportText.saved_by))
        )
    }
    row = rows.get(year)
    return KeptText(
        organ,
        year,
        parts_of(row),
        parts_of(rows.get(year - 1)),
        row.version_id if row else 0,
        row.saved_by.name if row else "",
        row.saved_at if row else None,
        _state(session, organ, year),
    )


def filled_texts(
    session: Session, actor: Actor, year: int, organ_code: str | None, name: str, figures: ReportFigures
) -> dict[ReportPart, str]:
    """The text as it is kept, with the figures filled in; raises as ``get_report_text``."""
    values = report_values(figures, name, year)
    kept = get_report_text(session, actor, year, organ_code)
    return {part: fill_report_text(text, values) for part, text in kept.parts.items()}


def find_reported_organ(session: Session, actor: Actor, organ_code: str | None) -> OrganName | None:
    """Whose report it is, None for the district; raises as ``get_report_text``."""
    if organ_code is None:
        if not actor.reads_whole_district:
            raise Forbidden(N_("全区的年度报告只对督查和审计开放。"))
        return None
    organ = find_organ_by_code(session, organ_code)
    if organ is None or not actor.may(Permission.REPORT_READ, organ.id):
        raise NotFound(N_("没有找到这个机关的年度报告，或者它不属于您所在的机关。"))
    return organ


def parts_of(row: ReportText | None) -> dict[ReportPart, str]:
    """The parts that have a text."""
    if row is None:
        return {}
    return {part: row.parts[part] for part in ReportPart if row.parts.get(part)}


def _state(session: Session, organ: OrganName | None, year: int) -> ReportState:
    if organ is None:
        return ReportState.DRAFTING
    state = session.scalar(
        select(AnnualReport.state).where(AnnualReport.organ_id == organ.id, AnnualReport.year == year)
    )
    return ReportState(state) if state else ReportState.DRAFTING
