"""Pictures of statistics: a line over time, bars otherwise; what is too much is drawn together, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.statistics.charts import MOST_BARS, MOST_LINES, MOST_MARKS, MOST_PARTS, chart_of

TABLES = st.integers(1, 9).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 30), min_size=wide, max_size=wide), min_size=1, max_size=60)
)


def test_time_is_a_line_and_anything_else_are_bars() -> None:
    months = [(f"2026-{n:02d}", [n]) for n in range(1, 13)]
    over_time = chart_of(months, ["收到"], over_time=True, rest="其余")
    assert over_time.lines and not over_time.bars and over_time.series == ()
    assert len(over_time.lines.marks) <= MOST_MARKS
    assert chart_of(months, ["收到"], over_time=False, rest="其余").bars
    assert chart_of(months[:2], ["收到"], over_time=True, rest="其余").bars, "two points are no line"
    six = [(label, [1] * (MOST_LINES + 1)) for label, _values in months]
    assert chart_of(six, list("abcdef"), over_time=True, rest="其余").bars, "six lines cannot be told apart"


@given(TABLES)
def test_bars_keep_the_sum_of_every_row_and_the_largest_rows(table: list[list[int]]) -> None:
    rows = [(str(n), values) for n, values in enumerate(table)]
    names = [str(n) for n in range(len(table[0]))]
    chart = chart_of(rows, names, over_time=False, rest="其余")
    assert chart.bars is not None
    assert len(chart.series) <= MOST_PARTS
    sums = {label: sum(values) for label, values in rows}
    shown = {bar.label: int(bar.total) for bar in chart.bars.bars}
    assert all(sums[label] == total for label, total in shown.items())
    assert len(shown) == min(len(rows), MOST_BARS)
    left = [total for label, total in sums.items() if label not in shown]
    assert not left or max(left) <= min(shown.values())
    assert chart.cut == bool(left)
