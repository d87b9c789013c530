"""The figures of an annual report: as the register gives them now, and the district's from what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.annual_report import ReportState
from tracker.domain.annual_table import AnnualTable
from tracker.domain.challenge_table import ChallengeTable
from tracker.domain.frozen_report import frozen_figures
from tracker.domain.report_figures import ReportFigures, YearFees, sum_of
from tracker.models import AnnualReport, Organ
from tracker.queries.annual_challenges import read_challenge_table, read_challenge_tables_by_organ
from tracker.queries.annual_fees import read_year_fees, read_year_fees_by_organ
from tracker.queries.annual_table import DISTRICT, OrganGroup, read_annual_table, read_tables_by_organ
from tracker.queries.proactive import read_proactive

SETTLED = (str(ReportState.ACCEPTED), str(ReportState.PUBLISHED))


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """Each organ as it was handed in, or as its register stands where nothing was, by its id. ``organs``: those in use
    or with any figures; ``contents``: what was handed in; ``settled``: how many are accepted or published."""

    by_organ: Mapping[int, ReportFigures]
    contents: Mapping[int, Mapping[str, Any]]
    organs: frozenset[int]
    settled: int

    @property
    def figures(self) -> ReportFigures:
        """The sum."""
        return sum_of(self.by_organ.values())

    @property
    def is_whole(self) -> bool:
        """Whether nothing can change any more but by a return."""
        return self.settled == len(self.organs)


def read_figures(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> ReportFigures:
    """Of the organs the actor reports on, now; four statements."""
    typed = read_proactive(session, actor, year, group)
    return ReportFigures(
        read_annual_table(session, actor, year, group),
        typed.table if typed.tables else None,
        read_challenge_table(session, actor, year, group),
        read_year_fees(session, actor, year, group),
    )


def read_district_figures(session: Session, actor: Actor, year: int) -> DistrictFigures:
    """Of the whole district, for who reads it; six statements, however many organs there are."""
    handed_in = session.scalars(
        select(AnnualReport).where(AnnualReport.year == year, AnnualReport.state != str(ReportState.RETURNED))
    ).all()
    live = read_figures_by_organ(session, actor, year)
    used = set(session.scalars(select(Organ.id).where(Organ.active.is_(True))))
    contents = {row.organ_id: row.content for row in handed_in}
    by_organ = live | {organ_id: frozen_figures(content) for organ_id, content in contents.items()}
    settled = sum(row.state in SETTLED for row in handed_in)
    return DistrictFigures(by_organ, contents, frozenset(used | by_organ.keys()), settled)


def read_figures_by_organ(session: Session, actor: Actor, year: int) -> dict[int, ReportFigures]:
    """Of each organ that has any, now, by its id; four statements."""
    requests = read_tables_by_organ(session, actor, year)
    challenges = read_challenge_tables_by_organ(session, actor, year)
    fees = read_year_fees_by_organ(session, actor, year)
    typed = read_proactive(session, actor, year).tables
    return {
        organ_id: ReportFigures(
            requests.get(organ_id, AnnualTable()),
            typed.get(organ_id),
            challenges.get(organ_id, ChallengeTable()),
            fees.get(organ_id, YearFees()),
        )
        for organ_id in requests.keys() | challenges.keys() | fees.keys() | typed.keys()
    }
