"""Shares that add up, percentages that never say all where something is missing, and numbers that are the table's."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.reports import report_figures
from tracker.domain.annual_table import COLUMNS, LEAVES, TOTAL
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_picture import PictureCounts, Share, percent, picture_of, tenths
from tracker.domain.request_terms import Channel


@given(st.lists(st.integers(0, 10**6), max_size=8))
def test_shares_add_up_and_none_is_a_tenth_off(numbers: list[int]) -> None:
    shares = tenths(numbers)
    whole = sum(numbers)
    assert sum(shares) == (1000 if whole else 0)
    for number, share in zip(numbers, shares, strict=True):
        assert not whole or abs(Fraction(number * 1000, whole) - share) < 1


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0%"),
        (0, 5, "0%"),
        (1, 3, "33.3%"),
        (5, 5, "100%"),
        (1, 12_034, "<0.1%"),
        (999, 1000, "99.9%"),
        (12_033, 12_034, "99.9%"),
        (1, 2, "50%"),
    ],
)
def test_percentages(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_a_rounded_share_never_says_all_or_nothing_where_it_is_not() -> None:
    assert percent(12_033, 12_034, 1000) == ">99.9%"
    assert percent(1, 12_034, 0) == "<0.1%"


@given(report_figures())
def test_numbers_are_those_of_the_tables(figures: ReportFigures) -> None:
    picture = picture_of("甲", 2023, figures, PictureCounts())
    table = figures.requests
    assert sum(share.number for share in picture.outcomes) == sum(table[row, TOTAL] for row in LEAVES)
    assert [share.number for share in picture.kinds] == [table["1", column] for column in COLUMNS[:-1]]
    assert (picture.received, picture.carried_in) == (table["1", TOTAL], table["2", TOTAL])
    assert (picture.closed, picture.carried_out) == (table["3.7", TOTAL], table["4", TOTAL])
    for way in picture.contested:
        assert way.total == sum(share.number for share in way.results)


def test_organs_stand_by_what_they_received_and_channels_only_where_used() -> None:
    counts = PictureCounts(channels={Channel.PORTAL: 2, Channel.FAX: 0})
    picture = picture_of("区", 2023, ReportFigures(), counts, [Share("甲", 1), Share("乙", 3)])
    assert [share.name for share in picture.organs] == ["乙", "甲"]
    assert picture.channels == (Share("网络", 2),)
