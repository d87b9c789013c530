"""Figures of the prose against the table: what contradicts is named, what agrees or is not known stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.annual_csv import read_csv
from tracker.domain.annual_prose import SAYINGS, contradictions
from tracker.domain.annual_table import AnnualTable, CellName

TABLES = Path(__file__).parents[3] / "shared" / "cases" / "tables"
SUQIAN = read_csv((TABLES / "suqian-2023.csv").read_text("utf-8-sig"))
TOTALS = {
    ("1", "total"): 310,
    ("1", "natural_person"): 300,
    ("1", "enterprise"): 10,
    ("2", "total"): 4,
    ("3.1", "total"): 200,
    ("3.2", "total"): 20,
    ("3.3.1", "total"): 2,
    ("3.3.4", "total"): 10,
    ("3.4.1", "total"): 50,
    ("3.5.1", "total"): 8,
    ("3.6.3", "total"): 20,
    ("3.7", "total"): 310,
    ("4", "total"): 4,
}
TABLE = AnnualTable({CellName(*place): number for place, number in TOTALS.items()})


@pytest.mark.parametrize(
    ("sentence", "row", "says"),
    [
        ("本年共收到政府信息公开申请{}件", "1", 310),
        ("全年新收依申请公开申请 {} 件", "1", 310),
        ("上年结转{}件，收到申请310件", "2", 4),
        ("已办结{}件", "3.7", 310),
        ("结转下年度继续办理{}件", "4", 4),
        ("办理结果为：予以公开{}件、部分公开20件", "3.1", 200),
        ("不予公开{}件", "3.3.1", 12),
        ("无法提供的{}件", "3.4.1", 50),
        ("不予处理共{}件", "3.5.1", 8),
        ("其他处理{}件", "3.6.1", 20),
        ("申请人中自然人{}件", "1", 300),
        ("按申请人分，法人或其他组织申请{}件", "1", 10),
    ],
)
def test_one_more_than_the_table_is_found_and_the_tables_own_is_not(
    sentence: str, row: str, says: int
) -> None:
    assert contradictions(f"前文。{sentence.format(says)}。", TABLE) == ()
    (found,) = contradictions(f"前文。{sentence.format(says + 1)}。", TABLE)
    assert (found.written, found.table, found.saying.rows[0]) == (says + 1, says, row)
    assert found.sentence == sentence.format(says + 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "去年收到申请280件",
        "上半年收到申请150件",
        "较上年收到申请减少5件",
        "收到举报信5件",
        "按期办结300件",
        "收到申请，其中网络申请200件",
        "主动公开信息1500件",
        "",
    ],
)
def test_what_is_not_the_years_figure_is_passed_over(sentence: str) -> None:
    assert contradictions(sentence, TABLE) == ()


def test_separators_and_wide_digits_are_numbers() -> None:
    table = AnnualTable({CellName("1", "total"): 1541})
    assert contradictions("收到申请1,541件。收到申请１５４１件。", table) == ()
    assert [found.written for found in contradictions("收到申请1,540件。新收申请１５４２件。", table)] == [
        1540,
        1542,
    ]


def test_several_in_the_order_of_the_text() -> None:
    prose = "本年收到申请311件，上年结转4件；办结309件，其中予以公开200件、不予公开13件。"
    found = contradictions(prose, TABLE)
    assert [each.written for each in found] == [311, 309, 13]


@given(st.text(max_size=200))
def test_any_text_is_read(prose: str) -> None:
    assert all(found.written != found.table for found in contradictions(prose, SUQIAN))


@given(st.integers(0, 99_999))
def test_each_saying_is_found_exactly_when_it_differs(number: int) -> None:
    for saying in SAYINGS[4:10]:
        lead = saying.lead.removeprefix("(?<!不)")
        found = contradictions(f"{lead}{number}件", TABLE)
        assert len(found) == (number != saying.number_in(TABLE))
