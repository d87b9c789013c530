"""Rates and percentiles: the definitions, and properties any list of days has."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figures import (
    AnswerCount,
    four_weeks,
    median,
    percent_tenths,
    percentile,
    rate,
    timeliness,
)

DAYS = st.lists(st.integers(min_value=0, max_value=120), min_size=1, max_size=80)


@given(DAYS)
def test_the_median_is_that_of_the_list(days: list[int]) -> None:
    assert median(Counter(days)) == Fraction(statistics.median(days))


@given(DAYS, st.integers(min_value=1, max_value=100))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(days: list[int], share: int) -> None:
    found = percentile(Counter(days), share)
    assert found in days
    assert sum(day <= found for day in days) * 100 >= share * len(days)
    assert sum(day < found for day in days) * 100 < share * len(days)


@given(DAYS)
def test_the_ninetieth_lies_between_median_and_longest(days: list[int]) -> None:
    counts = Counter(days)
    assert median(counts) <= percentile(counts, 90) <= max(days) or len(days) == 1  # type: ignore[operator]


def test_of_nothing_there_is_no_figure() -> None:
    empty = timeliness([])
    assert (empty.rate, empty.median, empty.ninetieth, empty.late) == (None, None, None, 0)


@pytest.mark.parametrize(
    ("part", "whole", "tenths"), [(1999, 2000, 999), (2000, 2000, 1000), (0, 3, 0), (2, 3, 666)]
)
def test_all_in_time_is_said_only_of_all(part: int, whole: int, tenths: int) -> None:
    share = rate(part, whole)
    assert share is not None
    assert percent_tenths(share) == tenths


def test_counts_are_summed_and_unknown_days_left_out_of_the_median() -> None:
    found = timeliness(
        [
            AnswerCount(True, 4, 2),
            AnswerCount(False, 25, 1),
            AnswerCount(True, None, 3),
            AnswerCount(True, 4, 1),
        ]
    )
    assert (found.answered, found.on_time, found.late) == (7, 6, 1)
    assert found.days == ((4, 3), (25, 1))
    assert found.rate == Fraction(6, 7)
    assert (found.median, found.ninetieth) == (4, 25)


@given(st.dates(min_value=date(2019, 1, 1), max_value=date(2040, 12, 31)))
def test_four_weeks_begin_on_the_monday_before_and_lack_no_day(today: date) -> None:
    days = [day for week in four_weeks(today) for day in week]
    assert len(days) == 28
    assert days[0].weekday() == 0
    assert days[0] <= today < days[7]
    assert all(later - earlier == timedelta(days=1) for earlier, later in zip(days, days[1:], strict=False))
