"""Periods of 统计分析: what an address writes is read back, and relative ones move with today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.statistics_period import EARLIEST, LATEST, DayRange, Relative, read_asked, settle

DAYS = st.dates(min_value=EARLIEST, max_value=LATEST)
ONE_DAY = timedelta(days=1)


@given(DAYS, DAYS)
def test_days_are_read_back_as_they_are_written(one: date, other: date) -> None:
    period = DayRange(min(one, other), max(one, other))
    assert read_asked(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1999",
        "2026-13",
        "2026-Q5",
        "2026-03-01..2026-02-28",
        "2026-02-30..2026-03-01",
        "1999-12-31..2026-01-01",
        "2026-01-01..2100-01-01",
        "2026-01-01",
        "２０２６",
        "2026\n",
        "next_year",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_asked(text) is None


@pytest.mark.parametrize("text", ["2026", "2026-Q4", "2026-11", *map(str, Relative)])
def test_every_period_that_can_be_chosen_is_read_back(text: str) -> None:
    asked = read_asked(text)
    assert asked is not None
    assert str(asked) == text


@given(st.dates(date(2001, 1, 1), LATEST))
def test_relative_periods_follow_today_without_gap(today: date) -> None:
    this = {name: settle(name, today) for name in Relative}
    for now, before in (
        (Relative.THIS_YEAR, Relative.LAST_YEAR),
        (Relative.THIS_QUARTER, Relative.LAST_QUARTER),
        (Relative.THIS_MONTH, Relative.LAST_MONTH),
    ):
        assert this[now].first_on <= today <= this[now].last_on
        assert this[before].last_on + ONE_DAY == this[now].first_on
    twelve = this[Relative.TWELVE_MONTHS]
    assert twelve.last_on == this[Relative.THIS_MONTH].last_on
    assert twelve.first_on.month == today.month % 12 + 1
    assert 365 <= (twelve.last_on - twelve.first_on).days + 1 <= 366


def test_the_turn_of_the_year() -> None:
    january = date(2027, 1, 15)
    assert settle(Relative.LAST_QUARTER, january) == ReportingPeriod(2026, quarter=4)
    assert settle(Relative.LAST_MONTH, january) == ReportingPeriod(2026, month=12)
    assert settle(Relative.TWELVE_MONTHS, january) == DayRange(date(2026, 2, 1), date(2027, 1, 31))
    december = date(2026, 12, 31)
    assert settle(Relative.TWELVE_MONTHS, december) == DayRange(date(2026, 1, 1), december)
