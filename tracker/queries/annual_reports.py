"""年度报告 of organs: where each stands, what was done to it, and the collection of a year on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.actors import Actor
from tracker.domain.annual_checks import check_table
from tracker.domain.annual_frozen import frozen_table
from tracker.domain.annual_report import SUBMISSION, ReportAct, ReportState
from tracker.domain.annual_table import AnnualTable
from tracker.domain.errors import NotFound
from tracker.domain.frozen_report import same_numbers
from tracker.domain.permissions import Permission
from tracker.domain.report_figures import ReportFigures
from tracker.domain.vocabulary import N_
from tracker.models import AnnualReport, AnnualReportStep, Organ
from tracker.queries.annual_table import read_tables_by_organ
from tracker.queries.organs import OrganName, find_organ_by_code
from tracker.queries.report_figures import read_figures_by_organ


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One thing that was done to it."""

    act: ReportAct
    done_on: date
    done_at: datetime
    done_by: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One organ's report of a year; ``content`` and ``submitted_on`` are None until it is handed in."""

    organ: OrganName
    year: int
    state: ReportState
    version: int
    submitted_on: date | None
    content: Mapping[str, Any] | None
    content_hash: str
    steps: Sequence[ReportStep]

    @property
    def published_on(self) -> date | None:
        """The day of publication."""
        return next((step.done_on for step in self.steps if step.act is ReportAct.PUBLISH), None)


@dataclass(frozen=True, slots=True)
class CollectedReport:
    """One organ on the page of the district's office. ``late``: handed in after the day of law, or not yet and the day
    has passed; ``failing``: identities of its table that do not hold; ``differing``: whether the cases now give other
    numbers than those handed in."""

    organ: OrganName
    state: ReportState
    submitted_on: date | None
    late: bool
    failing: int
    differing: bool


def get_report(session: Session, actor: Actor, year: int, organ_code: str) -> ReportFacts:
    """The report of an organ the actor reports on. Raises ``NotFound``."""
    organ = find_organ_by_code(session, organ_code)
    if organ is None or not actor.may(Permission.REPORT_READ, organ.id):
        raise NotFound(N_("没有找到这个机关的年度报告，或者它不属于您所在的机关。"))
    row = session.scalar(
        select(AnnualReport)
        .where(AnnualReport.organ_id == organ.id, AnnualReport.year == year)
        .options(selectinload(AnnualReport.steps).options(joinedload(AnnualReportStep.done_by)))
    )
    if row is None:
        return ReportFacts(organ, year, ReportState.DRAFTING, 0, None, None, "", ())
    steps = [
        ReportStep(ReportAct(step.act), step.done_on, step.done_at, step.done_by.name, step.comment)
        for step in row.steps
    ]
    return ReportFacts(
        organ,
        year,
        ReportState(row.state),
        row.version_id,
        row.submitted_on,
        row.content,
        row.content_hash,
        steps,
    )


def list_collection(session: Session, actor: Actor, year: int, today: date) -> list[CollectedReport]:
    """Every organ in use, or with a report of the year, that the actor reports on, in the order of the district."""
    handed_in = {
        (row.organ_id, row.year): row
        for row in session.scalars(select(AnnualReport).where(AnnualReport.year.in_((year - 1, year))))
    }
    live = read_figures_by_organ(session, actor, year)
    before = read_tables_by_organ(session, actor, year - 1)
    found = []
    for organ, active in _organs(session, actor):
        row, last = handed_in.get((organ.id, year)), handed_in.get((organ.id, year - 1))
        if row is None and not active:
            continue
        now = live.get(organ.id, ReportFigures())
        table = frozen_table(row.content) if row else now.requests
        failures = check_table(table, _of_last_year(last, before.get(organ.id, AnnualTable())))
        found.append(
            CollectedReport(
                organ,
                ReportState(row.state) if row else ReportState.DRAFTING,
                row.submitted_on if row else None,
                SUBMISSION.is_late(year, row.submitted_on if row else today),
                len(failures),
                row is not None and not same_numbers(row.content, now),
            )
        )
    return found


def last_years_table(session: Session, organ_id: int, year: int, live: AnnualTable) -> AnnualTable:
    """What row 2 must agree with: last year's table as published, else as the cases give it."""
    row = session.scalar(
        select(AnnualReport).where(AnnualReport.organ_id == organ_id, AnnualReport.year == year - 1)
    )
    return _of_last_year(row, live)


def reports_missing(session: Session, actor: Actor, year: int) -> list[OrganName]:
    """Organs whose report the actor hands in and that still owe it: nothing handed in, or returned."""
    own = actor.organs_where(Permission.REPORT_SUBMIT)
    return organs_owing(session, year, Organ.id.in_(own)) if own else []


def organs_owing(session: Session, year: int, *which: ColumnElement[bool]) -> list[OrganName]:
    """Organs in use whose report of the year is not handed in, or was returned."""
    done = select(AnnualReport.organ_id).where(
        AnnualReport.year == year, AnnualReport.state != str(ReportState.RETURNED)
    )
    rows = session.execute(
        select(Organ.id, Organ.code, Organ.name)
        .where(Organ.active.is_(True), Organ.id.not_in(done), *which)
        .order_by(Organ.id)
    )
    return [OrganName(*row) for row in rows]


def _of_last_year(row: AnnualReport | None, live: AnnualTable) -> AnnualTable:
    published = row is not None and row.state == str(ReportState.PUBLISHED)
    return frozen_table(row.content) if row is not None and published else live


def _organs(session: Session, actor: Actor) -> list[tuple[OrganName, bool]]:
    query = select(Organ.id, Organ.code, Organ.name, Organ.active).order_by(Organ.id)
    if not actor.reads_whole_district:
        query = query.where(Organ.id.in_(actor.organs_where(Permission.REPORT_READ)))
    return [(OrganName(*row[:3]), row.active) for row in session.execute(query)]
