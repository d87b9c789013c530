"""The text of the report: who writes it, what is kept, and what two people meet as."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.annual_frozen import content_hash, freeze
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.frozen_report import frozen_figures
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_figures import YearFees
from tracker.domain.report_parts import LONGEST_PART, ReportPart
from tracker.models import AnnualReport, Case, ReportText
from tracker.queries.annual_table import OrganGroup, read_places
from tracker.queries.report_documents import get_district_document, get_report_document
from tracker.queries.report_figures import read_district_figures
from tracker.queries.report_texts import get_report_text
from tracker.services.annual_reports import accept_report, publish_report, return_report, submit_report
from tracker.services.proactive import save_proactive
from tracker.services.report_texts import save_report_text
from tracker.services.unit_of_work import transaction

DAY = date(2026, 1, 20)
TEXTS = {ReportPart.OVERVIEW: "新收{{ 新收申请 }}件。", ReportPart.OTHER: "无"}


def rows(session: Session) -> list[tuple[int | None, int, dict[str, str], int]]:
    session.rollback()
    found = session.scalars(select(ReportText).order_by(ReportText.id))
    return [(row.organ_id, row.year, row.parts, row.version_id) for row in found]


def test_kept_per_organ_and_year_with_last_years_beside_it(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    clerk = ctx_for(cast.clerk, DAY)
    save_report_text(clerk, 2024, "MZJ", {ReportPart.PROBLEMS: "上年问题"}, expected_version=0)
    save_report_text(clerk, 2025, "MZJ", TEXTS, expected_version=0)
    save_report_text(
        ctx_for(cast.colleague, DAY), 2025, "CZJ", {ReportPart.OTHER: "别的"}, expected_version=0
    )
    session.rollback()
    kept = get_report_text(session, cast.approver, 2025, "MZJ")
    assert (dict(kept.parts), dict(kept.last)) == (TEXTS, {ReportPart.PROBLEMS: "上年问题"})
    assert (kept.version, kept.saved_by, kept.is_handed_in) == (1, "陈静", False)


def test_the_district_has_one_text_a_year(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    office = ctx_for(cast.supervisor, DAY)
    save_report_text(office, 2025, None, TEXTS, expected_version=0)
    with pytest.raises(Conflict):
        save_report_text(office, 2025, None, TEXTS, expected_version=0)
    save_report_text(office, 2025, None, {ReportPart.OTHER: "改"}, expected_version=1)
    assert rows(session) == [(None, 2025, {"other": "改"}, 2)]
    for part in ("clerk", "auditor"):
        with pytest.raises((Forbidden, NotFound)):
            save_report_text(ctx_for(cast.actors[part], DAY), 2025, None, TEXTS, expected_version=2)


def test_two_people_meet_as_a_conflict(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    save_report_text(ctx_for(cast.clerk, DAY), 2025, "MZJ", TEXTS, expected_version=0)
    with pytest.raises(Conflict):
        save_report_text(ctx_for(cast.second_clerk, DAY), 2025, "MZJ", {}, expected_version=0)
    assert rows(session)[0][2] == {str(part): text for part, text in TEXTS.items()}


@pytest.mark.parametrize("bad", ["{{ 新收 件数 }}", "{{ 案件号 }}", "长" * (LONGEST_PART + 1)])
def test_an_unknown_field_or_too_long_a_text_is_not_kept(
    session: Session, cast: Cast, ctx_for: ContextFor, bad: str
) -> None:
    with pytest.raises(Invalid) as told:
        save_report_text(
            ctx_for(cast.clerk, DAY), 2025, "MZJ", {ReportPart.PROBLEMS: bad}, expected_version=0
        )
    assert list(told.value.fields) == ["problems"]
    assert rows(session) == []


def test_only_those_of_the_organ_write(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    for part, actor in cast.actors.items():
        if part not in {"clerk", "second_clerk", "disclosure_head"}:
            with pytest.raises((Forbidden, NotFound)):
                save_report_text(ctx_for(actor, DAY), 2025, "MZJ", TEXTS, expected_version=0)
    with pytest.raises(NotLawfulNow):
        save_report_text(ctx_for(cast.clerk, DAY), 2027, "MZJ", TEXTS, expected_version=0)
    assert rows(session) == []


def test_what_is_handed_in_is_not_rewritten_until_it_is_returned(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    clerk, head, office = (ctx_for(each, DAY) for each in (cast.clerk, cast.disclosure_head, cast.supervisor))
    save_report_text(clerk, 2025, "MZJ", TEXTS, expected_version=0)
    submit_report(head, 2025, "MZJ", expected_version=0)
    with pytest.raises(NotLawfulNow):
        save_report_text(clerk, 2025, "MZJ", {}, expected_version=1)
    session.rollback()
    seen = session.scalars(select(AnnualReport.version_id)).one()
    return_report(office, 2025, "MZJ", comment="请补写第五部分。", expected_version=seen)
    save_report_text(clerk, 2025, "MZJ", {ReportPart.PROBLEMS: "已补写"}, expected_version=1)
    assert rows(session)[0][2] == {"problems": "已补写"}


def test_the_text_is_frozen_with_its_figures_filled_in(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    clerk, head = ctx_for(cast.clerk, DAY), ctx_for(cast.disclosure_head, DAY)
    received_case(clerk, cast.organ_ids["MZJ"], date(2025, 11, 3))
    save_report_text(clerk, 2025, "MZJ", TEXTS, expected_version=0)
    submit_report(head, 2025, "MZJ", expected_version=0)
    session.rollback()
    content = session.scalars(select(AnnualReport.content)).one()
    assert content["texts"] == {"overview": "新收1件。", "other": "无"}
    assert frozen_figures(content).fees == YearFees(0, 0)


@pytest.mark.parametrize("left", ["【请写明问题】", "行政许可{{ 行政许可 }}件"])
def test_what_is_left_open_is_not_handed_in(
    session: Session, cast: Cast, ctx_for: ContextFor, left: str
) -> None:
    clerk, head = ctx_for(cast.clerk, DAY), ctx_for(cast.disclosure_head, DAY)
    save_report_text(clerk, 2025, "MZJ", {ReportPart.PROBLEMS: left}, expected_version=0)
    with pytest.raises(NotLawfulNow, match="待补写"):
        submit_report(head, 2025, "MZJ", expected_version=0)
    if "许可" in left:
        save_proactive(clerk, 2025, "MZJ", ProactiveTable(dict.fromkeys(Figure, 3)), expected_version=0)
        submit_report(head, 2025, "MZJ", expected_version=0)
        session.rollback()
        content = session.scalars(select(AnnualReport.content)).one()
        assert content["texts"] == {"problems": "行政许可3件"}


def test_an_older_report_is_accepted_and_published_as_it_was_handed_in(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    """Handed in when table 3 alone was kept; a fee paid since does not matter to it."""
    received_case(ctx_for(cast.clerk, DAY), cast.organ_ids["MZJ"], date(2025, 11, 3))
    session.rollback()
    older = freeze(read_places(session, cast.clerk, 2025, OrganGroup(codes=("MZJ",))))
    session.add(
        AnnualReport(
            organ_id=cast.organ_ids["MZJ"],
            year=2025,
            state="submitted",
            submitted_on=DAY,
            content=older,
            content_hash=content_hash(older),
        )
    )
    session.commit()
    office = ctx_for(cast.supervisor, DAY)
    accept_report(office, 2025, "MZJ", expected_version=1)
    publish_report(office, 2025, "MZJ", expected_version=2)
    session.rollback()
    report = get_report_document(session, cast.clerk, 2025, "MZJ", DAY)
    assert report.note == "" and report.signed_on == "2026年1月20日"
    assert "—" in [cell.text for row in report.grids[2].rows for cell in row]


def test_the_district_sums_what_was_handed_in_and_what_still_runs(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    for serial, (part, organ) in enumerate((("clerk", "MZJ"), ("colleague", "CZJ")), start=1):
        received_case(ctx_for(cast.actors[part], DAY), cast.organ_ids[organ], date(2025, 11, serial), serial)
    submit_report(ctx_for(cast.disclosure_head, DAY), 2025, "MZJ", expected_version=0)
    with transaction(ctx_for(cast.clerk, DAY)) as inner:
        for case in inner.scalars(select(Case)):
            case.received_on = date(2024, 11, 1)
    session.rollback()
    found = read_district_figures(session, cast.supervisor, 2025)
    assert (found.figures.requests["1", "total"], found.figures.requests["2", "total"]) == (1, 1)
    assert (len(found.organs), found.settled, found.is_whole) == (4, 0, False)
    with pytest.raises(Forbidden):
        get_district_document(session, cast.clerk, 2025, "椒江区", DAY)
