"""The picture of a table of 统计分析: a line over time, bars otherwise, stacked where there are columns.

What is too much for a picture is drawn together as the rest; the table beside it has every figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.web.charts import BarChart, LineChart, bar_chart, line_chart

MOST_LINES = 5
MOST_PARTS = 6
MOST_BARS = 40
MOST_MARKS = 7
FEWEST_DOTS = 3

Rows = Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One of the two; ``series`` are the names for its legend, empty where there is one series alone. ``cut``: the
    picture leaves rows out."""

    series: tuple[str, ...]
    bars: BarChart | None = None
    lines: LineChart | None = None
    cut: bool = False


def chart_of(rows: Rows, series: Sequence[str], *, over_time: bool, rest: str) -> Chart:
    """The picture of rows of (label, value of each series); ``rest`` names the series drawn together."""
    rows, series = _with_rest(rows, series, rest)
    named = tuple(series) if len(series) > 1 else ()
    if over_time and len(rows) >= FEWEST_DOTS and len(series) <= MOST_LINES:
        lines = [(name, [values[place] for _label, values in rows]) for place, name in enumerate(series)]
        return Chart(named, lines=_thinned(line_chart([label for label, _values in rows], lines)))
    shown = _largest(rows)
    return Chart(named, bars=bar_chart(shown, series), cut=len(shown) < len(rows))


def _with_rest(rows: Rows, series: Sequence[str], rest: str) -> tuple[Rows, Sequence[str]]:
    """The largest series by themselves, the others together."""
    if len(series) <= MOST_PARTS:
        return rows, series
    sums = [sum(values[place] for _label, values in rows) for place in range(len(series))]
    kept = sorted(sorted(range(len(series)), key=lambda place: -sums[place])[: MOST_PARTS - 1])
    folded = [
        (label, [*(values[place] for place in kept), sum(values) - sum(values[place] for place in kept)])
        for label, values in rows
    ]
    return folded, [*(series[place] for place in kept), rest]


def _largest(rows: Rows) -> Rows:
    if len(rows) <= MOST_BARS:
        return rows
    places = sorted(sorted(range(len(rows)), key=lambda place: -sum(rows[place][1]))[:MOST_BARS])
    return [rows[place] for place in places]


def _thinned(chart: LineChart) -> LineChart:
    """As many marks as can be read side by side."""
    step = -(-len(chart.marks) // MOST_MARKS)
    return replace(chart, marks=chart.marks[::step])
