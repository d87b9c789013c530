"""Years, quarters and months as addresses write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reporting_period import ReportingPeriod, last_ended, read_period

PERIODS = st.builds(
    lambda year, part: ReportingPeriod(year, *part),
    st.integers(min_value=2000, max_value=2099),
    st.one_of(
        st.just((None, None)),
        st.tuples(st.integers(min_value=1, max_value=4), st.none()),
        st.tuples(st.none(), st.integers(min_value=1, max_value=12)),
    ),
)


@given(PERIODS)
def test_an_address_is_read_back(period: ReportingPeriod) -> None:
    assert read_period(str(period)) == period
    assert period.first_on <= period.last_on
    assert (period.last_on - period.first_on).days in range(27, 366)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_first_and_last_day(text: str, first: date, last: date) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.first_on, period.last_on) == (first, last)
    assert period.whole_year == ReportingPeriod(first.year)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "1999", "２０２６", "2026-1", "2026 ", "x"]
)
def test_what_names_no_period(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (date(2026, 11, 23), ("2026-Q3", "2026-10", "2025")),
        (date(2026, 2, 14), ("2025-Q4", "2026-01", "2025")),
        (date(2026, 12, 31), ("2026-Q3", "2026-11", "2025")),
        (date(2027, 1, 1), ("2026-Q4", "2026-12", "2026")),
        (date(2026, 4, 1), ("2026-Q1", "2026-03", "2025")),
        (date(2026, 3, 31), ("2025-Q4", "2026-02", "2025")),
    ],
)
def test_what_ended_last(today: date, ended: tuple[str, str, str]) -> None:
    found = last_ended(today)
    assert tuple(map(str, found)) == ended
    assert all(period.last_on < today for period in found)


def test_a_period_is_named() -> None:
    periods = (
        ReportingPeriod(2026),
        ReportingPeriod(2026, quarter=4),
        ReportingPeriod(2026, month=2),
    )
    assert [str(period.name) for period in periods] == ["2026年", "2026年第4季度", "2026年2月"]
