"""Whatever way a clerk writes a day, it is read as that day; what is no day is said so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.written_dates import NotADate, parse_written_date

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "2026年11月23日",
        "2026年11月23号",
        "20261123",
        "11.23",
        "11-23",
        "11/23",
        "11月23日",
        " ２０２６－１１－２３ ",
        "2026 年 11 月 23 日",
    ],
)
def test_ways_of_writing_one_day(text: str) -> None:
    assert parse_written_date(text, TODAY) == date(2026, 11, 23)


def test_a_date_without_a_year_is_of_this_year() -> None:
    assert parse_written_date("2.14", date(2027, 1, 3)) == date(2027, 2, 14)


@pytest.mark.parametrize(
    "text", ["", "昨天", "26-11-23", "2026-11", "11.23.2026", "2026-11-23 下午", "1123", "-11-23"]
)
def test_what_is_no_date_is_told_with_examples(text: str) -> None:
    with pytest.raises(NotADate, match="2026-11-23"):
        parse_written_date(text, TODAY)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "4.31", "2026年0月5日"])
def test_a_day_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(NotADate, match="没有这一天"):
        parse_written_date(text, TODAY)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_each_way_of_writing(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"):
        assert parse_written_date(day.strftime(form), day + timedelta(days=400)) == day
    assert parse_written_date(f"{day.month}.{day.day}", day) == day


@given(st.text(max_size=20))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        assert isinstance(parse_written_date(text, TODAY), date)
    except NotADate as error:
        assert str(error)
