"""Charts: everything is drawn within the picture, in proportion, and what is missing is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.charts import (
    BARS,
    LABELS,
    PLOT_HEIGHT,
    PLOT_TOP,
    SHORTEST_SEEN,
    WIDTH,
    bar_chart,
    line_chart,
)

VALUES = st.lists(st.lists(st.integers(min_value=0, max_value=500), min_size=4, max_size=4), max_size=30)


@given(VALUES)
def test_bars_stay_within_the_picture_and_parts_follow_one_another(rows: list[list[int]]) -> None:
    chart = bar_chart([(f"机关{n}", row) for n, row in enumerate(rows)], ["超期", "临期", "其余", "停止"])
    assert len(chart.bars) == len(rows)
    for bar, row in zip(chart.bars, rows, strict=True):
        assert bar.total == str(sum(row))
        assert [part.series for part in bar.parts] == [n for n, value in enumerate(row) if value]
        x = LABELS
        for part in bar.parts:
            assert part.x == x
            assert part.width >= SHORTEST_SEEN
            x += part.width
        assert x <= LABELS + BARS + 4 * SHORTEST_SEEN < WIDTH - 20


def test_the_longest_bar_fills_the_width_and_half_is_half() -> None:
    chart = bar_chart([("甲", [10]), ("乙", [5]), ("丙", [0])], ["件"])
    assert [sum(part.width for part in bar.parts) for bar in chart.bars] == [BARS, BARS // 2, 0]


@given(st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=100)), min_size=1, max_size=12))
def test_dots_stay_within_the_plot_and_gaps_are_gaps(values: list[float | None]) -> None:
    chart = line_chart([str(n) for n in range(len(values))], [("率", values)], top=100)
    dots = [dot for stretch in chart.lines[0].stretches for dot in stretch]
    assert len(dots) == sum(value is not None for value in values)
    assert all(PLOT_TOP <= dot.y <= PLOT_TOP + PLOT_HEIGHT for dot in dots)
    runs = sum(1 for n, value in enumerate(values) if value is not None and (n == 0 or values[n - 1] is None))
    assert len(chart.lines[0].stretches) == runs


def test_a_scale_reads_in_whole_numbers() -> None:
    chart = line_chart(["1", "2"], [("收到", [0.0, 41.0]), ("答复", [1.0, None])])
    assert [text for _, text in chart.ticks] == ["0", "15", "30", "45", "60"]
    empty = line_chart(["1"], [("收到", [0.0])])
    assert [text for _, text in empty.ticks] == ["0", "1", "2", "3", "4"]
