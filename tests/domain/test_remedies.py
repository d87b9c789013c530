"""Remedy clauses by outcome, date and part."""

from __future__ import annotations

from datetime import date

import pytest

from tests.letter_samples import BODIES, DECIDED_ON
from tracker.domain.dispositions import ROWS, Disposition, Group
from tracker.domain.errors import Missing
from tracker.domain.remedies import Part, RemedyBodies, RemedyKind, clauses, kind_for, third_party_clause

FIRST = {row.code for row in ROWS if row.group is Group.REFUSED} - {Disposition.REFUSED_ENQUIRY}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code.value)
def test_refusals_under_articles_14_to_16_go_to_reconsideration_first(row) -> None:  # type: ignore[no-untyped-def]
    """复议法第二十三条第一款第四项"""
    if row.code is Disposition.PARTLY_DISCLOSED:
        with pytest.raises(ValueError):
            kind_for(row.code, DECIDED_ON)
        return
    expected = RemedyKind.RECONSIDERATION_FIRST if row.code in FIRST else RemedyKind.EITHER
    assert kind_for(row.code, DECIDED_ON) is expected


def test_before_2024_every_reply_left_the_choice() -> None:
    assert kind_for(Disposition.REFUSED_PROCESS, date(2023, 12, 31)) is RemedyKind.EITHER
    assert kind_for(Disposition.REFUSED_PROCESS, date(2024, 1, 1)) is RemedyKind.RECONSIDERATION_FIRST


def test_the_clause_of_a_refusal_names_periods_organ_and_court() -> None:
    (clause,) = clauses([Part(Disposition.REFUSED_THIRD_PARTY)], DECIDED_ON, BODIES)
    assert "60日内先向椒江区人民政府申请行政复议" in clause
    assert "15日内向台州市椒江区人民法院提起行政诉讼" in clause
    assert "6个月" not in clause


def test_the_clause_of_other_replies_leaves_the_choice() -> None:
    (clause,) = clauses([Part(Disposition.NOT_HELD)], DECIDED_ON, BODIES)
    assert "60日内向椒江区人民政府申请行政复议，或者" in clause
    assert "6个月内向台州市椒江区人民法院提起行政诉讼" in clause
    assert "先向" not in clause


def test_a_partly_disclosing_reply_has_a_clause_for_each_part() -> None:
    """法释〔2025〕8号第一条"""
    first, other = clauses(
        [Part(Disposition.DISCLOSED), Part(Disposition.REFUSED_INTERNAL)], DECIDED_ON, BODIES
    )
    assert first.startswith("对本答复中不予公开的部分不服的") and "先向" in first
    assert other.startswith("对本答复中其他部分不服的") and "或者" in other


def test_several_items_are_named_in_the_clauses() -> None:
    parts = [Part(Disposition.NOT_HELD, "第一项"), Part(Disposition.REFUSED_PROCESS, "第二项")]
    first, other = clauses(parts, DECIDED_ON, BODIES)
    assert "本答复中第二项部分不服" in first
    assert "本答复中第一项部分不服" in other


def test_a_dispatched_agency_may_have_two_reviewing_organs() -> None:
    """复议法第二十四条第四款：派出机构"""
    bodies = RemedyBodies("台州市人民政府", "台州市椒江区人民法院", "椒江区人民政府")
    (clause,) = clauses([Part(Disposition.PETITION)], DECIDED_ON, bodies)
    assert "向台州市人民政府或者椒江区人民政府申请行政复议" in clause


@pytest.mark.parametrize(
    ("bodies", "named"),
    [
        (RemedyBodies(None, "某法院"), ["行政复议机关"]),
        (RemedyBodies("某政府", None), ["管辖法院"]),
        (RemedyBodies(None, None), ["行政复议机关", "管辖法院"]),
    ],
)
def test_without_the_organ_s_bodies_no_clause_is_written(bodies: RemedyBodies, named: list[str]) -> None:
    with pytest.raises(Missing) as caught:
        clauses([Part(Disposition.DISCLOSED)], DECIDED_ON, bodies)
    assert len(caught.value.facts) == len(named)
    assert all(name in fact for name, fact in zip(named, caught.value.facts, strict=True))


def test_a_third_party_told_of_a_disclosure_has_the_choice() -> None:
    assert "或者" in third_party_clause(BODIES)
