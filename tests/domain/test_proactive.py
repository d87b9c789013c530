"""表二: numbers as typed, the identity from year to year, sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import Invalid
from tracker.domain.proactive import Figure, ProactiveTable, StockBreak, read_figures, stock_breaks, sum_of

NOTHING = {str(figure): "0" for figure in Figure}
tables = st.builds(
    ProactiveTable,
    st.dictionaries(st.sampled_from(Figure), st.integers(0, 10**12)),
)


def documents(made: int, repealed: int, in_force: int) -> ProactiveTable:
    return ProactiveTable(
        {
            Figure.DOCUMENTS_MADE: made,
            Figure.DOCUMENTS_REPEALED: repealed,
            Figure.DOCUMENTS_IN_FORCE: in_force,
        }
    )


def test_the_published_years_of_suqian_hold() -> None:
    """2024: 597 + 50 − 227 = 420."""
    last = documents(0, 0, 597)
    assert stock_breaks(documents(50, 227, 420), last) == ()
    [broken] = stock_breaks(documents(50, 227, 421), last)
    assert broken == StockBreak(Figure.DOCUMENTS_IN_FORCE, 597, 50, 227, 421)
    assert broken.expected == 420


def test_rules_are_judged_apart_and_nothing_without_last_year() -> None:
    last = ProactiveTable({Figure.RULES_IN_FORCE: 11})
    ours = ProactiveTable({Figure.RULES_MADE: 2, Figure.RULES_REPEALED: 1, Figure.RULES_IN_FORCE: 13})
    assert [each.figure for each in stock_breaks(ours, last)] == [Figure.RULES_IN_FORCE]
    assert stock_breaks(ours, None) == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("59237.2449", "59237.2449"), ("0", "0"), ("1,200", "1200"), ("0.000001", "0.000001"), ("3.50", "3.5")],
)
def test_fees_are_kept_to_the_fen(typed: str, written: str) -> None:
    assert read_figures({**NOTHING, "fees": typed}).written(Figure.FEES) == written


@pytest.mark.parametrize("typed", ["", " ", "1.5", "-1", "十", "１", "9999999999"])
def test_what_is_no_count_is_said_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_figures({**NOTHING, "licences": typed})
    assert list(told.value.fields) == ["licences"]


@pytest.mark.parametrize("typed", ["", "0.0000001", "1.2.3", "-1", "元"])
def test_what_is_no_amount_is_said_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_figures({**NOTHING, "fees": typed})
    assert list(told.value.fields) == ["fees"]


@given(st.lists(tables, max_size=5))
def test_a_district_is_the_sum_of_its_organs(found: list[ProactiveTable]) -> None:
    for figure in Figure:
        assert sum_of(found)[figure] == sum(table[figure] for table in found)


@given(tables)
def test_what_is_written_is_read_back(table: ProactiveTable) -> None:
    small = ProactiveTable({figure: table[figure] % 10**9 for figure in Figure})
    assert read_figures({str(f): small.written(f) for f in Figure}) == small
