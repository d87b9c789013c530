"""The annual report of an organ or of the district as one document: as it was handed in, else as things stand."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.annual_report import REPORT_STATE_NAMES, ReportState
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.frozen_report import frozen_figures, frozen_texts
from tracker.domain.report_document import ReportDocument, report_document
from tracker.queries.annual_reports import get_report
from tracker.queries.annual_table import OrganGroup
from tracker.queries.report_figures import read_district_figures, read_figures
from tracker.queries.report_texts import filled_texts


def get_report_document(
    session: Session, actor: Actor, year: int, organ_code: str, today: date
) -> ReportDocument:
    """The report of an organ the actor reports on. Raises ``NotFound``."""
    facts = get_report(session, actor, year, organ_code)
    name = facts.organ.name
    if facts.content is None or facts.state is ReportState.RETURNED:
        figures = read_figures(session, actor, year, OrganGroup(codes=(organ_code,)))
        texts = filled_texts(session, actor, year, organ_code, name, figures)
        return report_document(
            name,
            year,
            figures,
            texts,
            note=f"（{REPORT_STATE_NAMES[facts.state]}，数字截至{chinese_date(today)}）",
        )
    published = facts.state is ReportState.PUBLISHED
    on = facts.published_on or facts.submitted_on
    return report_document(
        name,
        year,
        frozen_figures(facts.content),
        frozen_texts(facts.content),
        note="" if published else f"（{REPORT_STATE_NAMES[facts.state]}）",
        signed_on=chinese_date(on) if on else "",
        digest=facts.content_hash,
    )


def get_district_document(
    session: Session, actor: Actor, year: int, name: str, today: date
) -> ReportDocument:
    """The report of the district: its own text, and the sum of its organs. Raises ``Forbidden``."""
    found = read_district_figures(session, actor, year)
    texts = filled_texts(session, actor, year, None, name, found.figures)
    note = (
        ""
        if found.is_whole
        else f"（汇总稿，截至{chinese_date(today)}，{found.organs}个机关中已接受{found.settled}个）"
    )
    return report_document(name, year, found.figures, texts, note=note)
