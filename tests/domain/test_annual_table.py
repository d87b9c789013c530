"""Table 3: its arithmetic holds for any cases, and published tables pass or fail at the right cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.annual_checks import Identity, check_table
from tracker.domain.annual_csv import HEADER, read_csv, write_csv
from tracker.domain.annual_table import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    LEAVES,
    NEW,
    RESULTS,
    ROWS,
    TOTAL,
    AnnualTable,
    CellName,
    sum_of,
)
from tracker.domain.errors import Invalid

SHARED = Path(__file__).parents[3] / "shared"
PUBLISHED = SHARED / "cases" / "tables"

Request = tuple[str, bool, str | None]
REQUESTS = st.lists(
    st.tuples(st.sampled_from(COLUMNS[:-1]), st.booleans(), st.one_of(st.none(), st.sampled_from(LEAVES)))
)


def table_of(requests: list[Request]) -> AnnualTable:
    """The table of requests: kind, whether new, outcome or none yet."""
    cells: dict[CellName, int] = {}
    for kind, new, outcome in requests:
        rows = [NEW if new else CARRIED_IN, *((outcome, RESULTS) if outcome else (CARRIED_OUT,))]
        for row in rows:
            for column in (kind, TOTAL):
                cells[CellName(row, column)] = cells.get(CellName(row, column), 0) + 1
    return AnnualTable(cells)


def published(name: str) -> AnnualTable:
    return read_csv((PUBLISHED / name).read_text("utf-8"))


@given(REQUESTS)
def test_whatever_the_requests_the_identities_hold(requests: list[Request]) -> None:
    assert check_table(table_of(requests)) == ()


@given(REQUESTS, REQUESTS)
def test_the_table_of_two_organs_is_the_sum_of_theirs(one: list[Request], two: list[Request]) -> None:
    assert (table_of(one) + table_of(two)).cells == table_of(one + two).cells
    assert check_table(sum_of([table_of(one), table_of(two)])) == ()


@given(REQUESTS, st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.integers(1, 9))
def test_a_single_wrong_cell_never_passes(
    requests: list[Request], row: object, column: str, off: int
) -> None:
    right = table_of(requests)
    name = CellName(row.number, column)  # type: ignore[attr-defined]
    wrong = AnnualTable({**right.cells, name: right[name.row, name.column] + off})
    failures = check_table(wrong)
    assert failures
    assert all(name in failure.cells for failure in failures)


@given(REQUESTS)
def test_a_table_comes_back_from_its_csv(requests: list[Request]) -> None:
    table = table_of(requests)
    back = read_csv(write_csv(table))
    assert [back.line(row.number) for row in ROWS] == [table.line(row.number) for row in ROWS]


def test_rows_and_header_are_those_others_rely_on() -> None:
    lines = (SHARED / "data" / "ledger-2023-table3.csv").read_text("utf-8").splitlines()
    assert ",".join(HEADER) == lines[0]
    assert [f"{row.number},{row.name}" for row in ROWS] == [
        ",".join(line.split(",")[:2]) for line in lines[1:]
    ]


def test_a_balanced_published_table_passes() -> None:
    assert check_table(published("suqian-2023.csv")) == ()


def test_more_out_than_in_is_named_in_its_columns() -> None:
    failures = check_table(published("unbalanced.csv"))
    assert [(f.identity, f.at.column, f.difference) for f in failures] == [
        (Identity.IN_AND_OUT, "natural_person", -1),
        (Identity.IN_AND_OUT, TOTAL, -1),
    ]


def test_errors_that_cancel_in_the_total_are_found_in_their_columns() -> None:
    failures = check_table(published("column-sums-off.csv"))
    assert [(f.identity, f.at, f.difference) for f in failures] == [
        (Identity.RESULTS_ADD_UP, CellName(RESULTS, "public_benefit"), -1),
        (Identity.RESULTS_ADD_UP, CellName(RESULTS, "legal_service"), 1),
    ]


def test_what_was_carried_out_must_come_in() -> None:
    last = published("suqian-2023.csv")
    this = AnnualTable(
        {CellName(CARRIED_IN, c): last[CARRIED_OUT, c] for c in COLUMNS}
        | {CellName(CARRIED_OUT, c): last[CARRIED_OUT, c] for c in COLUMNS}
    )
    assert check_table(this, last) == ()
    wrong = AnnualTable({**this.cells, CellName(CARRIED_IN, "enterprise"): 4})
    assert Identity.CARRIED_OVER in {f.identity for f in check_table(wrong, last)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "缺少下列各行"),
        ("1,新收,1,2,3", "应有 7 个数字，只有 3 个"),
        ("1,新收,1,2,3,4,五,6,7", "“五”不是整数"),
        ("1,新收,0,0,0,0,0,0,0\n1,新收,0,0,0,0,0,0,0", "行号 1 重复"),
        ("1,新收,0,0,0,0,0,0,0\n9,别的,0,0,0,0,0,0,0", "没有行号“9”"),
    ],
)
def test_a_csv_that_is_no_table_is_told_line_by_line(text: str, said: str) -> None:
    with pytest.raises(Invalid) as told:
        read_csv(text)
    assert any(said in str(message) for message in told.value.fields["table"])
