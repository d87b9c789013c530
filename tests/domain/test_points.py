"""考核得分: never below 0 nor above the full score, monotone in every figure, and places that ties share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.points import calculation_text, figure_text, places, score
from tracker.domain.points_rule import (
    ALL_PERCENT,
    POINT,
    SHIPPED_RULE,
    TENTHS,
    UNIT_OF,
    Measure,
    MeasureRule,
    PointsRule,
    Unit,
    points_text,
    rule_from_data,
    rule_text,
    tenths_text,
)


def measure_rules(measure: Measure) -> st.SearchStrategy[MeasureRule]:
    targets = st.integers(0, ALL_PERCENT if UNIT_OF[measure] is Unit.PERCENT else 400)
    if UNIT_OF[measure] is Unit.CASES:
        targets = targets.map(lambda cases: cases * TENTHS)
    return st.builds(MeasureRule, st.integers(0, 6000), targets, st.integers(1, 3000))


def rule_of(parts: dict[Measure, MeasureRule]) -> PointsRule:
    return PointsRule(sum(part.weight for part in parts.values()), parts)


RULES = st.fixed_dictionaries({m: measure_rules(m) for m in Measure}).map(rule_of)
FIGURES = st.fixed_dictionaries(
    {
        m: st.one_of(st.none(), st.integers(0, ALL_PERCENT if UNIT_OF[m] is Unit.PERCENT else 5000))
        for m in Measure
    }
)


@given(RULES, FIGURES)
def test_no_line_and_no_total_leaves_its_bounds(rule: PointsRule, figures: dict[Measure, int | None]) -> None:
    found = score(rule, figures)
    assert 0 <= found.total <= found.full == rule.full
    assert found.total + found.off == found.full
    assert [line.measure for line in found.lines] == [m for m in Measure if rule[m].weight]
    for line in found.lines:
        assert 0 <= line.off <= line.rule.weight and line.left + line.off == line.rule.weight


@given(RULES, FIGURES, st.sampled_from(list(Measure)), st.integers(0, 1000))
def test_a_worse_figure_never_gives_more_points(
    rule: PointsRule, figures: dict[Measure, int | None], measure: Measure, by: int
) -> None:
    known = figures[measure] or 0
    worse = max(0, known - by) if UNIT_OF[measure] is Unit.PERCENT else known + by
    assert score(rule, figures | {measure: worse}).total <= score(rule, figures | {measure: known}).total


@given(RULES, FIGURES, st.sampled_from(list(Measure)), st.integers(0, 500))
def test_taking_more_off_for_a_unit_never_gives_more_points(
    rule: PointsRule, figures: dict[Measure, int | None], measure: Measure, more: int
) -> None:
    harder = replace(rule[measure], step=rule[measure].step + more)
    stricter = PointsRule(rule.full, dict(rule.measures) | {measure: harder})
    assert score(stricter, figures).total <= score(rule, figures).total


@given(RULES)
def test_who_meets_every_target_has_the_full_score(rule: PointsRule) -> None:
    assert score(rule, {m: rule[m].target for m in Measure}).total == rule.full
    assert score(rule, {}).total == rule.full


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=40), st.randoms())
def test_places_do_not_depend_on_the_order_and_ties_share_one(totals: list[int | None], random) -> None:  # type: ignore[no-untyped-def]
    found = places(totals)
    order = list(range(len(totals)))
    random.shuffle(order)
    assert places([totals[n] for n in order]) == [found[n] for n in order]
    assessed = [total for total in totals if total is not None]
    for total, place in zip(totals, found, strict=True):
        better = None if total is None else 1 + sum(other > total for other in assessed)
        assert place == better


def test_ties_share_a_place_and_the_next_is_skipped() -> None:
    assert places([90, 100, None, 90, 80]) == [2, 1, None, 2, 4]
    assert places([]) == []


@pytest.mark.parametrize(
    ("measure", "rule", "figure", "off", "told"),
    [
        (Measure.ON_TIME_RATE, MeasureRule(3000, 1000, 100), 964, 360, "（100% − 96.4%）× 1 分 = 3.6 分"),
        (Measure.ON_TIME_RATE, MeasureRule(3000, 950, 100), 950, 0, "不扣分"),
        (Measure.ON_TIME_RATE, MeasureRule(300, 1000, 100), 900, 300, "（100% − 90%）× 1 分 = 10 分，扣完 3 分为止"),
        (Measure.MEDIAN, MeasureRule(1000, 150, 100), 165, 150, "（16.5 − 15）个工作日 × 1 分 = 1.5 分"),
        (Measure.LATE, MeasureRule(1000, 0, 200), 30, 600, "3 件 × 2 分 = 6 分"),
        (Measure.LATE, MeasureRule(1000, 0, 200), 50, 1000, "5 件 × 2 分 = 10 分"),
        (Measure.LATE, MeasureRule(1000, 0, 200), 60, 1000, "6 件 × 2 分 = 12 分，扣完 10 分为止"),
        (Measure.RETURNED, MeasureRule(1000, 20, 50), 30, 50, "（3 − 2）件 × 0.5 分 = 0.5 分"),
        (Measure.MEDIAN, MeasureRule(1000, 150, 100), None, 0, "没有用时记录，不扣分"),
    ],
)  # fmt: skip
def test_points_taken_off_and_the_sum_that_shows_it(
    measure: Measure, rule: MeasureRule, figure: int | None, off: int, told: str
) -> None:
    line = score(PointsRule(rule.weight, {measure: rule}), {measure: figure}).lines[0]
    assert line.off == off
    assert str(calculation_text(line)) == told


@pytest.mark.parametrize(
    ("tenths", "step", "off"), [(1, 25, 3), (1, 24, 2), (3, 15, 5), (1, 5, 1), (1, 4, 0)]
)
def test_half_a_hundredth_is_rounded_up(tenths: int, step: int, off: int) -> None:
    rule = PointsRule(1000, {Measure.ON_TIME_RATE: MeasureRule(1000, 1000, step)})
    assert score(rule, {Measure.ON_TIME_RATE: 1000 - tenths}).off == off


@given(RULES)
def test_what_is_stored_is_the_same_rule(rule: PointsRule) -> None:
    again = rule_from_data(rule.to_data())
    assert (again.full, again.counted) == (rule.full, rule.counted)
    assert all(again[m] == rule[m] for m in rule.counted)
    assert again.digest() == rule.digest()
    assert replace(rule, full=rule.full + 1).digest() != rule.digest()


def test_numbers_are_written_without_needless_zeros() -> None:
    assert [points_text(n) for n in (0, 5, 360, 3000, -150)] == ["0", "0.05", "3.6", "30", "-1.5"]
    assert [tenths_text(n) for n in (0, 120, 125, 1000)] == ["0", "12", "12.5", "100"]
    assert figure_text(Measure.ON_TIME_RATE, 1000) == "100.0%"
    assert (figure_text(Measure.MEDIAN, 125), figure_text(Measure.LATE, 30)) == ("12.5", "3")
    assert figure_text(Measure.MEDIAN, None) == "—"


def test_a_rule_is_told_as_a_sentence() -> None:
    told = {m: str(rule_text(m, SHIPPED_RULE[m])) for m in SHIPPED_RULE.counted}
    assert told[Measure.ON_TIME_RATE] == "低于 100% 的，每低 1 个百分点扣 1 分"
    assert told[Measure.MEDIAN] == "超过 15 个工作日的，每超 1 个工作日扣 1 分"
    assert told[Measure.LATE] == "每件扣 2 分"
    assert str(rule_text(Measure.LATE, MeasureRule(1000, 20, 150))) == "超过 2 件的，每超 1 件扣 1.5 分"
    assert SHIPPED_RULE.weights == SHIPPED_RULE.full == 100 * POINT
