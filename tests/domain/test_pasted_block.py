"""A block on the clipboard: what any spreadsheet writes is read back cell by cell."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import TrackerError
from tracker.domain.ledger_view import VIEW_COLUMNS
from tracker.domain.pasted_block import MOST_ROWS, columns_from, read_block

CELL = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from('\t\n"'), max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    rows[0][0], rows[-1][-1] = "头", "尾"
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    assert read_block(out.getvalue()) == rows


def test_as_many_rows_as_are_taken_and_not_one_more() -> None:
    assert len(read_block("甲\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(TrackerError, match=f"一次最多粘贴 {MOST_ROWS} 行"):
        read_block("甲\n" * (MOST_ROWS + 1))


@pytest.mark.parametrize("text", ["", "\n\r\n", " \t "])
def test_nothing_is_no_block(text: str) -> None:
    with pytest.raises(TrackerError, match="没有粘贴任何内容"):
        read_block(text)


def test_cells_lie_side_by_side_from_the_column_on() -> None:
    columns, headed = columns_from("phone", [["1", "2"], ["3"]])
    assert ([c.code for c in columns if c], headed) == (["phone", "address"], False)


def test_a_header_says_itself_where_its_cells_belong() -> None:
    columns, headed = columns_from("sequence", [["备注", "别的", "联系电话"]])
    assert ([c and c.code for c in columns], headed) == (["remark", None, "phone"], True)


def test_the_last_column_is_the_end() -> None:
    last = VIEW_COLUMNS[-1].code
    assert columns_from(last, [["甲"]])[0] == [VIEW_COLUMNS[-1]]
    with pytest.raises(TrackerError, match="超出了台账右边"):
        columns_from(last, [["甲", "乙"]])
