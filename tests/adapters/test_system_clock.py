"""Time: the date on the wall in Taizhou, aware instants, and a fixed day whose hours go on."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.adapters.system_clock import SHANGHAI, FixedClock, SystemClock, clock_for


def test_today_is_the_date_in_taizhou() -> None:
    clock = clock_for(None)
    assert isinstance(clock, SystemClock)
    before = clock.now()
    today = clock.today()
    after = clock.now()
    assert before.utcoffset() == timedelta(0)
    assert today in {before.astimezone(SHANGHAI).date(), after.astimezone(SHANGHAI).date()}


def test_a_fixed_day_stays_and_its_hours_go_on() -> None:
    fixed = clock_for(date(2026, 2, 14))
    assert isinstance(fixed, FixedClock)
    assert fixed.today() == date(2026, 2, 14)
    now, real = fixed.now(), SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert now.astimezone(SHANGHAI).date() == date(2026, 2, 14)
    apart = (now - real).total_seconds() % 86_400
    assert min(apart, 86_400 - apart) < 5, "the time of day is the real one"
