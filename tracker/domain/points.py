"""考核得分: the points of one organ line by line, and the places (名次) of several.

Points taken off are the distance to the target in tenths of a unit times the points of a unit, rounded half up to a
hundredth of a point, and never more than the measure is worth. So no line and no total falls below 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.errors import TrackerError
from tracker.domain.points_rule import (
    TENTHS,
    UNIT_OF,
    Measure,
    MeasureRule,
    PointsRule,
    Unit,
    points_text,
    tenths_text,
)
from tracker.domain.vocabulary import N_

Figures = Mapping[Measure, int | None]
"""The figure of each measure in tenths of its unit; None where nothing is known, which costs nothing."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One measure: its figure, its rule, how far the figure is worse than the target, and the points it costs.

    ``full_off`` is what the calculation gives before it is held at the weight."""

    measure: Measure
    figure: int | None
    rule: MeasureRule
    worse: int
    full_off: int

    @property
    def off(self) -> int:
        """扣分."""
        return min(self.full_off, self.rule.weight)

    @property
    def left(self) -> int:
        """得分 of this measure."""
        return self.rule.weight - self.off


@dataclass(frozen=True, slots=True)
class Score:
    """All lines that count, of a rule with this full score."""

    full: int
    lines: tuple[ScoreLine, ...]

    @property
    def off(self) -> int:
        """扣分 of all measures together."""
        return sum(line.off for line in self.lines)

    @property
    def total(self) -> int:
        """得分, from 0 to the full score."""
        return sum(line.left for line in self.lines)


def score(rule: PointsRule, figures: Figures) -> Score:
    """The points of one organ."""
    return Score(rule.full, tuple(_line(m, rule[m], figures.get(m)) for m in rule.counted))


def _line(measure: Measure, rule: MeasureRule, figure: int | None) -> ScoreLine:
    worse = 0
    if figure is not None:
        apart = rule.target - figure if UNIT_OF[measure] is Unit.PERCENT else figure - rule.target
        worse = max(0, apart)
    return ScoreLine(measure, figure, rule, worse, (worse * rule.step * 2 + TENTHS) // (2 * TENTHS))


def places(totals: Sequence[int | None]) -> list[int | None]:
    """名次 of each total, in the order given: equal points share a place and the next places are skipped; None
    (不参评) has no place."""
    first: dict[int, int] = {}
    for place, total in enumerate(sorted((t for t in totals if t is not None), reverse=True), start=1):
        first.setdefault(total, place)
    return [None if total is None else first[total] for total in totals]


def figure_text(measure: Measure, figure: int | None) -> str:
    """96.4%, 12.5, 3; — where nothing is known."""
    if figure is None:
        return "—"
    if UNIT_OF[measure] is Unit.PERCENT:
        return f"{figure // TENTHS}.{figure % TENTHS}%"
    return tenths_text(figure)


def calculation_text(line: ScoreLine) -> TrackerError:
    """How the points taken off come about, so that anybody can do the sum again."""
    if line.figure is None:
        return TrackerError(N_("没有用时记录，不扣分"))
    if not line.worse:
        return TrackerError(N_("不扣分"))
    unit = UNIT_OF[line.measure]
    template = {
        Unit.PERCENT: N_("（%(target)s%% − %(figure)s%%）× %(step)s 分 = %(off)s 分"),
        Unit.DAYS: N_("（%(figure)s − %(target)s）个工作日 × %(step)s 分 = %(off)s 分"),
        Unit.CASES: N_("（%(figure)s − %(target)s）件 × %(step)s 分 = %(off)s 分"),
    }[unit]
    if unit is Unit.CASES and not line.rule.target:
        template = N_("%(figure)s 件 × %(step)s 分 = %(off)s 分")
    told = TrackerError(
        template,
        figure=tenths_text(line.figure),
        target=tenths_text(line.rule.target),
        step=points_text(line.rule.step),
        off=points_text(line.full_off),
    )
    if line.full_off <= line.rule.weight:
        return told
    return TrackerError(N_("%(sum)s，扣完 %(weight)s 分为止"), sum=told, weight=points_text(line.rule.weight))
