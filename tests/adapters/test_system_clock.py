"""Time: the date on the wall in Taizhou, aware instants, and a fixed day whose hours go on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.adapters.system_clock import SHANGHAI, FixedClock, SystemClock, clock_for


def test_today_is_the_date_in_taizhou() -> None:
    clock = clock_for(None)
    assert isinstance(clock, SystemClock)
    before = clock.now()
    today = clock.today()
    after = clock.now()
    assert before.utcoffset() == timedelta(0)
    assert today in {before.astimezone(SHANGHAI).date(), after.astimezone(SHANGHAI).date()}


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), date(2026, 11, 23)),  # 00:30 in Taizhou
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_d20_shortly_after_midnight_it_is_already_the_next_day(instant: datetime, day: date) -> None:
    clock = SystemClock(lambda: instant)
    assert (clock.now(), clock.today()) == (instant, day)


def test_a_fixed_day_stays_and_its_hours_go_on() -> None:
    fixed = clock_for(date(2026, 2, 14))
    assert isinstance(fixed, FixedClock)
    assert fixed.today() == date(2026, 2, 14)
    now, real = fixed.now(), SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert now.astimezone(SHANGHAI).date() == date(2026, 2, 14)
    apart = (now - real).total_seconds() % 86_400
    assert min(apart, 86_400 - apart) < 5, "the time of day is the real one"
