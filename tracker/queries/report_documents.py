"""The annual report of an organ or of the district, and its picture: as handed in, else as things stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.annual_report import HANDED_IN
from tracker.domain.annual_table import NEW, TOTAL
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.frozen_report import frozen_counts, frozen_figures, frozen_texts
from tracker.domain.report_document import ReportDocument, note_of, report_document
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_picture import Picture, PictureCounts, Share, picture_of
from tracker.queries.annual_reports import ReportFacts, get_report
from tracker.queries.annual_table import OrganGroup
from tracker.queries.organs import list_organ_names
from tracker.queries.report_figures import DistrictFigures, read_district_figures, read_figures
from tracker.queries.report_pictures import read_picture_counts, read_picture_counts_by_organ
from tracker.queries.report_texts import filled_texts, find_reported_organ


def get_report_document(
    session: Session, actor: Actor, year: int, organ_code: str, today: date
) -> ReportDocument:
    """The report of an organ the actor reports on. Raises ``NotFound``."""
    facts = get_report(session, actor, year, organ_code)
    name, note = facts.organ.name, note_of(facts.state, today)
    content = _standing(facts)
    if content is None:
        figures = read_figures(session, actor, year, OrganGroup(codes=(organ_code,)))
        texts = filled_texts(session, actor, year, organ_code, name, figures)
        return report_document(name, year, figures, texts, note=note)
    on = facts.published_on or facts.submitted_on
    return report_document(
        name,
        year,
        frozen_figures(content),
        frozen_texts(content),
        note=note,
        signed_on=chinese_date(on) if on else "",
        digest=facts.content_hash,
    )


def get_district_document(
    session: Session, actor: Actor, year: int, name: str, today: date
) -> ReportDocument:
    """The report of the district: its own text, and the sum of its organs. Raises ``Forbidden``."""
    find_reported_organ(session, actor, None)
    found = read_district_figures(session, actor, year)
    figures = found.figures
    texts = filled_texts(session, actor, year, None, name, figures)
    return report_document(name, year, figures, texts, note=_note_of_district(found, today))


def get_picture(session: Session, actor: Actor, year: int, organ_code: str, today: date) -> Picture:
    """年报图解 of an organ the actor reports on. Raises ``NotFound``."""
    facts = get_report(session, actor, year, organ_code)
    content = _standing(facts)
    figures: ReportFigures
    counts: PictureCounts | None
    if content is None:
        group = OrganGroup(codes=(organ_code,))
        figures = read_figures(session, actor, year, group)
        counts = read_picture_counts(session, actor, year, group)
    else:
        figures, counts = frozen_figures(content), frozen_counts(content)
    return picture_of(facts.organ.name, year, figures, counts, note=note_of(facts.state, today))


def get_district_picture(session: Session, actor: Actor, year: int, name: str, today: date) -> Picture:
    """年报图解 of the district: the sum of its organs, and what each received. Months, channels and answers of a report
    handed in before they were kept are counted now. Raises ``Forbidden``."""
    find_reported_organ(session, actor, None)
    found = read_district_figures(session, actor, year)
    counts = read_picture_counts_by_organ(session, actor, year)
    for organ_id, content in found.contents.items():
        counts[organ_id] = frozen_counts(content) or counts.get(organ_id, PictureCounts())
    organs = [
        Share(organ.name, found.by_organ.get(organ.id, ReportFigures()).requests[NEW, TOTAL])
        for organ in list_organ_names(session, found.organs)
    ]
    together = sum(counts.values(), PictureCounts())
    return picture_of(name, year, found.figures, together, organs, _note_of_district(found, today))


def _standing(facts: ReportFacts) -> Mapping[str, Any] | None:
    """What was handed in and stands; None while the organ still works on it."""
    return facts.content if facts.state in HANDED_IN else None


def _note_of_district(found: DistrictFigures, today: date) -> str:
    if found.is_whole:
        return ""
    return f"（汇总稿，截至{chinese_date(today)}，{len(found.organs)}个机关中已接受{found.settled}个）"
