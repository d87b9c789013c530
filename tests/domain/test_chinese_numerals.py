"""Numerals and dates of official letters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.chinese_numerals import chinese_date, ordinal, parse_chinese_date


@given(st.dates())
def test_a_chinese_date_reads_back(day: date) -> None:
    if day.year >= 1000:
        assert parse_chinese_date(chinese_date(day)) == day


def test_dates_are_not_padded() -> None:
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


@pytest.mark.parametrize("text", ["2026-01-05", "2026年2月30日", "{date}", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_chinese_date(text) is None


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_headings_are_counted_in_chinese(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize("number", [0, 100, -1])
def test_headings_end_at_99(number: int) -> None:
    with pytest.raises(ValueError):
        ordinal(number)
