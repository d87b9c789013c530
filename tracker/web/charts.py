"""Geometry of the charts in ``templates/ui/charts.html``: whole numbers for the places of bars, points and labels.

A chart says nothing that the table beside it does not say in figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH = 480
LABELS = 144
BARS = 280
ROW = 26
PLOT_LEFT, PLOT_TOP, PLOT_HEIGHT, PLOT_FOOT = 40, 16, 160, 32
PLOT_WIDTH = WIDTH - PLOT_LEFT - 24
NARROWEST_LABELLED = 18
SHORTEST_SEEN = 2
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = 0x4E00, 0x9FFF


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: which series, where, and its figure (empty where there is no room to write it)."""

    series: int
    x: int
    width: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart of bars, parts from left to right; ``end`` is where the sum is written."""

    label: str
    y: int
    parts: tuple[Part, ...]
    end: int
    total: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars one below the other."""

    bars: tuple[Bar, ...]
    series: tuple[str, ...]

    @property
    def height(self) -> int:
        return ROW * len(self.bars) + (ROW if len(self.series) > 1 else 4)


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of a line."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series: unbroken stretches of dots; a month without a value leaves a gap."""

    series: int
    label: str
    stretches: tuple[tuple[Dot, ...], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over the same categories. ``ticks``: (y, text) of the scale; ``marks``: (x, text) of the categories."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, str], ...]
    marks: tuple[tuple[int, str], ...]

    @property
    def height(self) -> int:
        return PLOT_TOP + PLOT_HEIGHT + PLOT_FOOT + (ROW if len(self.lines) > 1 else 0)


def bar_chart(rows: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> BarChart:
    """Bars of (label, value of each series); the longest fills the width."""
    most = max((sum(values) for _, values in rows), default=0) or 1
    return BarChart(
        tuple(_bar(n, label, values, most) for n, (label, values) in enumerate(rows)), tuple(series)
    )


def _bar(place: int, label: str, values: Sequence[int], most: int) -> Bar:
    parts, x = [], LABELS
    for series, value in enumerate(values):
        if not value:
            continue
        width = max(SHORTEST_SEEN, round(value * BARS / most))
        parts.append(Part(series, x, width, str(value) if width >= NARROWEST_LABELLED else ""))
        x += width
    return Bar(_short(label), ROW * place, tuple(parts), x + 6, str(sum(values)))


def _short(label: str) -> str:
    """A label that fits its column."""
    longest = 10 if any(FIRST_IDEOGRAPH <= ord(sign) <= LAST_IDEOGRAPH for sign in label) else 20
    return label if len(label) <= longest else label[: longest - 1] + "…"


def line_chart(
    categories: Sequence[str],
    lines: Sequence[tuple[str, Sequence[float | None]]],
    *,
    top: float | None = None,
) -> LineChart:
    """Lines of (label, value of each category); ``top`` is the end of the scale, else it is chosen."""
    values = [value for _, row in lines for value in row if value is not None]
    end = top if top is not None else _round_up(max(values, default=0))
    step = PLOT_WIDTH / max(1, len(categories) - 1)
    xs = [PLOT_LEFT + round(step * n) for n in range(len(categories))]
    return LineChart(
        lines=tuple(
            Line(number, label, _stretches(xs, row, end)) for number, (label, row) in enumerate(lines)
        ),
        ticks=tuple((_height(end * part / 4, end), _scale(end * part / 4)) for part in range(5)),
        marks=tuple(zip(xs, categories, strict=True)),
    )


def _stretches(xs: Sequence[int], row: Sequence[float | None], end: float) -> tuple[tuple[Dot, ...], ...]:
    stretches: list[list[Dot]] = [[]]
    for x, value in zip(xs, row, strict=True):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(Dot(x, _height(value, end), _scale(value)))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _height(value: float, end: float) -> int:
    return PLOT_TOP + PLOT_HEIGHT - round(PLOT_HEIGHT * value / end)


def _round_up(value: float) -> int:
    """The end of four equal steps, each a whole number, from ten on a multiple of 5, 50, 500 and so on."""
    step = max(1, ceil(value / 4))
    unit = 1 if step < 10 else 5 * 10 ** (len(str(step)) - 2)
    return 4 * unit * ceil(step / unit)


def _scale(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"
