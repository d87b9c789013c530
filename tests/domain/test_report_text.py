"""The text of the report: figures from the tables alone, a field nobody listed refused, proposals that never lie."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.reports import report_figures
from tracker.domain.annual_prose import contradictions
from tracker.domain.annual_table import COLUMNS, ROWS, TOTAL, AnnualTable, CellName
from tracker.domain.challenge_table import PARTS, ChallengeTable
from tracker.domain.challenges import ChallengeKind
from tracker.domain.proactive import Figure
from tracker.domain.report_fields import REPORT_FIELDS, report_values
from tracker.domain.report_figures import ReportFigures, YearFees, sum_of
from tracker.domain.report_parts import LONGEST_PART, PROPOSALS, ReportPart
from tracker.domain.report_text import (
    GAP,
    clean_report_text,
    fill_report_text,
    open_points,
    report_text_faults,
)

ORGAN = "椒江区民政局"


@given(report_figures())
def test_no_proposal_contradicts_the_table_whatever_it_says(all_of: ReportFigures) -> None:
    values = report_values(all_of, ORGAN, 2025)
    for part in ReportPart:
        filled = fill_report_text(PROPOSALS[part], values)
        assert contradictions(filled, all_of.requests) == ()
        assert "{{" not in filled


@pytest.mark.parametrize("part", ReportPart)
def test_proposals_use_listed_fields_only(part: ReportPart) -> None:
    assert report_text_faults(PROPOSALS[part]) == ()
    assert clean_report_text(PROPOSALS[part]) == PROPOSALS[part]


@given(report_figures())
def test_a_field_is_the_number_of_its_table(all_of: ReportFigures) -> None:
    values = report_values(all_of, ORGAN, 2025)
    assert values.keys() == REPORT_FIELDS.keys()
    table = all_of.requests
    assert values["新收申请"] == str(table["1", TOTAL])
    assert values["法人申请"] == str(sum(table["1", column] for column in COLUMNS[1:-1]))
    assert values["不予公开"] == str(sum(table[f"3.3.{n}", TOTAL] for n in range(1, 9)))
    assert values["表三第3.6.3行"] == str(table["3.6.3", TOTAL])
    assert (values["机关名称"], values["年度"], values["上年度"]) == (ORGAN, "2025", "2024")
    assert (values["行政许可"] is None) == (all_of.proactive is None)
    assert all_of.challenges is not None
    assert values["复议未结"] == str(all_of.challenges.line(ChallengeKind.RECONSIDERATION)[3])
    suits = (ChallengeKind.DIRECT_SUIT, ChallengeKind.SUIT_AFTER_RECONSIDERATION)
    assert values["行政诉讼"] == str(sum(all_of.challenges.line(kind)[4] for kind in suits))


def test_a_number_typed_by_hand_that_contradicts_is_caught() -> None:
    values = report_values(ReportFigures(AnnualTable({CellName("1", TOTAL): 310})), ORGAN, 2025)
    filled = fill_report_text("本年新收政府信息公开申请{{ 新收申请 }}件；新收政府信息公开申请309件。", values)
    (found,) = contradictions(filled, AnnualTable({CellName("1", TOTAL): 310}))
    assert (found.written, found.table) == (309, 310)


@pytest.mark.parametrize(
    ("typed", "meant"), [("{{ 新收件数 }}", "新收申请"), ("{{ 信息处理费：本年收取金额（元） }}", "收费金额")]
)
def test_an_unknown_field_is_refused_with_what_was_probably_meant(typed: str, meant: str) -> None:
    (fault,) = report_text_faults(f"第一行\n{typed}件")
    assert fault.params["line"] == 2
    assert fault.params.get("near", meant) == meant


@pytest.mark.parametrize("typed", ["{{ }}", "{{新收申请}", "{% x %}", "{{ __class__ }}", "}}"])
def test_what_is_no_field_is_refused(typed: str) -> None:
    assert report_text_faults(clean_report_text(typed))


def test_a_part_is_bounded() -> None:
    assert report_text_faults("长" * LONGEST_PART) == ()
    assert report_text_faults("长" * (LONGEST_PART + 1))


def test_braces_of_a_chinese_keyboard_mean_the_same() -> None:
    values = report_values(ReportFigures(), ORGAN, 2025)
    assert fill_report_text(clean_report_text("｛｛新收申请｝｝件\r\n\r\n  完"), values) == "0件\n完"


def test_what_still_has_to_be_written_is_named_once() -> None:
    values = report_values(ReportFigures(), ORGAN, 2025)
    filled = fill_report_text("【请写明甲】，【请写明甲】。行政许可{{ 行政许可 }}件", values)
    assert open_points(filled) == ("【请写明甲】", GAP)
    assert open_points("没有。") == ()


@given(st.lists(report_figures(), max_size=4))
def test_a_district_is_the_sum_of_its_organs(several: list[ReportFigures]) -> None:
    whole = sum_of(several)
    for row in ROWS:
        for column in COLUMNS:
            assert whole.requests[row.number, column] == sum(e.requests[row.number, column] for e in several)
    assert whole.fees == YearFees(
        sum(e.fees.payments for e in several if e.fees), sum(e.fees.yuan for e in several if e.fees)
    )
    typed = [e.proactive for e in several if e.proactive]
    assert (whole.proactive is None) == (not typed)
    if whole.proactive:
        assert whole.proactive[Figure.FEES] == sum(each[Figure.FEES] for each in typed)


def test_names_can_be_typed_between_the_braces() -> None:
    assert all(re.fullmatch(r"[^{}\s]{2,12}", name) for name in REPORT_FIELDS)
    assert ChallengeTable()[ChallengeKind.RECONSIDERATION, PARTS[0]] == 0
